"""Opening hours from French: what people write, brought to a rule when no doubt is left."""

import re

from places.domain.text import tidy

from .rules import MAX_LENGTH, HoursError, parse, put_comments_aside, put_comments_back, written_form

CODES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

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
        (r"(?<=[\dh])à(?=[ \d])", " à"),
        (r"\bmidi\b", "12h"),
        (r"\bjours? fériés?\b|\bfériés?\b", "PH"),
        (r"\bvacances scolaires\b", "SH"),
        (r"\btous les jours\b|\b7 ?j(ours)? ?(sur|/) ?7( ?jours?)?\b", "Mo-Su"),
        (r"\b(les |le )?week-?end\b", "Sa-Su"),
        (r"\b(ouvert(ure|e)?|horaires?|accueil|uniquement|seulement|matin|après-midi|apres-midi)\b", " "),
        (r"\bfermé(e|s|es)?\b|\bfermeture\b|\bclosed\b", "off"),
        (r"\b(\d{1,2}) ?(?:h|:|heures?) ?(\d\d)(?: ?min)?\b", r"\1:\2"),
        (r"\b(\d{1,2}) ?(?:h|heures?)\b", r"\1:00"),
        (r"(?<![:\d-])(\d{1,2}) ?(?:à|a|-) ?(?=\d{1,2}:\d\d)", r"\1:00-"),
        (r"\bde (\d{1,2}:\d\d) ?(?:à|a|-) ?(\d{1,2}:\d\d)", r"\1-\2"),
        (r"(\d{1,2}:\d\d) ?(?:à|a|-) ?(\d{1,2}:\d\d)", r"\1-\2"),
        (rf"\b(?:du|de) ({_DAY}) (?:au|à|a) ({_DAY})\b", r"\1-\2"),
        (rf"({_DAY}) ?(?:au|à|a|-) ?({_DAY})\b", r"\1-\2"),
        (r"\b(\d:\d\d)\b", r"0\1"),
        (r"\b(?:tous|chaque|pendant|le|la|les|l'|de|du)\b", " "),
        (r" {2,}", " "),
        (r"\boff (PH|SH)\b", r"\1 off"),
        (rf"({_DAY}) ?(?::|,)? +(?=\d)|({_DAY}) ?: ?(?=\d)", r"\1\2 "),
        (rf"({_DAY}) ?:? ?\b(off)\b", r"\1 \2"),
        (rf"({_DAY}) ?(?:,|/|&|\bet\b| ) ?(?={_DAY})", r"\1,"),
        (rf"({_SPAN}) ?(?:,|/|&|\bet\b|\bpuis\b|-| ) ?(?=\d)", r"\1,"),
        (rf"({_SPAN}|off) ?(?:[;.,|/&\n-]|\bet\b)* ?(?={_DAY})", r"\1; "),
        (r"\s*[;.,|]*\s*$", ""),
        (r"^\s*[;:.,|-]*\s*", ""),
        (r" {2,}", " "),
    )
]


# What is put right in a text that is nearly a rule.
_TOUCHES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[\u00a0\u202f]", " "),
        (r"(?<![\d:])(\d:\d\d)\b", r"0\1"),
        (r"(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)", r"\1-\2"),
        # Hours without days replace those before them, says the syntax; people mean both.
        (rf"({_SPAN}) ?; ?(?={_SPAN})", r"\1,"),
    )
]
_CODES = {code.lower(): code for code in (*CODES, "PH", "SH")}
_CODE_OF_DAY = re.compile(rf"\b(?:{'|'.join(_CODES)})\b", re.IGNORECASE)
_FRENCH = re.compile(r"\d ?h|[a-zà-ÿ]{4}", re.IGNORECASE)
_NOTE = "Horaires mis en forme."
_HINT = "Ces horaires ne se lisent pas. Exemple : « Lundi au vendredi 9h-12h et 14h-17h ; samedi 9h-12h »."


def mend(text: str) -> tuple[str | None, str | None]:
    """(rule, what was mended or None); (None, why) when no certain rule can be made of `text`.

    "Lu-Ve 9h-12h" and "Du lundi au vendredi : 9h30-12h30 / 14h-17h" become rules. A lone hour
    ("Fr 18:00"), or three in a row ("09:00-12:00-14:00"), does not.
    """
    if len(text) > MAX_LENGTH:
        return None, "Ces horaires sont trop longs."
    bare, comments = put_comments_aside(tidy(text))
    for pattern, replacement in _TOUCHES:
        bare = pattern.sub(replacement, bare)
    bare = _CODE_OF_DAY.sub(lambda found: _CODES[found[0].lower()], bare)
    written = put_comments_back(bare, comments)
    try:
        parse(written)
    except HoursError as error:
        rule = _rule_from_french(written)
        if rule:
            return rule, _NOTE
        return None, _HINT if _FRENCH.search(written) else str(error)
    rule = written_form(written)
    return rule, None if rule == text.strip() else _NOTE


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
