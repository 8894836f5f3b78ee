"""Sessions from a CSV: one line a date; lines of one workshop together make it."""

import datetime as dt
import re
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from places.domain import recurrence
from places.domain.text import fold
from places.models import AccessMode, Audience, Fee, Language, Service, Theme, Workshop
from places.opendata import cells
from places.opendata.cells import Outcome

from .rows import Row
from .said import Change, Said
from .vocabulary import vocabularies

REQUIRED = {"titre", "date", "debut", "fin"}
TEXTS = {  # column -> field, how it is read
    "titre": ("title", cells.line(160)),
    "resume": ("summary", cells.line(280)),
    "presentation": ("description", cells.paragraphs),
    "adresse": ("host_address", cells.line(200)),
    "a_apporter": ("what_to_bring", cells.line(280)),
    "lien_inscription": ("booking_url", cells.url),
}
LISTS = {
    "axes": ("themes", Theme),
    "aides": ("services", Service),
    "publics": ("audiences", Audience),
    "langues": ("languages", Language),
    "inscription": ("booking_modes", AccessMode),
}
CHOICES = {"nature": ("kind", Workshop.Kind), "niveau": ("level", Workshop.Level)}
# What each column is, and a line as people would write it.
COLUMNS = {
    "titre": (_("obligatoire"), "Premiers pas sur ordinateur"),
    "date": (_("obligatoire"), "24/12/2026"),
    "debut": (_("obligatoire"), "14:00"),
    "fin": (_("obligatoire"), "16:00"),
    "uid": (_("le même pour toutes les séances d’un atelier, si leurs heures diffèrent"), ""),
    "lieu": (_("le nom du lieu, quand il n’est pas choisi ailleurs"), ""),
    "etat": (_("« annulée », ou rien"), ""),
    "message": (_("affiché avec la séance"), ""),
    "nature": (_("atelier, permanence, cycle d’ateliers, accès libre ou événement"), "Atelier"),
    "resume": (_("en une phrase"), "La souris, le clavier, une première recherche."),
    "presentation": (_("plusieurs phrases"), ""),
    "axes": (_("séparés par |"), ""),
    "aides": (_("séparées par |"), "Maîtrise des outils numériques du quotidien"),
    "publics": (_("séparés par |"), "Seniors|Jeunes"),
    "langues": (_("séparées par |"), ""),
    "niveau": (_("tous niveaux, débutant, intermédiaire ou avancé"), "Débutant"),
    "tarif": (_("gratuit, gratuit sous condition ou payant"), "Gratuit"),
    "inscription": (_("séparées par | ; rien : sans inscription"), "Téléphoner"),
    "lien_inscription": (_("adresse web"), ""),
    "a_apporter": (_("en une phrase"), "Vos lunettes"),
    "adresse": (_("seulement si la séance a lieu ailleurs"), ""),
}
CANCELLED = {"annule", "annulee", "annulation"}
LATEST_NIGHT_END = dt.time(6)
SHORTEST = dt.timedelta(minutes=5)

_TIME = re.compile(r"(\d{1,2})\s*(?:[h:]\s*(\d{2})?(?::\d{2})?|heures?)", re.IGNORECASE | re.ASCII)


class Meeting(NamedTuple):
    row: Row
    starts: dt.datetime  # on the wall of the place
    ends: dt.datetime
    is_cancelled: bool
    message: str


class LineError(ValueError):
    """A line that cannot be used; `column` names the cell to mend."""

    def __init__(self, column, value, message):
        super().__init__(message)
        self.column, self.value = column, value


class TableReader:
    """Makes workshops of the lines of one place."""

    def __init__(self, report):
        self.report = report
        self._lists = vocabularies({*(model for _field, model in LISTS.values()), Fee})

    def read(self, rows, place):
        """A list of `Said`; what cannot be used is told in the report."""
        groups = {}
        for row in rows:
            try:
                meeting = meeting_of(row)
                days = groups.setdefault(key_of(meeting), {})
                if meeting.starts.date() in days:
                    reason = gettext(
                        "Deux séances d’un même atelier le même jour : donnez-leur deux « uid »."
                    )
                    raise LineError("date", row.cells["date"], reason)
                days[meeting.starts.date()] = meeting
            except LineError as error:
                self.report.refuse(row.line, error.column, error.value, str(error))
        return [self._workshop(key, list(days.values()), place) for key, days in groups.items() if days]

    def _workshop(self, key, meetings, place):
        first = meetings[0]
        days = sorted(meeting.starts.date() for meeting in meetings)
        rule = recurrence.Rule(
            frequency=recurrence.Frequency.DATES if days[1:] else recurrence.Frequency.ONCE,
            starts_on=days[0],
            start_time=first.starts.time(),
            duration_min=(first.ends - first.starts) // dt.timedelta(minutes=1),
            extra_dates=tuple(days) if days[1:] else (),
        )
        changes = tuple(filter(None, (change_of(meeting, rule) for meeting in meetings)))
        return Said(first.row.line, f"{key}@{place.slug}"[:255], self._values(first.row), rule, changes)

    def _values(self, row):
        """What the line says of the workshop. Columns that are not in the file say nothing."""
        values = {}
        for column, (field, read) in TEXTS.items():
            if column in row.cells:
                values[field] = self._text(row, column, read)
        for column, (field, model) in LISTS.items():
            if column in row.cells:
                values[field] = self._codes(row, column, model)
        if "tarif" in row.cells:
            values["fee"] = next(iter(self._codes(row, "tarif", Fee)), "")
        for column, (field, choices) in CHOICES.items():
            if text := cells.written(row.cells.get(column)).value:
                values |= self._choice(row, column, field, text, choices)
        return values

    def _text(self, row, column, read):
        found = cells.written(row.cells[column])
        read_on = read(found.value, {})
        for note in (*found.notes, *read_on.notes):
            self.report.note(row.line, column, note.value, note.reason, note.outcome)
        return read_on.value

    def _codes(self, row, column, model):
        codes = set()
        for text in filter(None, map(str.strip, cells.written(row.cells[column]).value.split("|"))):
            code = self._lists[model].match(text)
            if code is None:
                reason = gettext("Ce n’est pas une valeur de la liste.")
                self.report.note(row.line, column, text, reason, Outcome.DROPPED)
            codes |= {code} if code else set()
        return sorted(codes)

    def _choice(self, row, column, field, text, choices):
        for choice in choices:
            if fold(text) in (fold(str(choice.label)), fold(choice.value)):
                return {field: choice.value}
        known = ", ".join(str(choice.label) for choice in choices)
        reason = gettext("Écrivez l’une de ces valeurs : %(known)s.") % {"known": known}
        self.report.note(row.line, column, text, reason, Outcome.DROPPED)
        return {}


def meeting_of(row):
    """The date and the hours of a line. Raises LineError."""

    def told(column):
        return cells.written(row.cells.get(column)).value

    if not told("titre"):
        raise LineError("titre", "", gettext("Le titre manque."))
    try:
        (day,) = recurrence.dates_from_lines(told("date"))
    except ValueError as error:
        raise LineError("date", told("date"), gettext("Écrivez la date ainsi : 24/12/2026.")) from error
    starts = dt.datetime.combine(day, time_of("debut", told("debut")))
    ends = dt.datetime.combine(day, time_of("fin", told("fin")))
    if ends < starts and ends.time() <= LATEST_NIGHT_END:
        ends += dt.timedelta(days=1)
    if ends - starts < SHORTEST:
        message = gettext("La séance finit avant de commencer, ou dure moins de 5 minutes.")
        raise LineError("fin", told("fin"), message)
    return Meeting(row, starts, ends, fold(told("etat")) in CANCELLED, cells.cut(told("message"), 200))


def key_of(meeting):
    """What the lines of one workshop share: their identifier, or their title and hours."""
    told = cells.written(meeting.row.cells.get("uid")).value
    hours = f"{meeting.starts:%Hh%M}-{meeting.ends:%Hh%M}"
    return told or f"{fold(meeting.row.cells['titre'])} {hours}"


def change_of(meeting, rule):
    """How the session differs from what `rule` gives that day; None when it does not."""
    slot = dt.datetime.combine(meeting.starts.date(), rule.start_time)
    hours = (slot, slot + dt.timedelta(minutes=rule.duration_min))
    if hours == (meeting.starts, meeting.ends) and not meeting.is_cancelled and not meeting.message:
        return None
    return Change(slot, meeting.starts, meeting.ends, meeting.is_cancelled, meeting.message)


def time_of(column, text):
    """14:30, 14h30, 14 h. Raises LineError."""
    found = _TIME.fullmatch(text)
    try:
        return dt.time(int(found[1]), int(found[2] or 0))
    except (TypeError, ValueError) as error:
        raise LineError(column, text, gettext("Écrivez l’heure ainsi : 14:30.")) from error
