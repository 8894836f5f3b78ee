"""Which days of the agenda are meant by "today", "next week" or a date."""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

ONE_DAY = dt.timedelta(days=1)


class When(StrEnum):
    TODAY = "today"
    TOMORROW = "tomorrow"
    WEEK = "week"
    NEXT_WEEK = "next-week"


class Period(NamedTuple):
    """From a day to another, both included; without a last day it has no end."""

    first: dt.date
    last: dt.date | None = None


def period(when: str, day: dt.date | None, today: dt.date) -> Period:
    """The days of `when`, seen from `today`; a date `day` counts for more. Without any: from today on.

    A week ends with its Sunday; what is left of this one begins today.
    """
    if day:
        return Period(day, day)
    sunday = today + (6 - today.weekday()) * ONE_DAY
    return {
        When.TODAY: Period(today, today),
        When.TOMORROW: Period(today + ONE_DAY, today + ONE_DAY),
        When.WEEK: Period(today, sunday),
        When.NEXT_WEEK: Period(sunday + ONE_DAY, sunday + 7 * ONE_DAY),
    }.get(when, Period(today))


def month_period(day: dt.date) -> Period:
    """The month in which `day` lies."""
    first = day.replace(day=1)
    return Period(first, next_month(first) - ONE_DAY)


def next_month(day: dt.date) -> dt.date:
    """Its first day."""
    return (day.replace(day=28) + 4 * ONE_DAY).replace(day=1)


def previous_month(day: dt.date) -> dt.date:
    """Its first day."""
    return (day.replace(day=1) - ONE_DAY).replace(day=1)


def weeks_of(day: dt.date) -> list[list[dt.date]]:
    """The weeks, Monday first, that hold the month in which `day` lies, days of its neighbours included."""
    first, last = month_period(day)
    monday = first - first.weekday() * ONE_DAY
    count = ((last - monday).days // 7) + 1
    return [[monday + (7 * week + n) * ONE_DAY for n in range(7)] for week in range(count)]
