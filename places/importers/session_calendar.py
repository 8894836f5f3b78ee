"""Sessions from a calendar (iCalendar, RFC 5545), as centres already keep one elsewhere."""

import datetime as dt
import re
from collections import defaultdict
from typing import NamedTuple

from django.utils.translation import gettext as _
from icalendar.parser import Contentline
from icalendar.prop import vDuration, vText

from places.domain import recurrence
from places.domain.text import fold, tidy
from places.models import Theme
from places.opendata import cells
from places.opendata.cells import Outcome

from .report import FileError
from .rows import Row
from .said import Change, Said
from .vocabulary import Vocabulary

ONE_HOUR = dt.timedelta(hours=1)  # of an event that tells no end
TIMES = ("DTSTART", "RRULE", "RDATE", "EXDATE")
_POSTCODE = re.compile(r"\b\d{5}\b")


class Property(NamedTuple):
    line: int
    parameters: str  # ";TZID=Europe/Paris"
    value: str


def calendar_rows(text: str) -> list[Row]:
    """Each event as a Row whose cells are {name: [Property, …]}. Raises FileError with line and column."""
    logical = _unfolded(text)
    if not logical or logical[0][1].strip().upper() != "BEGIN:VCALENDAR":
        raise FileError(_("Ce n’est pas un agenda (.ics) : il commence par BEGIN:VCALENDAR."))
    if logical[-1][1].strip().upper() != "END:VCALENDAR":
        raise FileError(_("Le fichier est coupé : sa dernière ligne n’est pas END:VCALENDAR."))
    rows, event, inside = [], None, []
    for number, line in logical:
        name, parameters, value = _parts(number, line)
        if name == "BEGIN":
            inside.append(value.upper())
            event = Row(number, defaultdict(list)) if inside == ["VCALENDAR", "VEVENT"] else event
        elif name == "END":
            if not inside or inside.pop() != value.upper():
                message = _("Ligne %(line)s, colonne 1 : %(value)s se ferme sans s’être ouvert.")
                raise FileError(message % {"line": number, "value": value[:40]})
            if value.upper() == "VEVENT":
                rows.append(event)
        elif inside == ["VCALENDAR", "VEVENT"]:
            event.cells[name].append(Property(number, parameters, value))
    if not rows:
        raise FileError(_("L’agenda est vide : aucun événement à importer."))
    return rows


def _unfolded(text):
    """(number, line) of the lines, those that were folded (RFC 5545, 3.1) put together again."""
    lines = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line[:1] in (" ", "\t") and lines:
            lines[-1] = (lines[-1][0], lines[-1][1] + line[1:])
        elif line.strip():
            lines.append((number, line))
    return lines


def _parts(number, line):
    try:
        name, parameters, value = Contentline(line).parts()
    except (ValueError, TypeError) as error:
        column = len(re.match(r"[\w-]*", line, re.ASCII)[0]) + 1
        message = _("Ligne %(line)s, colonne %(column)s : « %(text)s » ne se lit pas.")
        told = {"line": number, "column": column, "text": line[:40]}
        raise FileError(message % told) from error
    written = "".join(f";{key}={each}" for key, each in parameters.items() if isinstance(each, str))
    return name.upper(), written, str(value)


class CalendarReader:
    """Makes workshops of the events of one calendar, the one of a place."""

    def __init__(self, report, *, until):
        self.report, self.until = report, until
        self._themes = Vocabulary(Theme)

    def read(self, rows, place):
        """A list of `Said`; what cannot be used is told in the report."""
        series, moved = {}, defaultdict(list)
        for row in rows:
            uid = tidy(_text(row, "UID"))
            if self._is_private(row):
                continue
            if not uid:
                self.report.refuse(row.line, "UID", "", _("L’événement n’a pas d’identifiant (UID)."))
            elif row.cells.get("RECURRENCE-ID"):
                moved[uid].append(row)
            elif uid in series:
                self.report.refuse(row.line, "UID", uid, _("Cet identifiant est là deux fois."))
            else:
                series[uid] = row
        found = [self._workshop(uid, row, moved.pop(uid, ()), place) for uid, row in series.items()]
        for row in (row for rows_of_uid in moved.values() for row in rows_of_uid):
            reason = _("L’événement dont c’est une séance n’est pas dans le fichier.")
            self.report.refuse(row.line, "RECURRENCE-ID", _text(row, "UID"), reason)
        return list(filter(None, found))

    def _is_private(self, row):
        level = _text(row, "CLASS").upper()
        if level in ("", "PUBLIC"):
            return False
        self.report.note(row.line, "CLASS", level, _("Événement privé : non repris."), Outcome.DROPPED)
        return True

    def _workshop(self, uid, row, moved, place):
        try:
            length = _length(row, place.timezone)
            rule = recurrence.from_rfc5545(
                _recurrence_of(row), self.until, place.timezone, length // dt.timedelta(minutes=1)
            )
        except recurrence.RuleError as error:
            start = row.cells["DTSTART"][0] if row.cells.get("DTSTART") else Property(row.line, "", "")
            self.report.refuse(start.line, "DTSTART", start.value, str(error))
            return None
        if not _text(row, "SUMMARY"):
            self.report.refuse(row.line, "SUMMARY", "", _("Le titre manque."))
            return None
        changes = tuple(filter(None, (self._change(each, length, place.timezone) for each in moved)))
        is_off = _text(row, "STATUS").upper() == "CANCELLED"
        return Said(row.line, uid[:255], self._values(row, place), rule, changes, is_off)

    def _change(self, row, length, tz):
        try:
            slot = _moment(row.cells["RECURRENCE-ID"][0], tz)
            starts = _moment(row.cells["DTSTART"][0], tz) if row.cells.get("DTSTART") else slot
            ends = starts + (_length(row, tz) if row.cells.get("DTSTART") else length)
        except recurrence.RuleError as error:
            self.report.refuse(row.line, "RECURRENCE-ID", row.cells["RECURRENCE-ID"][0].value, str(error))
            return None
        return Change(slot, starts, ends, _text(row, "STATUS").upper() == "CANCELLED")

    def _values(self, row, place):
        title = self._read(row, "SUMMARY", cells.line(160))
        where = self._read(row, "LOCATION", cells.line(200))
        description = self._read(row, "DESCRIPTION", cells.paragraphs)
        is_elsewhere = _POSTCODE.search(where) and not _is_at(where, place)
        if where and not is_elsewhere and not _is_at(where, place):
            description = "\n\n".join(
                filter(None, [description, _("Où\u00a0: %(where)s") % {"where": where}])
            )
        named = (
            text for each in row.cells.get("CATEGORIES", ()) for text in re.split(r"(?<!\\),", each.value)
        )
        themes = {self._themes.match(vText.from_ical(text)) for text in named}
        return {
            "title": title,
            "description": description,
            "host_address": where if is_elsewhere else "",
            "themes": sorted(filter(None, themes)),
        }

    def _read(self, row, name, read):
        found = cells.written(_text(row, name))
        read_on = read(found.value, {})
        for note in (*found.notes, *read_on.notes):
            self.report.note(row.line, name, note.value, note.reason, note.outcome)
        return read_on.value


def _is_at(where, place):
    """Whether an address is that of the place itself, named in one way or the other."""
    said = fold(where)
    return any(told and fold(told) in said for told in (place.name, place.address))


def _text(row, name):
    return vText.from_ical(row.cells[name][0].value).strip() if row.cells.get(name) else ""


def _recurrence_of(row):
    return "\n".join(
        f"{name}{each.parameters}:{each.value}" for name in TIMES for each in row.cells.get(name, ())
    )


def _moment(told, tz):
    """A moment on the wall of the place. Raises RuleError."""
    rule = recurrence.from_rfc5545(f"DTSTART{told.parameters}:{told.value}", dt.date.max, tz, 60)
    return dt.datetime.combine(rule.starts_on, rule.start_time)


def _length(row, tz):
    """How long the event lasts. Raises RuleError."""
    try:
        if row.cells.get("DURATION"):
            return vDuration.from_ical(row.cells["DURATION"][0].value)
    except ValueError as error:
        raise recurrence.RuleError(_("La durée ne se lit pas."), "duration_min") from error
    if not (row.cells.get("DTEND") and row.cells.get("DTSTART")):
        return ONE_HOUR
    return _moment(row.cells["DTEND"][0], tz) - _moment(row.cells["DTSTART"][0], tz)
