"""Open or closed at a moment, and the hours of a week; closures and public holidays included."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opening_hours import State as RuleState

from places.domain.holidays import holiday_name

from .rules import HoursError, is_vague, names_public_holidays, parse

AHEAD = dt.timedelta(days=14)
DAY = dt.timedelta(days=1)

# A span that goes on after midnight belongs to the day on which it began, until this hour.
_NIGHT_ENDS = dt.time(6)


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


_STATES = {
    str(RuleState.OPEN): State.OPEN,
    str(RuleState.CLOSED): State.CLOSED,
    str(RuleState.UNKNOWN): State.UNKNOWN,
}


@dataclass(frozen=True)
class ClosureSpan:
    """From `starts_on` to `ends_on`, both included: closed, or open at `hours` instead of as usual."""

    starts_on: dt.date
    ends_on: dt.date
    hours: str | None = None
    message: str = ""

    def covers(self, day: dt.date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class Status:
    """What one can say at a moment; times are aware and local. `is_doubtful`: better call first."""

    state: State
    closes_at: dt.datetime | None = None
    opens_at: dt.datetime | None = None
    is_doubtful: bool = False
    reason: str = ""


class Span(NamedTuple):
    opens: dt.time
    closes: dt.time  # midnight is the end of the day


@dataclass(frozen=True)
class DayHours:
    date: dt.date
    spans: list[Span] = field(default_factory=list)
    note: str = ""


class _Interval(NamedTuple):
    start: dt.datetime
    end: dt.datetime
    state: State
    comment: str


def status(
    text: str,
    at: dt.datetime,
    tz: ZoneInfo,
    *,
    closures: Iterable[ClosureSpan] = (),
    alsace_moselle: bool = False,
    department: str | None = None,
) -> Status:
    """Whether a place with the hours `text` is open at the aware moment `at`, and what comes next.

    Hours that do not read, and no hours, are unknown, never closed. Where the rule says nothing of
    public holidays, the answer on such a day is doubtful.
    """
    now, closures = at.astimezone(tz).replace(tzinfo=None), list(closures)
    try:
        intervals = _intervals(text, now, now + AHEAD, closures)
    except HoursError:
        return _without_hours(now.date(), closures)
    current = intervals[0]
    closes = current.end if current.state is State.OPEN and current.end < now + AHEAD else None
    opens = next((i.start for i in intervals[1:] if i.state is State.OPEN), None)
    opens = opens if current.state is not State.OPEN else None
    closure = _closure_on(now.date(), closures)
    # What is doubtful is the day that the answer speaks of: today, or the day of the next opening.
    day = opens.date() if opens and current.state is not State.OPEN else now.date()
    holiday = holiday_name(day, alsace_moselle=alsace_moselle, department=department)
    is_holiday_unsaid = bool(holiday) and not names_public_holidays(text) and not _closure_on(day, closures)
    reason = (closure.message if closure else "") or current.comment or (holiday if is_holiday_unsaid else "")
    return Status(
        state=current.state,
        closes_at=closes and closes.replace(tzinfo=tz),
        opens_at=opens and opens.replace(tzinfo=tz),
        is_doubtful=is_holiday_unsaid
        or is_vague(text)
        or bool(current.comment)
        or current.state == "unknown",
        reason=reason,
    )


def is_open(text: str, at: dt.datetime, tz: ZoneInfo, *, closures: Iterable[ClosureSpan] = ()) -> bool:
    """Whether it is surely open at `at`; some microseconds, for filtering thousands of places."""
    now = at.astimezone(tz).replace(tzinfo=None)
    closure = _closure_on(now.date(), closures)
    if closure:
        text = closure.hours or "off"
    try:
        return bool(text) and parse(text).is_open(now)
    except HoursError:
        return False


def week(
    text: str,
    monday: dt.date,
    *,
    closures: Iterable[ClosureSpan] = (),
    alsace_moselle: bool = False,
    department: str | None = None,
) -> list[DayHours]:
    """Seven days from `monday`, with why a day differs; [] when the hours are unknown."""
    closures = list(closures)
    start = dt.datetime.combine(monday, dt.time.min)
    try:
        # A day more on each side, for the nights that end on a Monday.
        intervals = _intervals(text, start - DAY, start + 8 * DAY, closures)
    except HoursError:
        return []
    spans = _spans_by_day(intervals)
    days = []
    for day in (monday + n * DAY for n in range(7)):
        closure = _closure_on(day, closures)
        holiday = holiday_name(day, alsace_moselle=alsace_moselle, department=department)
        comment = next((i.comment for i in intervals if i.comment and i.start.date() == day), "")
        note = (closure.message if closure else "") or holiday or comment
        days.append(DayHours(day, spans.get(day, []), note))
    return days


def weekly_minutes(text: str, monday: dt.date) -> int | None:
    """Minutes open in the week of `monday`; None when the hours are unknown."""
    start = dt.datetime.combine(monday, dt.time.min)
    try:
        intervals = _intervals(text, start, start + 7 * DAY, [])
    except HoursError:
        return None
    opened = [i.end - i.start for i in intervals if i.state is State.OPEN]
    return int(sum(opened, dt.timedelta()).total_seconds() // 60)


def _without_hours(today, closures):
    closure = _closure_on(today, closures)
    if closure and not closure.hours:
        return Status(State.CLOSED, reason=closure.message)
    return Status(State.UNKNOWN, is_doubtful=True)


def _closure_on(day, closures):
    covering = [closure for closure in closures if closure.covers(day)]
    # Two that overlap: closed is the safer answer.
    return min(covering, key=lambda closure: closure.hours is not None, default=None)


def _intervals(text, start, end, closures):
    """The intervals of one state from `start` to `end` (naive, local), in order, without a gap."""
    found = []
    for part_start, part_end, hours in _parts(text, start, end, closures):
        for interval in parse(hours).intervals(part_start, part_end):
            one = _Interval(interval[0], interval[1], _STATES[str(interval[2])], interval[3])
            if found and found[-1].state == one.state and found[-1].comment == one.comment:
                found[-1] = found[-1]._replace(end=one.end)
            else:
                found.append(one)
    return found


def _parts(text, start, end, closures):
    """(start, end, hours) of the stretches of days on which the same hours hold."""
    if not any(closure.starts_on <= end.date() and closure.ends_on >= start.date() for closure in closures):
        return [(start, end, text)]
    parts = []
    while start < end:
        tomorrow = min(end, dt.datetime.combine(start.date() + DAY, dt.time.min))
        closure = _closure_on(start.date(), closures)
        hours = (closure.hours or "off") if closure else text
        if parts and parts[-1][2] == hours:
            parts[-1] = (parts[-1][0], tomorrow, hours)
        else:
            parts.append((start, tomorrow, hours))
        start = tomorrow
    return parts


def _spans_by_day(intervals):
    spans = {}
    for interval in intervals:
        if interval.state is not State.OPEN:
            continue
        start = interval.start
        while start < interval.end:
            midnight = dt.datetime.combine(start.date() + DAY, dt.time.min)
            is_night = interval.end <= dt.datetime.combine(midnight.date(), _NIGHT_ENDS)
            end = interval.end if is_night else midnight
            spans.setdefault(start.date(), []).append(Span(start.time(), min(end, interval.end).time()))
            start = max(end, midnight)
    return spans
