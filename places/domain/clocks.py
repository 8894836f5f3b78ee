"""When the clocks of a zone change: what a calendar says of it (VTIMEZONE, RFC 5545, 3.6.5)."""

import datetime as dt
from typing import NamedTuple
from zoneinfo import ZoneInfo

ONE_DAY = dt.timedelta(days=1)
ONE_MINUTE = dt.timedelta(minutes=1)


class Change(NamedTuple):
    """At `on_wall`, told by the clock as it went before, the distance from UTC changes."""

    on_wall: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str
    is_summer: bool


def changes(zone: ZoneInfo, first: dt.date, last: dt.date) -> list[Change]:
    """How the clock goes on the date `first`, as a change from itself, then its changes up to `last`."""
    moment = _midnight(first)
    local = moment.astimezone(zone)
    found = [_change(local.replace(tzinfo=None), local, local)]
    while moment.date() <= last:
        if _offset(moment + ONE_DAY, zone) != _offset(moment, zone):
            after = _first_after(moment, moment + ONE_DAY, zone)
            before = after - ONE_MINUTE
            on_wall = after.replace(tzinfo=None) + _offset(before, zone)
            found.append(_change(on_wall, before.astimezone(zone), after.astimezone(zone)))
        moment += ONE_DAY
    return found


def _change(on_wall, before, after):
    return Change(on_wall, before.utcoffset(), after.utcoffset(), after.tzname(), bool(after.dst()))


def _first_after(low, high, zone):
    """The first minute, in UTC, from which the clock goes as it does at `high`."""
    while high - low > ONE_MINUTE:
        middle = (low + (high - low) / 2).replace(second=0, microsecond=0)
        if _offset(middle, zone) == _offset(low, zone):
            low = middle
        else:
            high = middle
    return high


def _offset(moment, zone):
    return moment.astimezone(zone).utcoffset()


def _midnight(day):
    return dt.datetime.combine(day, dt.time.min, tzinfo=dt.UTC)
