"""Search: one mouth for the page, the map and whatever else asks the same question."""

from .agenda import Agenda
from .first import first_found, first_in_box, nearest_first
from .index import rebuild, reindex
from .lookup import Outcome
from .results import NEAR_M, Results, search
from .suggestions import suggest
from .understanding import territory_named
from .vocabulary import Kind, current

__all__ = [
    "NEAR_M",
    "Agenda",
    "Kind",
    "Outcome",
    "Results",
    "current",
    "first_found",
    "first_in_box",
    "nearest_first",
    "rebuild",
    "reindex",
    "search",
    "suggest",
    "territory_named",
]
