"""Open or closed at a moment, and the hours of a week; closures and public holidays included."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opening_hours import State as RuleState

from places.domain.holidays import holiday_name

from .rules import HoursError, holiday_hours, is_vague, names_public_holidays, parse, remark_of

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
    """What one can say at the moment `at`; times are aware and local. `is_doubtful`: better call first."""

    at: dt.datetime
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
    is_unknown: bool = False  # without spans, and yet not closed


class _Holidays(NamedTuple):
    """Which public holidays count at a place."""

    alsace_moselle: bool
    department: str | None

    def name(self, day):
        return holiday_name(day, alsace_moselle=self.alsace_moselle, department=self.department)

    def is_local(self, day):
        """Whether it is a holiday there and not everywhere: the library knows only the latter."""
        return bool(self.name(day)) and not holiday_name(day)


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
    local, holidays = at.astimezone(tz), _Holidays(alsace_moselle, department)
    now = local.replace(tzinfo=None)
    exceptions = _exceptions(text, now, now + AHEAD, closures, holidays)
    intervals = _intervals(text, now, now + AHEAD, exceptions)
    current = intervals[0]
    closes = opens = None
    if current.state is State.OPEN:
        # Two spans that meet, each with its comment, are one opening.
        closes = next((i.start for i in intervals if i.state is not State.OPEN), None)
    else:
        opens = next((i.start for i in intervals if i.state is State.OPEN), None)
    # What is doubtful is the day that the answer speaks of: today, or the day of the next opening.
    day = opens.date() if opens else now.date()
    holiday = holidays.name(day) if _leaves_out(text, day, holidays, exceptions) else ""
    closure = _covering(now.date(), exceptions)
    is_vague_now = closure is None and is_vague(text)
    return Status(
        at=local,
        state=current.state,
        closes_at=_moment(closes, local),
        opens_at=_moment(opens, local),
        is_doubtful=bool(holiday or current.comment) or is_vague_now or current.state is State.UNKNOWN,
        reason=(closure.message if closure else "")
        or current.comment
        or holiday
        or (remark_of(text) if is_vague_now and current.state is not State.OPEN else ""),
    )


def is_open(
    text: str,
    at: dt.datetime,
    tz: ZoneInfo,
    *,
    closures: Iterable[ClosureSpan] = (),
    alsace_moselle: bool = False,
    department: str | None = None,
) -> bool:
    """Whether `status` would say open at `at`; some microseconds, for filtering thousands of places."""
    # Hours are told to the minute; in each, every text is asked once.
    now = at.astimezone(tz).replace(tzinfo=None, second=0, microsecond=0)
    closure = _covering(now.date(), closures) if closures else None
    if closure:
        return _says_open(closure.hours or "off", now)
    if names_public_holidays(text) and _Holidays(alsace_moselle, department).is_local(now.date()):
        text = holiday_hours(text) or text
    return bool(text) and _says_open(text, now)


@lru_cache(maxsize=16_384)
def _says_open(text, now):
    try:
        return parse(text).is_open(now)
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
    """Seven days from `monday`, with why a day differs; [] when the hours are unknown all week."""
    start, holidays = dt.datetime.combine(monday, dt.time.min), _Holidays(alsace_moselle, department)
    exceptions = _exceptions(text, start - DAY, start + 8 * DAY, closures, holidays)
    # A day more on each side, for the nights that end on a Monday.
    intervals = _intervals(text, start - DAY, start + 8 * DAY, exceptions)
    spans, days = _spans_by_day(intervals), []
    for day in (monday + n * DAY for n in range(7)):
        closure = _covering(day, exceptions)
        that_day = [
            i for i in intervals if i.start.date() <= day and i.end > dt.datetime.combine(day, dt.time.min)
        ]
        comment = next((i.comment for i in that_day if i.comment), "")
        note = (closure.message if closure else "") or holidays.name(day) or comment
        is_unknown = day not in spans and any(i.state is State.UNKNOWN for i in that_day)
        days.append(DayHours(day, spans.get(day, []), note, is_unknown))
    has_no_comment = not any(i.comment for i in intervals)
    return [] if has_no_comment and all(day.is_unknown for day in days) else days


def weekly_minutes(text: str, monday: dt.date) -> int | None:
    """Minutes open in the week of `monday`; None when the hours are unknown."""
    start = dt.datetime.combine(monday, dt.time.min)
    intervals = _intervals(text, start, start + 7 * DAY, [])
    opened = [i.end - i.start for i in intervals if i.state is State.OPEN]
    if not opened and any(i.state is State.UNKNOWN for i in intervals):
        return None
    return int(sum(opened, dt.timedelta()).total_seconds() // 60)


def _leaves_out(text, day, holidays, exceptions):
    """Whether `day` is a holiday of which `text` says nothing."""
    if not holidays.name(day) or _covering(day, exceptions):
        return False
    return not names_public_holidays(text) or holidays.is_local(day)


def _exceptions(text, start, end, closures, holidays):
    """The closures, and what `text` says of holidays for those that the library does not know."""
    closures = list(closures)
    hours = holiday_hours(text) if names_public_holidays(text) else None
    if hours is None:
        return closures
    days = (start.date() + n * DAY for n in range((end - start).days + 1))
    return closures + [
        ClosureSpan(day, day, hours)
        for day in days
        if holidays.is_local(day) and not _covering(day, closures)
    ]


def _covering(day, closures):
    covering = [closure for closure in closures if closure.covers(day)]
    # Two that overlap: closed is the safer answer.
    return min(covering, key=lambda closure: closure.hours is not None, default=None)


def _moment(naive, after):
    """`naive` as an aware moment that is not before `after`."""
    if naive is None:
        return None
    moment = naive.replace(tzinfo=after.tzinfo)
    if moment.astimezone(dt.UTC) < after.astimezone(dt.UTC):
        moment = moment.replace(fold=1)  # in October an hour comes twice
    # By way of UTC, the hour that March leaves out becomes the one that there is.
    return moment.astimezone(dt.UTC).astimezone(after.tzinfo)


def _intervals(text, start, end, closures):
    """The intervals of one state from `start` to `end` (naive, local), in order, without a gap."""
    found = []
    for part_start, part_end, hours in _parts(text, start, end, closures):
        for one in _read(hours, part_start, part_end):
            if found and found[-1].state == one.state and found[-1].comment == one.comment:
                found[-1] = found[-1]._replace(end=one.end)
            else:
                found.append(one)
    return found


def _read(hours, start, end):
    try:
        intervals = parse(hours).intervals(start, end)
    except HoursError:
        return [_Interval(start, end, State.UNKNOWN, "")]
    return [_Interval(i[0], i[1], _STATES[str(i[2])], i[3]) for i in intervals]


def _parts(text, start, end, closures):
    """(start, end, hours) of the stretches of days on which the same hours hold."""
    if not any(closure.starts_on <= end.date() and closure.ends_on >= start.date() for closure in closures):
        return [(start, end, text)]
    parts = []
    while start < end:
        tomorrow = min(end, dt.datetime.combine(start.date() + DAY, dt.time.min))
        closure = _covering(start.date(), closures)
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
        start, end = interval.start, interval.end if interval.state is State.OPEN else interval.start
        while start < end:
            midnight = dt.datetime.combine(start.date() + DAY, dt.time.min)
            is_night = end <= dt.datetime.combine(midnight.date(), _NIGHT_ENDS) and end - start < DAY
            until = end if is_night else min(midnight, end)
            spans.setdefault(start.date(), []).append(Span(start.time(), until.time()))
            start = max(until, midnight)
    return spans
