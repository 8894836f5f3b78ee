"""What is a rule of opening hours, and what only looks like one."""

import re
from functools import lru_cache

from opening_hours import OpeningHours, ParserError

MAX_LENGTH = 1_000

_TIME_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_COMMENT = re.compile(r'"[^"]*"')
_SAYS_WHEN = re.compile(r"\d:\d\d|24/7|\b(?:off|closed|unknown)\b", re.IGNORECASE | re.ASCII)
_HOLIDAYS = re.compile(r"[PS]H(?:,[PS]H)* ", re.IGNORECASE)
_BARE_REMARK = re.compile(r'(?:unknown|off|closed)(?: "\d+")?')
_SUN = re.compile(r"sunrise|sunset|dawn|dusk", re.IGNORECASE)  # the library knows no place, so no sun
_HOLIDAYS_OFF = re.compile(r"(?:[PS]H(?:,[PS]H)* closed(?:; |, |$))+")
_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
# The syntax means the Mondays among the holidays; the library reads holidays and all Mondays.
_DAYS_OF_HOLIDAYS = re.compile(rf"\b[PS]H {_DAY}\b|\b{_DAY} [PS]H\b", re.IGNORECASE)

# A span that ends the next day is a night; one that ends after 6 in the morning is a mistake of typing.
_LATEST_NIGHT_END_MIN = 6 * 60
_DAY_MIN = 24 * 60


class HoursError(ValueError):
    """Not opening hours; the message, in French, says what to write."""


@lru_cache(maxsize=8_192)
def parse(text: str) -> OpeningHours:
    """`text` as a rule, its times local to the place. Raises HoursError."""
    written = written_form(text)
    bare = _COMMENT.sub("", written)
    if _DAYS_OF_HOLIDAYS.search(bare):
        raise HoursError("Écrivez les horaires des vacances en toutes lettres, dans les précisions.")
    if _SUN.search(bare):
        raise HoursError("Donnez des heures plutôt que le lever ou le coucher du soleil.")
    for hour1, minute1, hour2, minute2 in _TIME_SPAN.findall(bare):
        start, end = int(hour1) * 60 + int(minute1), int(hour2) * 60 + int(minute2)
        end = end + _DAY_MIN if end < start else end
        if end == start or end > _DAY_MIN + _LATEST_NIGHT_END_MIN:
            raise HoursError(f"« {hour1}:{minute1}-{hour2}:{minute2} » finit avant de commencer.")
    try:
        hours = OpeningHours(_without_fallback(written), None, "FR")
    except ParserError as error:
        raise HoursError(
            "Ces horaires ne se lisent pas. Exemple : « Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00 »."
        ) from error
    if _HOLIDAYS_OFF.fullmatch(str(hours)):
        raise HoursError("Donnez aussi les heures des jours ordinaires.")
    return hours


def written_form(text: str) -> str:
    """`text` such that the library reads what people mean. Raises HoursError.

    The library takes each of these for "open day and night": days without hours, such as the Monday of
    "Mo, Tu 09:00-12:00" (joined here), "Sa" alone (refused), a day with a comment alone (unknown here),
    and a bare comment (said here of all times that no rule speaks of). In "PH off; Mo-Fr 09:00-12:00" the
    second rule would undo the first on a Monday: holidays come last here.
    """
    if len(text) > MAX_LENGTH:
        raise HoursError("Ces horaires sont trop longs.")
    bare, comments = put_comments_aside(text)
    rules, holidays, fallbacks, remarks = [], [], [], []
    for separator, piece in _pieces(" ".join(bare.split())):
        if re.fullmatch(r'"\d+"', piece):
            remarks.append(piece)
            continue
        if not _SAYS_WHEN.search(piece):
            if '"' not in piece:
                raise HoursError("Donnez les heures, par exemple « Mo-Fr 09:00-12:00 ».")
            piece = piece.replace('"', 'unknown "', 1)
        if _HOLIDAYS.match(piece):
            holidays.append(f"; {piece}")
        else:
            (fallbacks if separator == " || " else rules).append(separator + piece)
    said = [*rules, *holidays, *fallbacks]
    if not said:
        raise HoursError("Donnez les heures, par exemple « Mo-Fr 09:00-12:00 ».")
    written = re.sub(r"^(?:; |, | \|\| )", "", "".join(said))
    return put_comments_back(written + "".join(f" || unknown {remark}" for remark in remarks), comments)


def _without_fallback(written):
    """The library loses all that follows an opening when there is a fallback ("||"): hours are added
    to the others instead, which says the same, and a bare "unknown" is left to `remark_of`.
    """
    bare, comments = put_comments_aside(written)
    first, *fallbacks = bare.split(" || ")
    kept = [first, *(rule for rule in fallbacks if not _BARE_REMARK.fullmatch(rule))]
    return put_comments_back(", ".join(kept), comments)


def _pieces(bare):
    """(what separates it from the one before, rule) in order."""
    parts = re.split(r" ?(;|\|\|) ?", bare)
    for separator, rule in zip([";", *parts[1::2]], parts[::2], strict=True):
        separator = " || " if separator == "||" else "; "
        piece = ""
        for part in re.split(r" ?, ", rule):
            if piece and _SAYS_WHEN.search(piece):
                yield separator, piece
                separator, piece = ", ", part
            else:
                piece = f"{piece},{part}" if piece else part
        if piece:
            yield separator, piece


def put_comments_aside(text: str) -> tuple[str, list[str]]:
    """`text` with its comments as "0", "1"…, which no rewriting touches, and the comments."""
    comments = []

    def number(found):
        comments.append(found.group())
        return f'"{len(comments) - 1}"'

    return _COMMENT.sub(number, text), comments


def put_comments_back(text: str, comments: list[str]) -> str:
    return re.sub(r'"(\d+)"', lambda found: comments[int(found[1])], text)


def rules_of(text: str) -> list[str]:
    """The rules of `text` one by one, as the library writes them. Raises HoursError.

    "24/7 closed" for "off"; a rule without hours is open day and night. Comments keep their quotes.
    """
    bare, comments = put_comments_aside(str(parse(text)))
    rules = [put_comments_back(rule, comments) for rule in re.split(r"; |, ", bare)]
    bare, comments = put_comments_aside(written_form(text))
    remarks = [rule for rule in bare.split(" || ")[1:] if _BARE_REMARK.fullmatch(rule)]
    unknown = [f"24/7 {remark}" for remark in remarks if remark.startswith("unknown")]
    return rules + [put_comments_back(remark, comments) for remark in unknown]


@lru_cache(maxsize=8_192)
def holiday_hours(text: str) -> str | None:
    """What `text` says of public holidays: "off", "10:00-12:00"; None when nothing, or nothing simple."""
    said = None
    for rule in _rules_or_none(text):
        found = re.fullmatch(r"(?:[A-Za-z,-]*,)?PH(?:,[A-Za-z,-]*)?(?: (.*))?", rule)
        if found:
            said = found[1] or "00:00-24:00"
    return said


@lru_cache(maxsize=8_192)
def is_vague(text: str) -> bool:
    """Whether `text` rests on what cannot be reckoned here: school holidays, an end left open.

    So does a remark on all other times: `Mo-Fr 09:00-12:00; "sur rendez-vous"`.
    """
    rules = _COMMENT.sub("", "; ".join(_rules_or_none(text)))
    return re.search(r"\bSH\b|\d\+|24/7 unknown", rules) is not None


@lru_cache(maxsize=8_192)
def remark_of(text: str) -> str:
    """What `text` says in words of all times that no rule speaks of: "sur rendez-vous"; "" when nothing."""
    found = re.search(r'24/7 unknown "([^"]*)"', "; ".join(_rules_or_none(text)))
    return found[1] if found else ""


@lru_cache(maxsize=8_192)
def names_public_holidays(text: str) -> bool:
    return re.search(r"\bPH\b", _COMMENT.sub("", text), re.IGNORECASE) is not None


def _rules_or_none(text):
    try:
        return rules_of(text)
    except HoursError:
        return []
