"""When a workshop takes place: a rule, the slots that follow, the sentence that says it."""

from places.domain.french import date_name, hour_name
from places.domain.holidays import public_holidays

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
    "hour_name",
    "occurrences",
    "public_holidays",
    "sentence",
    "weekdays_from_codes",
]
