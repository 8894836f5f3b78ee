from .among import Among
from .cards import card_rows, cards, closures_around, read_closures
from .closure import Closure
from .correction import Correction
from .coverage import Band, Coverage
from .filter_lists import FILTERS, read_filter_lists
from .former_name import FormerName
from .locating import EDGE_M, Certainty, NeighbourhoodMap, locate
from .nearness import box_around, coordinates_of, within_box
from .occurrence import REVISED, Occurrence
from .offer import Offer
from .orientation import OrientationCount, UnmetNeed
from .partner import Partner, PartnerContact
from .partnership import Partnership
from .place import WALK_RADIUS_M, Place
from .predecessor import Predecessor
from .prepared import Prepared
from .professional import is_professional
from .project import Project
from .publication import State
from .reference import (
    AccessMode,
    Audience,
    Fee,
    Label,
    Language,
    PlaceKind,
    Service,
    Source,
    SupportMode,
    Theme,
)
from .school_holiday import SchoolHoliday
from .search import FilterCodes, IndexStamp, Need, Posting, Word
from .shared_list import SharedList
from .short_lists import read_short_lists, remember
from .territory import Commune, Department, Neighbourhood, as_multipolygon
from .workshop import GENERATED, WINDOW_DAYS, Workshop

__all__ = [
    "EDGE_M",
    "FILTERS",
    "GENERATED",
    "REVISED",
    "WALK_RADIUS_M",
    "WINDOW_DAYS",
    "AccessMode",
    "Among",
    "Audience",
    "Band",
    "Certainty",
    "Closure",
    "Commune",
    "Correction",
    "Coverage",
    "Department",
    "Fee",
    "FilterCodes",
    "FormerName",
    "IndexStamp",
    "Label",
    "Language",
    "Need",
    "Neighbourhood",
    "NeighbourhoodMap",
    "Occurrence",
    "Offer",
    "OrientationCount",
    "Partner",
    "PartnerContact",
    "Partnership",
    "Place",
    "PlaceKind",
    "Posting",
    "Predecessor",
    "Prepared",
    "Project",
    "SchoolHoliday",
    "Service",
    "SharedList",
    "Source",
    "State",
    "SupportMode",
    "Theme",
    "UnmetNeed",
    "Word",
    "Workshop",
    "as_multipolygon",
    "box_around",
    "card_rows",
    "cards",
    "closures_around",
    "coordinates_of",
    "is_professional",
    "locate",
    "read_closures",
    "read_filter_lists",
    "read_short_lists",
    "remember",
    "within_box",
]
