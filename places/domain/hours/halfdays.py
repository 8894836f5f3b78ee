"""The half-days and evenings of an ordinary week: is anything open on Friday evening?"""

import datetime as dt
from collections.abc import Iterable

from places.domain.french import DAYS
from places.domain.holidays import holiday_name

from .now import week

DAY_MIN = 24 * 60

# An opening counts for a half-day when it holds this long within it: shutting at 18:15 is no evening.
SHORTEST_MIN = 30

Minutes = tuple[int, int]  # from, to, counted from Monday at midnight

_PARTS = {"matin": (8, 12), "apres-midi": (13, 18), "soir": (18, 21)}
_NAMES = {"matin": "matin", "apres-midi": "après-midi", "soir": "soir"}

# In the order of the week. Sundays, and Saturday evenings, are nobody's gap.
HALF_DAYS: dict[str, Minutes] = {
    f"{day}-{part}": (number * DAY_MIN + start * 60, number * DAY_MIN + end * 60)
    for number, day in enumerate(DAYS[:6])
    for part, (start, end) in _PARTS.items()
    if (day, part) != ("samedi", "soir")
}
EVENINGS = frozenset(code for code in HALF_DAYS if code.endswith("-soir"))
HALF_DAY_NAMES = {
    code: f"{day} {_NAMES[part]}" for code in HALF_DAYS for day, part in [code.split("-", maxsplit=1)]
}


def ordinary_monday(day: dt.date) -> dt.date:
    """The first Monday from `day` on whose week has no public holiday of the whole country."""
    monday = day + dt.timedelta(days=-day.weekday() % 7)
    while any(holiday_name(monday + dt.timedelta(days=n)) for n in range(7)):
        monday += dt.timedelta(days=7)
    return monday


def weekly_spans(text: str, monday: dt.date) -> tuple[Minutes, ...] | None:
    """When a place with the hours `text` is open in the week of `monday`; None when they are unknown.

    What an hour of Sunday night spends on the next Monday stays on the Sunday.
    """
    days = week(text, monday)
    if not days or all(day.is_unknown for day in days):
        return None
    spans = []
    for number, day in enumerate(days):
        for opens, closes in day.spans:
            start, end = opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute
            spans.append(
                (number * DAY_MIN + start, number * DAY_MIN + (end if end > start else end + DAY_MIN))
            )
    return tuple(spans)


def merged(weeks: Iterable[Iterable[Minutes]]) -> list[Minutes]:
    """When at least one of several places is open: their spans as one, in order, without overlap."""
    found: list[Minutes] = []
    for start, end in sorted(span for spans in weeks for span in spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def open_half_days(spans: Iterable[Minutes]) -> frozenset[str]:
    """Codes of the half-days in which some span holds for half an hour at least."""
    return frozenset(
        code
        for start, end in spans
        for code, (first, last) in HALF_DAYS.items()
        if min(end, last) - max(start, first) >= SHORTEST_MIN
    )


def is_open_in_the_evening(spans: Iterable[Minutes]) -> bool:
    return not EVENINGS.isdisjoint(open_half_days(spans))
