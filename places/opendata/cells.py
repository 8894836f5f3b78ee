"""One cell of an open-data table, both ways: text to value with what had to be mended, and value to text."""

import datetime as dt
import html
import re
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from places.domain import hours, identifiers
from places.domain.text import fold, tidy


class Outcome(models.TextChoices):
    """What became of a value that is not taken as it is written."""

    REFUSED = "refused", gettext_lazy("ligne refusée")
    DROPPED = "dropped", gettext_lazy("valeur non reprise")
    KEPT_AS_TEXT = "text", gettext_lazy("gardé en texte")
    MENDED = "mended", gettext_lazy("corrigé")
    CONFLICT = "conflict", gettext_lazy("conflit")


class Note(NamedTuple):
    value: str
    reason: str
    outcome: Outcome


class Reading(NamedTuple):
    value: object
    notes: tuple[Note, ...] = ()


EARLIEST = dt.date(2000, 1, 1)  # the standard is of 2022; "1970-01-01" and "1969-12-31" are a lost zero
MAX_CELL = 20_000  # eight pages of text; a longer cell is a slip, and would weigh on every page that shows it
MAX_SUMMARY = 280  # national standard v1.0.2, field presentation_resume

# How files write "unknown", folded.
_BLANKS = frozenset(
    {"aucun", "aucune", "neant", "nc", "nr", "n a", "nan", "none", "null", "inconnu", "inconnue"}
    | {
        "non renseigne",
        "non renseignee",
        "non communique",
        "sans objet",
        "aucun site",
        "pas de site",
        "http",
        "https",
    }
)
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENTITY = re.compile(r"&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});")
_GUARD = re.compile(r"^'(?=[=+\-@\t\r])")
_NEXT_URL = re.compile(r"\s*\|\s*|[\s;,]+(?:et\s+)?(?=https?:|www\.|facebook\.|instagram\.)", re.IGNORECASE)
# "http:// www.exemple.fr", "http://https://exemple.fr", "ttp://exemple.fr"
_SCHEME_SLIPS = re.compile(r"^(?:h?ttps? ?:/{1,2} ?)*(?:h?ttp(?P<s>s?)) ?:/{1,2} ?(?=[\w.-])", re.IGNORECASE)
_NUMBER_WITHIN = re.compile(r"(?<![\d+])0[1-9](?:[ .-]?\d\d){4}(?!\d)")
_SHORT_NUMBER = re.compile(r"3\d{3}|1\d{1,3}")
_MIDNIGHT = r"0?0[:h]00 ?- ?0?0[:h]00"
_SLIPS_IN_HOURS = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # A field left at midnight in a form is no hour; nothing else on that day is a day closed.
        (rf"{_MIDNIGHT} ?/ ?| ?/ ?{_MIDNIGHT}", ""),
        (_MIDNIGHT, "fermé"),
        # "Mo-Fr 09:00-12:00; 14:00-17:00": a rule without a day would say every day.
        (r"(?<=\d\d:\d\d) ?; ?(?=\d\d:\d\d-\d\d:\d\d)", ","),
    )
]
_INITIALS = re.compile(r"\b\w\.\w\.$|\betc\.$|\.{3}$", re.IGNORECASE)


def written(cell: object) -> Reading:
    """The text of a cell, whatever its type in JSON: tidy, without markup; "" when it says "unknown"."""
    if cell is None or isinstance(cell, (dict, bool)):
        return Reading("")
    if isinstance(cell, (list, tuple)):
        cell = "|".join(str(item) for item in cell if item not in (None, ""))
    raw = cell if isinstance(cell, str) else repr(cell)
    # The apostrophe that keeps a spreadsheet from running a cell is no part of the value.
    text = _GUARD.sub("", raw)
    bare = html.unescape(_TAG.sub(lambda tag: "\n" if tag[0].startswith(("<br", "</")) else " ", text))
    notes = []
    if _INVISIBLE.search(raw):
        notes.append(Note(tidy(raw), _("Signes invisibles retirés."), Outcome.MENDED))
    if _TAG.search(text) or _ENTITY.search(text):
        notes.append(Note(tidy(raw), _("Balises ou codes HTML retirés."), Outcome.MENDED))
    value = re.sub(r"\n{3,}", "\n\n", tidy(bare))
    if len(value) > MAX_CELL:
        reason = _("Plus de %(n)s signes : la fin est coupée.") % {"n": MAX_CELL}
        notes.append(Note(value, reason, Outcome.MENDED))
        value = cut(value, MAX_CELL)
    return Reading("" if not value.strip(" .-_/?@") or fold(value) in _BLANKS else value, tuple(notes))


def dropped(text, reason):
    return Reading("", (Note(text, str(reason), Outcome.DROPPED),))


def line(max_length: int, *, without_final_dot=False):
    """A reader of one line of at most `max_length` signs, cut at a word and said when it is longer."""

    def read(text, said):
        value, notes = " ".join(text.split("\n")), ()
        if without_final_dot and value.endswith(".") and not _INITIALS.search(value):
            value = value.rstrip(". ")
        if len(value) > max_length:
            reason = _("Plus de %(n)s signes : la fin est coupée.") % {"n": max_length}
            notes = (Note(value, reason, Outcome.MENDED),)
            value = cut(value, max_length)
        return Reading(value, notes)

    return read


def cut(text, max_length):
    """At most `max_length` signs of `text`, ended at a word with "…"."""
    if len(text) <= max_length:
        return text
    return text[: max_length - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def paragraphs(text, said):
    return Reading(text)


def code(check, *, is_silent=False):
    """A reader that puts `text` in its one form with `check`, or leaves it out with the error of `check`."""

    def read(text, said):
        try:
            value = check(text)
        except ValueError as error:
            return dropped(text, error)
        is_same = is_silent or value == re.sub(r"\s", "", text).upper()
        notes = () if is_same else (Note(text, _("Lu comme %(value)s.") % {"value": value}, Outcome.MENDED),)
        return Reading(value, notes)

    return read


def pivot(text, said):
    try:
        return Reading(identifiers.pivot(text))
    except ValueError as error:
        return dropped(text, error)


def phone(text, said):
    """The first number that is one; what else the cell holds is told."""
    postcode = said.get("postcode", "")
    parts = [text, *re.split(r"\s*(?:[|/;,]|\bou\b|\bet\b|\n| - )\s*", text), *_NUMBER_WITHIN.findall(text)]
    for part in parts:
        try:
            number = identifiers.phone(part, postcode)
        except ValueError as error:
            reason = error
            continue
        if part == text:
            return Reading(number)
        note = Note(text, _("Un seul numéro est repris : %(number)s.") % {"number": number}, Outcome.MENDED)
        return Reading(number, (note,))
    if _SHORT_NUMBER.fullmatch(re.sub(r"\D", "", text)):
        reason = _("C’est un numéro court national, pas celui du lieu.")
    return dropped(text, reason)


def emails(text, said):
    """One address a line."""
    found, notes = [], []
    for part in re.split(r"[|;,/\s]+|\bou\b", text):
        try:
            if part.strip(" .<>"):
                found.append(identifiers.email(part))
        except ValueError as error:
            notes.append(Note(part, str(error), Outcome.DROPPED))
    return Reading("\n".join(dict.fromkeys(found)), tuple(notes))


def url(text, said):
    """The first web address of the cell."""
    parts = _NEXT_URL.split(_SCHEME_SLIPS.sub(r"http\g<s>://", text))
    try:
        value = identifiers.url(parts[0])
    except ValueError as error:
        return dropped(text, error)
    if len(parts) == 1:
        return Reading(value)
    reason = _("Une seule adresse est reprise : %(value)s.") % {"value": value}
    return Reading(value, (Note(text, reason, Outcome.MENDED),))


def opening_hours(text, said):
    """A rule, or "" when `text` does not read as one: it is then kept as written."""
    clean = text
    for pattern, replacement in _SLIPS_IN_HOURS:
        clean = pattern.sub(replacement, clean)
    rule, why = hours.mend(clean)
    if rule is None:
        # "« 14:00-14:00 » finit avant de commencer." helps; how to write hours does not help here.
        reason = why if why.startswith("«") else _("Ne se lit pas comme des horaires : affiché tel quel.")
        return Reading("", (Note(text, reason, Outcome.KEPT_AS_TEXT),))
    if rule == text:
        return Reading(rule)
    reason = _("Horaires mis en forme : %(rule)s") % {"rule": rule}
    return Reading(rule, (Note(text, reason, Outcome.MENDED),))


def number(text, said):
    try:
        return Reading(float(text.replace(",", ".").replace(" ", "")))
    except ValueError:
        return Reading(None, (Note(text, _("Ce n’est pas un nombre."), Outcome.DROPPED),))


def date(text, said):
    """A day, not before 2000: "2024-03-01", "2024-03-01T10:00:00Z" or "01/03/2024"."""
    iso = re.match(r"(\d{4})-(\d\d)-(\d\d)", text)
    french = re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", text)
    parts = iso.groups() if iso else french.groups()[::-1] if french else ()
    try:
        day = dt.date(*map(int, parts))
    except (ValueError, TypeError):
        return Reading(None, (Note(text, _("Cette date ne se lit pas."), Outcome.DROPPED),))
    if day < EARLIEST:
        return Reading(None)
    return Reading(day)


def itinerance(text, said):
    known = {"itinerant": True, "fixe": False}
    if fold(text) in known:
        return Reading(known[fold(text)])
    return Reading(None, (Note(text, _("Attendu : Itinérant ou Fixe."), Outcome.DROPPED),))


def labels(text, said):
    """The values of a cell, written with `|`; older files have `;`."""
    return Reading([part.strip() for part in re.split(r"[|;\n]", text) if part.strip()])
