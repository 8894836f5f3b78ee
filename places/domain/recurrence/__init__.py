"""When a workshop takes place: a rule, the slots that follow, the sentence that says it."""

from places.domain.french import date_name, hour_name
from places.domain.holidays import public_holidays

from .rfc5545 import from_rfc5545, to_rfc5545
from .rule import Frequency, Rule, RuleError, dates_from_lines, weekdays_from_codes
from .slots import Slot, occurrences
from .spoken import sentence

__all__ = [
    "Frequency",
    "Rule",
    "RuleError",
    "Slot",
    "date_name",
    "dates_from_lines",
    "from_rfc5545",
    "hour_name",
    "occurrences",
    "public_holidays",
    "sentence",
    "to_rfc5545",
    "weekdays_from_codes",
]
