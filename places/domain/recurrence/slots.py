"""The slots that follow from a rule."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil import rrule

from places.domain.holidays import holiday_name
from places.domain.school_holidays import SchoolBreak, is_school_holiday

from .rule import Rule


class Slot(NamedTuple):
    starts_at: dt.datetime  # aware
    ends_at: dt.datetime


def occurrences(
    rule: Rule,
    start: dt.date,
    end: dt.date,
    tz: ZoneInfo,
    *,
    alsace_moselle: bool = False,
    department: str | None = None,
    school_holidays: Sequence[SchoolBreak] = (),
) -> list[Slot]:
    """The slots of `rule` from the day `start` to the day `end`, both included, in order.

    `school_holidays` are those of the place; days that none of them covers are school days.
    14:00 stays 14:00 across the changes of hour. An hour that the change of March leaves out is moved on
    by an hour; of an hour that comes twice in October, the first counts.
    """

    def is_off(day):
        if rule.frequency == "ONCE":  # a date that somebody chose is meant, holiday or not
            return False
        if rule.skips_school_holidays and is_school_holiday(day, school_holidays):
            return True
        return rule.skips_public_holidays and bool(
            holiday_name(day, alsace_moselle=alsace_moselle, department=department)
        )

    regular = (day for day in days_of(rule, end) if day not in rule.except_dates and not is_off(day))
    chosen = (day for day in rule.extra_dates if day not in rule.except_dates)
    days = {day for day in chain(islice(regular, rule.count), chosen) if start <= day <= end}
    return [_slot(rule, day, tz) for day in sorted(days)]


def days_of(rule, end) -> Iterator[dt.date]:
    """The days of the rule up to `end`, exceptions and holidays still among them."""
    last = min(end, rule.until or end)
    if rule.frequency == "DATES" or rule.starts_on > last:
        return iter(())
    if rule.frequency == "ONCE":
        return iter([rule.starts_on])
    first = dt.datetime.combine(rule.starts_on, dt.time.min)
    until = dt.datetime.combine(last, dt.time.min)
    frequency = _FREQUENCIES[rule.frequency]
    dates = rrule.rrule(frequency, dtstart=first, interval=rule.interval, until=until, **_by(rule))
    return (moment.date() for moment in dates)


_FREQUENCIES = {"DAILY": rrule.DAILY, "WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY}
_WEEKDAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)


def _by(rule):
    if rule.frequency == "MONTHLY" and rule.week_of_month is None:
        return {"bymonthday": rule.starts_on.day}
    if rule.frequency == "MONTHLY":
        return {"byweekday": [_WEEKDAYS[day](rule.week_of_month) for day in rule.weekdays]}
    return {"byweekday": [_WEEKDAYS[day] for day in rule.weekdays]} if rule.weekdays else {}


def _slot(rule, day, tz):
    local = dt.datetime.combine(day, rule.start_time, tzinfo=tz)
    # By way of UTC, the hour that does not exist becomes the one that does.
    starts_at = local.astimezone(dt.UTC).astimezone(tz)
    ends_at = (starts_at.astimezone(dt.UTC) + dt.timedelta(minutes=rule.duration_min)).astimezone(tz)
    return Slot(starts_at, ends_at)
