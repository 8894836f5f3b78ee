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
_SPANS = rf"{_SPAN}(?:,{_SPAN})*"
_DAYS = rf"{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*"
_NTH_DAY = rf"{_DAY}\[-?\d(?:,-?\d)*\]"
_RULE = rf"(?:{_DAYS}|{_NTH_DAY}) (?:{_SPANS}|off)"
_RULES = re.compile(rf"{_RULE}(?:; {_RULE})*")
_HOURS_FIRST = re.compile(rf"({_SPANS}); ({_DAYS}|{_NTH_DAY})")

_DAY_NAME = "(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?"
_GLUED_DAY = re.compile(rf"(?<=[\dh])(?=(?:du |le |les )?{_DAY_NAME}\b)", re.IGNORECASE)
_SAYS_NO_HOURS = re.compile(r"\s*(?:|-|x|off|fermée?|fermeture)\s*", re.IGNORECASE)

_RANKS = {
    "1er|1ère|premier|première": 1,
    "2e|2è|2ème|2eme|2nd|2nde|deuxième|second|seconde": 2,
    "3e|3è|3ème|3eme|troisième": 3,
    "4e|4è|4ème|4eme|quatrième": 4,
    "5e|5è|5ème|5eme|cinquième": 5,
    "dernier|dernière": -1,
}
_RANK = rf"(?:{'|'.join(_RANKS)})s?"
_RANKED_DAY = (
    rf"\b({_RANK}(?: ?(?:,|/|&|\bet\b) ?(?:le |les )?{_RANK})*) ({_DAY})\b(?: (?:du|de chaque) mois\b)?"
)
_TIME = r"\d{1,2}:\d\d"
_SLASHED = re.compile(rf"({_TIME}) ?/ ?({_TIME})(?: ?(?:,|;|/|&|-|\bet\b(?: de\b)?) ?(?=\d))?")


def _nth_day(found):
    """ "2ème et 4ème Tu du mois" gives "Tu[2,4]"."""
    ranks = [
        rank
        for word in re.findall(_RANK, found[1])
        for names, rank in _RANKS.items()
        if re.fullmatch(rf"(?:{names})s?", word)
    ]
    return f"{found[2]}[{','.join(map(str, ranks))}]"


def _slashes_as_dashes(text):
    """ "9:00/12:00 - 14:00/17:00" with dashes, where all hours come two by two around a slash.

    A lone "9:00/14:00" is left: it reads as well as two sessions that begin then.
    """
    pairs = [(int(start.split(":")[0]), int(end.split(":")[0])) for start, end in _SLASHED.findall(text)]
    is_whole = 2 * len(pairs) == len(re.findall(_TIME, text))
    if not is_whole or any(start >= end or end in (13, 14, 15) for start, end in pairs):
        return text
    return _SLASHED.sub(r"\1-\2 ", text)


# Applied in order to a lower-case text, after its days have become Mo, Tu…
_REWRITES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[–—−‐‑]", "-"),
        (r"(?<=[\dh])à(?=[ \d])", " à"),
        (r"\bà(?=\d)", "à "),
        # Half a day says nothing more than the hours that follow it; without them it says too little.
        (
            r"\b(?:le |la |les |l')?(?:matin|matinée|apr[èe]s[- ]?midi)s?\b(?= ?:? ?(?:de )?\d)",
            " ",
        ),
        (r"\bmidi\b(?<!s.midi)", "12h"),
        (r"\bjours? fériés?\b|\bfériés?\b", "PH"),
        (r"\bvacances scolaires\b", "SH"),
        (r"\btous les jours\b|\b7 ?j(ours)? ?(sur|/) ?7( ?jours?)?\b", "Mo-Su"),
        (r"\b(les |le )?week-?end\b", "Sa-Su"),
        (r"\b(la|en) semaine\b", "Mo-Fr"),
        (_RANKED_DAY, _nth_day),
        (rf"{_DAY}(?: ?- ?{_DAY}){{2,}}", lambda found: re.sub(" ?- ?", ",", found[0])),
        # "9h12h": an hour, unless it could be minutes.
        (r"\b(\d{1,2}h)(?=(?:1[1-4]|1[6-9]|2[1-4])h(?!\d))", r"\1-"),
        # A cross where the hours of half a day would stand.
        (rf"({_DAY}) ?:? x ?/ ?x\b", r"\1 off"),
        (r" ?/ ?x\b|\bx ?/ ?(?=\d)", ""),
        (r"\b(accueil (du )?public|ouvert(ure|e)?|horaires?|accueil|uniquement|seulement|inclus)\b", " "),
        (r"\bfermé(e|s|es)?\b|\bfermeture\b|\bclosed\b", "off"),
        (r"\b(\d{1,2}) ?(?:h|:|heures?) ?(\d\d)(?: ?min)?\b", r"\1:\2"),
        (r"\b(\d{1,2}) ?(?:h|heures?)\b", r"\1:00"),
        (r"(?s)^.*/.*$", lambda found: _slashes_as_dashes(found[0])),
        (r"(?<![:\d-])(\d{1,2}) ?(?:à|a|-) ?(?=\d{1,2}:\d\d)", r"\1:00-"),
        (r"\bde (\d{1,2}:\d\d) ?(?:à|a|-) ?(\d{1,2}:\d\d)", r"\1-\2"),
        (r"(\d{1,2}:\d\d) ?(?:à|a|-) ?(\d{1,2}:\d\d)", r"\1-\2"),
        (rf"\b(?:du|de) ({_DAY}) (?:au|à|a) ({_DAY})\b", r"\1-\2"),
        (rf"({_DAY}) ?(?:au|à|a|-) ?({_DAY})\b", r"\1-\2"),
        (r"\b(\d:\d\d)\b", r"0\1"),
        (r"\b(?:tous|chaque|pendant|le|la|les|l'|de|du)\b", " "),
        (r" {2,}", " "),
        (r"\boff (PH|SH)\b", r"\1 off"),
        (rf"({_DAY}|\]) ?(?::|,)? +(?=\d)|({_DAY}|\]) ?: ?(?=\d)", r"\1\2 "),
        (rf"({_DAY}) ?:? ?\b(off)\b", r"\1 \2"),
        (rf"({_DAY}) ?(?:,|/|&|\bet\b| ) ?(?={_DAY})", r"\1,"),
        (rf"\boff ?:? ?({_DAYS})[ .;]*$", r"\1 off"),
        (rf"({_SPAN}) ?(?:,|;|\||/|&|\bet\b|\bpuis\b|-| ) ?(?=\d)", r"\1,"),
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
    written = _GLUED_DAY.sub(" ", _week_in_seven_cells(text.replace("’", "'")))
    for pattern, code in _FRENCH_DAYS:
        written = pattern.sub(code, written)
    written = re.sub(rf"\b(?!{_DAY}\b)\w+", lambda found: found.group().lower(), written)
    for pattern, replacement in _REWRITES:
        written = pattern.sub(replacement, written)
    written = _HOURS_FIRST.sub(r"\2 \1", written) if _HOURS_FIRST.fullmatch(written) else written
    if not _RULES.fullmatch(written) or not _is_said_once(written):
        return None
    try:
        parse(written)
    except HoursError:
        return None
    return written


def _week_in_seven_cells(text):
    """ "9h-12h; 9h-12h; fermé; 9h-12h; 9h-12h; ; " with the days, where the week can begin on Monday alone.

    Open first and closed last, it does; "fermé; …; fermé" may begin on a Sunday.
    """
    cells = text.split(";")
    if len(cells) != 7 or re.search(_DAY_NAME, text, re.IGNORECASE):
        return text
    is_silent = [bool(_SAYS_NO_HOURS.fullmatch(cell)) for cell in cells]
    if is_silent[0] or not is_silent[6]:
        return text
    return "; ".join(
        f"{day} {cell}" for day, cell, silent in zip(CODES, cells, is_silent, strict=True) if not silent
    )


def _is_said_once(rule):
    """Whether no day comes in two rules: the syntax lets the last one win, people mean both.

    A day that is closed at last is no doubt: "lundi au vendredi 9h-17h, fermé le mercredi".
    """
    named = []
    for one in rule.split("; "):
        said = _days_of(one)
        if len(set(said)) < len(said) or (not one.endswith(" off") and set(said) & set(named)):
            return False
        named += said
    return True


def _days_of(rule):
    days = []
    for part in re.sub(r"\[.*\]", "", rule.split(" ")[0]).split(","):
        first, _, last = part.partition("-")
        if first in CODES:
            start, end = CODES.index(first), CODES.index(last or first)
            span = range(start, end + 1) if start <= end else [*range(start, 7), *range(end + 1)]
            days += [CODES[index] for index in span]
    return days
