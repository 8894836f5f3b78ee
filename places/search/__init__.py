"""Search: one mouth for the page, the map and whatever else asks the same question."""

from .index import rebuild, reindex
from .lookup import Outcome
from .results import NEAR_M, Results, search
from .suggestions import suggest
from .vocabulary import Kind

__all__ = ["NEAR_M", "Kind", "Outcome", "Results", "rebuild", "reindex", "search", "suggest"]
