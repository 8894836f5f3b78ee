"""Opening hours to and from French: what people write, and the sentence that is read back to them."""

import datetime as dt
import re
from itertools import groupby

from places.domain.text import tidy

from .now import week as week_of
from .now import weekly_minutes
from .rules import HoursError, names_public_holidays, parse

NBSP = "\u00a0"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
CODES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

# -- From French -------------------------------------------------------------------------------------

_FRENCH_DAYS = [
    (re.compile(rf"\b({pattern})\b\.?", re.IGNORECASE), code)
    for pattern, code in zip(
        [
            "lundis?|lun|lu",
            "mardis?|mar|ma",
            "mercredis?|mer|me",
            "jeudis?|jeu|je",
            "vendredis?|ven|ve",
            "samedis?|sam|sa",
            "dimanches?|dim|di",
        ],
        CODES,
        strict=True,
    )
]
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)"
_SPAN = r"\d\d:\d\d-\d\d:\d\d"
_DAYS = rf"{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*"
_RULE = rf"{_DAYS} (?:{_SPAN}(?:,{_SPAN})*|off)"
_RULES = re.compile(rf"{_RULE}(?:; {_RULE})*")

# Applied in order to a lower-case text, after its days have become Mo, Tu…
_REWRITES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[–—−‐‑]", "-"),
        (r"\bmidi\b", "12h"),
        (r"\bjours? fériés?\b|\bfériés?\b", "PH"),
        (r"\bvacances scolaires\b", "SH"),
        (r"\btous les jours\b|\b7 ?j(ours)? ?(sur|/) ?7( ?jours?)?\b", "Mo-Su"),
        (r"\b(les |le )?week-?end\b", "Sa-Su"),
        (r"\b(ouvert(ure|e)?|horaires?|accueil|uniquement|seulement|matin|après-midi|apres-midi)\b", " "),
        (r"\bfermé(e|s|es)?\b|\bfermeture\b|\bclosed\b", "off"),
        (r"\b(\d{1,2}) ?(?:h|:|heures?) ?(\d\d)(?: ?min)?\b", r"\1:\2"),
        (r"\b(\d{1,2}) ?(?:h|heures?)\b", r"\1:00"),
        (r"\bde (\d{1,2}:\d\d) ?(?:à|a|-) ?(\d{1,2}:\d\d)", r"\1-\2"),
        (r"(\d{1,2}:\d\d) ?(?:à|a|-) ?(\d{1,2}:\d\d)", r"\1-\2"),
        (rf"\b(?:du|de) ({_DAY}) (?:au|à|a) ({_DAY})\b", r"\1-\2"),
        (rf"({_DAY}) ?(?:au|à|a|-) ?({_DAY})\b", r"\1-\2"),
        (r"\b(\d:\d\d)\b", r"0\1"),
        (r"\b(?:tous|chaque|le|la|les|l'|de|du)\b", " "),
        (r" {2,}", " "),
        (rf"({_DAY}) ?(?::|,)? +(?=\d)|({_DAY}) ?: ?(?=\d)", r"\1\2 "),
        (rf"({_DAY}) ?:? ?\b(off)\b", r"\1 \2"),
        (rf"({_DAY}) ?(?:,|/|&|\bet\b| ) ?(?={_DAY})", r"\1,"),
        (rf"({_SPAN}) ?(?:,|/|&|\bet\b|\bpuis\b|-| ) ?(?=\d)", r"\1,"),
        (rf"({_SPAN}|off) ?(?:[;.,|/&\n-]|\bet\b)* ?(?={_DAY})", r"\1; "),
        (r"\boff (?=PH|SH)", "; off "),
        (r"\s*[;.,|]*\s*$", ""),
        (r"^\s*[;:.,|-]*\s*", ""),
        (r" {2,}", " "),
    )
]


_SHORT_HOUR = re.compile(r"(?<![\d:])(\d:\d\d)\b")
_TIME_DASH = re.compile(r"(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)")


def mend(text: str) -> tuple[str | None, str | None]:
    """(rule, what was mended or None); (None, why) when no certain rule can be made of `text`.

    "Lu-Ve 9h-12h" and "Du lundi au vendredi : 9h30-12h30 / 14h-17h" become rules. A lone hour
    ("Fr 18:00"), or three in a row ("09:00-12:00-14:00"), does not.
    """
    written = _TIME_DASH.sub(r"\1-\2", _SHORT_HOUR.sub(r"0\1", tidy(text)))
    try:
        parse(written)
    except HoursError as error:
        rule = _rule_from_french(written)
        if rule is None:
            return None, str(error)
        return rule, "Horaires mis en forme."
    return written, None if written == text.strip() else "Horaires mis en forme."


def _rule_from_french(text):
    if len(text) > 500:
        return None
    written = text.replace("’", "'")
    for pattern, code in _FRENCH_DAYS:
        written = pattern.sub(code, written)
    written = re.sub(rf"\b(?!{_DAY}\b)\w+", lambda found: found.group().lower(), written)
    for pattern, replacement in _REWRITES:
        written = pattern.sub(replacement, written)
    if not _RULES.fullmatch(written) or not _is_said_once(written):
        return None
    try:
        parse(written)
    except HoursError:
        return None
    return written


def _is_said_once(rule):
    """Whether no day comes in two rules: the syntax lets the last one win, people mean both."""
    named = []
    for one in rule.split("; "):
        for part in one.split(" ")[0].split(","):
            first, _, last = part.partition("-")
            if first in CODES:
                start, end = CODES.index(first), CODES.index(last or first)
                span = range(start, end + 1) if start <= end else [*range(start, 7), *range(end + 1)]
                named += [CODES[index] for index in span]
    return len(named) == len(set(named))


# -- To French ---------------------------------------------------------------------------------------

# A rule of week days and hours alone says the same each week: it can be read from any one.
_EVERY_WEEK = re.compile(rf"(?:24/7|{_DAYS} ?(?:{_SPAN}(?:, ?{_SPAN})*|off|closed)?|[;, ])*", re.IGNORECASE)
_SOME_MONDAY = dt.date(2026, 2, 2)  # a week without a public holiday
_HOLIDAY_RULE = re.compile(r"(?:^|;|,)[^;]*\bPH\b\s*(off|closed)?")
_MONTHS = {
    "Jan": "janvier",
    "Feb": "février",
    "Mar": "mars",
    "Apr": "avril",
    "May": "mai",
    "Jun": "juin",
    "Jul": "juillet",
    "Aug": "août",
    "Sep": "septembre",
    "Oct": "octobre",
    "Nov": "novembre",
    "Dec": "décembre",
}
_RANKS = {"1": "1er", "2": "2e", "3": "3e", "4": "4e", "5": "5e", "-1": "dernier"}


def sentence(text: str) -> str:
    """What `text` says, to be read aloud, or "" when it does not read.

    "Du lundi au vendredi, 9 h – 12 h et 14 h – 17 h ; samedi, 9 h – 12 h".
    """
    try:
        parse(text)
    except HoursError:
        return ""
    said = _from_week(text) if _EVERY_WEEK.fullmatch(text.strip()) else _word_by_word(text)
    return said[:1].upper() + said[1:]


def _from_week(text):
    days = week_of(text, _SOME_MONDAY)
    if weekly_minutes(text, _SOME_MONDAY) == 7 * 24 * 60:
        return "jour et nuit, tous les jours"
    days_of_spans = {}
    for number, day in enumerate(days):
        if day.spans:
            days_of_spans.setdefault(tuple(day.spans), []).append(number)
    parts = [
        f"{_day_names(numbers)}, {_join([_span(span) for span in spans])}"
        for spans, numbers in days_of_spans.items()
    ]
    parts += _holidays(text)
    return f"{NBSP}; ".join(parts) or "fermé"


def _day_names(numbers):
    if len(numbers) == 7:
        return "tous les jours"
    names = []
    # In a run of days that follow one another, the day less its rank stays the same.
    for _key, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [DAYS[number] for _rank, number in run]
        names += [f"du {run[0]} au {run[-1]}"] if len(run) > 2 else run
    return _join(names)


def _holidays(text):
    parts = []
    if names_public_holidays(text) and re.search(r"\bPH[^;]*\b(off|closed)", text):
        parts.append("fermé les jours fériés")
    if re.search(r"\bSH[^;]*\b(off|closed)", text):
        parts.append("fermé pendant les vacances scolaires")
    return parts


def _join(parts):
    return " et ".join(parts) if len(parts) < 3 else ", ".join(parts[:-1]) + " et " + parts[-1]


def _span(span):
    return f"{_hour(span.opens)} – {_hour(span.closes, is_end=True)}"


def _hour(time, *, is_end=False):
    if time == dt.time.min:
        return "minuit" if is_end else f"0{NBSP}h"
    return f"{time.hour}{NBSP}h" + (f"{NBSP}{time:%M}" if time.minute else "")


def _word_by_word(text):
    """Rules of months, weeks or dates, each said in its own words, in their order."""
    comments = re.findall(r'"[^"]*"', text)
    # Comments are put aside, as marks that no rewriting touches.
    bare = re.sub(r'"[^"]*"', "\x00", text)
    said = f"{NBSP}; ".join(_say_rule(rule.strip()) for rule in re.split(r";|\|\|", bare) if rule.strip())
    for comment in comments:
        said = said.replace("\x00", f"({comment[1:-1]})", 1)
    return said


_SAY = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\bweek ?0?1-53/2", "semaines impaires :"),
        (r"\bweek ?0?2-5[23]/2", "semaines paires :"),
        (r"\bweek ?", "semaine "),
        (r"\b(off|closed)\b", "fermé"),
        (r"\bunknown\b", "à confirmer"),
        (r"\bopen\b", "ouvert"),
        (r"\bPH\b", "jours fériés"),
        (r"\bSH\b", "vacances scolaires"),
        (r"24/7", "jour et nuit"),
        (r"-(?=[A-Za-z\u00c0-\u017f])", " à "),
        (r"(\d\d:\d\d)-(\d\d:\d\d)", r"\1 – \2"),
        (r"(\d\d:\d\d)\+", r"à partir de \1"),
        (r",(?=\S)", ", "),
    )
]


def _say_rule(rule):
    rule = re.sub(
        r"\b(Mo|Tu|We|Th|Fr|Sa|Su)\[(-?\d)\]",
        lambda found: f"{_RANKS.get(found[2], found[2])} {DAYS[CODES.index(found[1])]} du mois",
        rule,
    )
    for pattern, replacement in _SAY:
        rule = pattern.sub(replacement, rule)
    for code, name in zip(CODES, DAYS, strict=True):
        rule = re.sub(rf"\b{code}\b", name, rule)
    for code, name in _MONTHS.items():
        rule = re.sub(rf"\b{code}\b", name, rule)
    return re.sub(
        r"\b(\d\d):(\d\d)\b", lambda f: _hour(dt.time(int(f[1]) % 24, int(f[2])), is_end=True), rule
    )
