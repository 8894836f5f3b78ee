"""What is a rule of opening hours, and what only looks like one."""

import re
from functools import lru_cache

from opening_hours import OpeningHours, ParserError

MAX_LENGTH = 1_000

_TIME_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_COMMENT = re.compile(r'"[^"]*"')

# A span that ends the next day is a night; one that ends after 6 in the morning is a mistake of typing.
_LATEST_NIGHT_END_MIN = 6 * 60


class HoursError(ValueError):
    """Not opening hours; the message, in French, says what to write."""


@lru_cache(maxsize=8_192)
def parse(text: str) -> OpeningHours:
    """`text` as a rule, its times local to the place. Raises HoursError."""
    if len(text) > MAX_LENGTH:
        raise HoursError("Ces horaires sont trop longs.")
    written = text.strip()
    _check_says_times(written)
    for hour1, minute1, hour2, minute2 in _TIME_SPAN.findall(written):
        start, end = int(hour1) * 60 + int(minute1), int(hour2) * 60 + int(minute2)
        if start == end or (end < start and end > _LATEST_NIGHT_END_MIN):
            raise HoursError(f"« {hour1}:{minute1}-{hour2}:{minute2} » finit avant de commencer.")
    try:
        return OpeningHours(written, None, "FR")
    except ParserError as error:
        raise HoursError(
            "Ces horaires ne se lisent pas. Exemple : « Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00 »."
        ) from error


def _check_says_times(written):
    # The syntax takes an empty text, "Mo-Fr" and a bare comment for "open day and night".
    if not re.search(r"\d:\d\d|24/7|\boff\b|\bclosed\b", _COMMENT.sub("", written), re.IGNORECASE):
        raise HoursError("Donnez les heures, par exemple « Mo-Fr 09:00-12:00 ».")


def names_public_holidays(text: str) -> bool:
    return re.search(r"\bPH\b", _COMMENT.sub("", text)) is not None


def is_vague(text: str) -> bool:
    """Whether `text` rests on what cannot be reckoned here: school holidays, the sun."""
    return re.search(r"\bSH\b|sunrise|sunset|dawn|dusk", _COMMENT.sub("", text)) is not None
