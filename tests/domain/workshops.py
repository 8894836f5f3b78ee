"""Rules for the tests: only what matters to each is said there."""

import datetime as dt

from places.domain.recurrence import Frequency, Rule

FIRST = dt.date(2026, 9, 1)  # a Tuesday
TUESDAY, THURSDAY = 1, 3


def day(text):
    """ "24/12" of the school year that begins on FIRST."""
    number, month = map(int, text.split("/"))
    return dt.date(2026 if month >= 9 else 2027, month, number)


def rule(frequency="WEEKLY", **facts):
    """Tuesdays from FIRST, 14:00 for two hours, unless told otherwise."""
    if frequency == "WEEKLY":
        facts.setdefault("weekdays", (TUESDAY,))
    facts = {"starts_on": FIRST, "start_time": dt.time(14), "duration_min": 120} | facts
    return Rule(Frequency(frequency), **facts)
