"""What a file says of a workshop, whatever the file: a rule, and the sessions that differ from it."""

import datetime as dt
from typing import NamedTuple

from places.domain.recurrence import Rule


class Change(NamedTuple):
    """A session that is not as the rule has it. Moments are those of the wall clock of the place."""

    slot: dt.datetime  # what the rule gives
    starts: dt.datetime
    ends: dt.datetime
    is_cancelled: bool = False
    message: str = ""


class Said(NamedTuple):
    line: int
    uid: str
    values: dict  # field of Workshop -> plain value; of several values, sorted codes
    rule: Rule
    changes: tuple = ()
    is_cancelled: bool = False  # all that is to come
