"""Opening hours in the OpenStreetMap syntax, as people read them: open now? until when? which days?

On top of opening-hours-py. Its `next_change()` is never called: it walks to the year 9999 when
nothing changes; `intervals()` over two weeks stays under a millisecond on the same values.
"""

from .french import mend
from .now import (
    ClosureSpan,
    DayHours,
    Span,
    State,
    Status,
    is_open,
    status,
    week,
    weekly_minutes,
)
from .rules import HoursError, holiday_hours, parse
from .spoken import sentence, usual_week

__all__ = [
    "ClosureSpan",
    "DayHours",
    "HoursError",
    "Span",
    "State",
    "Status",
    "holiday_hours",
    "is_open",
    "mend",
    "parse",
    "sentence",
    "status",
    "usual_week",
    "week",
    "weekly_minutes",
]
