"""Search: one mouth for the page, the map and whatever else asks the same question."""

from .index import rebuild, reindex
from .results import Results, search
from .vocabulary import Kind

__all__ = ["Kind", "Results", "rebuild", "reindex", "search"]
