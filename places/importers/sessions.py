"""Sessions of a table or a calendar into the agenda: workshops, known by their identifier."""

import datetime as dt
from functools import partial
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from places.domain import recurrence
from places.domain.recurrence.rule import WEEKDAY_CODES
from places.domain.text import fold
from places.models import GENERATED, WINDOW_DAYS, Fee, Place, State, Workshop
from places.opendata.cells import Outcome

from .base import Importer
from .files import read_text
from .merge import merge
from .report import FileError
from .rows import csv_rows
from .session_calendar import CalendarReader, calendar_rows
from .session_changes import merged, told_of, write
from .session_table import LISTS, REQUIRED, TEXTS, TableReader

MAX_BYTES = 2_000_000  # ten years of a busy centre
MANY = dict(LISTS.values())
TEXT_FIELDS = [field for field, _read in TEXTS.values()]
COLUMN_OF = {field: column for column, (field, _read) in TEXTS.items()} | {
    field: column for column, (field, _model) in LISTS.items()
}


class Foretold(NamedTuple):
    """What becomes of one workshop of the file, for the person who looks before importing."""

    title: str
    sentence: str
    is_new: bool


def sessions_of(text):
    """(the importer to call, rows) for the text of a file, a table or a calendar. Raises FileError."""
    if text.lstrip("\ufeff \r\n").upper().startswith("BEGIN:"):
        return partial(SessionImporter, is_calendar=True), calendar_rows(text)
    return SessionImporter, csv_rows(text, REQUIRED)


def read_sessions(path):
    return sessions_of(read_text(path, MAX_BYTES))


class SessionImporter(Importer):
    """All rows of a file at once: the lines of one workshop may be anywhere in it.

    `place` is where the sessions belong; without it each line of a table names its own.
    New workshops are drafts, unless it `publishes`.
    """

    batch_size = 1_000_000

    def __init__(self, *, place=None, publishes=False, is_calendar=False, **how):
        super().__init__(**how)
        self.place, self.publishes, self.is_calendar = place, publishes, is_calendar
        self.foretold = []

    def prepare(self, rows):
        if self.place is None and (self.is_calendar or any("lieu" not in row.cells for row in rows)):
            raise FileError(_("Dites de quel lieu sont ces séances : il n’est pas dans le fichier."))
        self._pks = {field: dict(model.objects.values_list("code", "pk")) for field, model in MANY.items()}
        self._fees = dict(Fee.objects.values_list("code", "pk"))

    def store(self, rows):
        for place, of_place in self._by_place(rows):
            today = timezone.localdate(self.at, place.timezone)
            until = today + dt.timedelta(days=WINDOW_DAYS)
            reader = (
                CalendarReader(self.report, until=until) if self.is_calendar else TableReader(self.report)
            )
            # No file makes examples of its workshops, which would go with the demonstration.
            said = [
                each._replace(uid=each.uid.removeprefix(GENERATED)) for each in reader.read(of_place, place)
            ]
            over = [each for each in said if _is_over(each, today, place.timezone)]
            if over:
                reason = _("Séances passées : non reprises.")
                self.report.note(over[0].line, "", len(over), reason, Outcome.DROPPED)
            known = Workshop.objects.in_bulk([each.uid for each in said], field_name="uid")
            for each in said:
                if each not in over:
                    self._keep(each, place, known.get(each.uid), today, until)

    def _by_place(self, rows):
        if self.place is not None:
            return [(self.place, rows)]
        found, groups = {}, {}
        for row in rows:
            name = row.cells["lieu"].strip()
            if name not in found:
                found[name] = self._named(name)
            if found[name] is None:
                reason = _("Aucun lieu, ou plusieurs, ne portent ce nom : donnez l’adresse de sa page.")
                self.report.refuse(row.line, "lieu", name, reason)
            else:
                groups.setdefault(found[name].pk, (found[name], []))[1].append(row)
        return list(groups.values())

    def _named(self, name):
        slug = name.rstrip("/").rpartition("/")[2]
        places = Place.objects.select_related("commune")
        alone = list(places.filter(slug=slug)[:1]) or list(places.filter(folded_name=fold(name))[:2])
        return alone[0] if len(alone) == 1 else None

    # -- One workshop --------------------------------------------------------------------------------

    def _keep(self, said, place, workshop, today, until):
        is_new = workshop is None
        if is_new:
            state = State.PUBLISHED if self.publishes else State.DRAFT
            workshop = Workshop(uid=said.uid, place=place, state=state, skips_public_holidays=False)
        elif workshop.place_id != place.pk:
            reason = _("Cet identifiant est celui d’un atelier d’un autre lieu.")
            self.report.refuse(said.line, "uid", said.uid, reason)
            return
        workshop.place = place
        says_now = said.values | {"rule": plain_rule(said.rule)}
        if workshop.host_partner_id:
            says_now.pop("host_address", None)
        here = _plain(workshop, is_new)
        before = here if is_new else workshop.imported_values
        found = merge(here, before, says_now, overwrites=self.overwrites)
        told = told_of(said, place.timezone, today, until, at=self.at)
        usual_min = said.rule.duration_min
        changes = merged(
            workshop, told, before.get("changes", {}), usual_min, at=self.at, overwrites=self.overwrites
        )
        self._report(said, is_new, found, changes)
        if self.is_dry_run:
            return
        self._set(workshop, found.changes)
        workshop.imported_values = workshop.imported_values | says_now | {"changes": told}
        if not (is_new or found.changes or changes.changes):
            Workshop.objects.filter(pk=workshop.pk).update(imported_values=workshop.imported_values)
            return
        workshop._change_reason = self.origin[:100]
        workshop.save()
        self._link(workshop, found.changes)
        workshop.schedule(until, since=today, at=self.at)
        write(workshop, changes.changes, reason=self.origin)

    def _report(self, said, is_new, found, changes):
        for field, value in found.conflicts.items():
            text = recurrence.sentence(said.rule) if field == "rule" else value
            self.report.conflict(said.line, COLUMN_OF.get(field, "date"), text)
        for slot in changes.conflicts:
            self.report.conflict(said.line, "date", slot[:10])
        self._count(is_new, found.changes or changes.changes)
        self.foretold.append(Foretold(said.values["title"], recurrence.sentence(said.rule), is_new))

    def _count(self, is_new, is_changed):
        if is_new:
            self.report.created += 1
        elif is_changed:
            self.report.updated += 1
        else:
            self.report.unchanged += 1

    def _set(self, workshop, values):
        for field, value in values.items():
            if field == "rule":
                for name, told in value.items():
                    setattr(workshop, name, _READ_RULE.get(name, lambda told: told)(told))
            elif field == "fee":
                workshop.fee_id = self._fees.get(value)
            elif field not in MANY:
                setattr(workshop, field, value)

    def _link(self, workshop, values):
        for field in MANY.keys() & values.keys():
            getattr(workshop, field).set([self._pks[field][code] for code in values[field]])


def _is_over(said, today, tz):
    rule = said.rule
    is_endless = rule.frequency not in ("ONCE", "DATES") and rule.until is None and rule.count is None
    if is_endless or any(change.starts.date() >= today for change in said.changes):
        return False
    return not recurrence.occurrences(rule, today, dt.date.max, tz)


def plain_rule(rule):
    """The rule as plain values of the fields of Workshop."""
    return {
        "frequency": rule.frequency.value,
        "interval": rule.interval,
        "weekdays": ",".join(WEEKDAY_CODES[day] for day in sorted(rule.weekdays)),
        "week_of_month": rule.week_of_month,
        "starts_on": rule.starts_on.isoformat(),
        "start_time": rule.start_time.isoformat("minutes"),
        "duration_min": rule.duration_min,
        "until": rule.until and rule.until.isoformat(),
        "count": rule.count,
        "extra_dates": "\n".join(day.isoformat() for day in rule.extra_dates),
        "except_dates": "\n".join(day.isoformat() for day in rule.except_dates),
    }


_READ_RULE = {
    "starts_on": dt.date.fromisoformat,
    "start_time": dt.time.fromisoformat,
    "until": lambda told: told and dt.date.fromisoformat(told),
}


def _plain(workshop, is_new):
    """What stands here, as the readers would have written it."""
    here = {field: getattr(workshop, field).replace("\r\n", "\n") for field in TEXT_FIELDS}
    here |= {"kind": workshop.kind, "level": workshop.level}
    here["fee"] = workshop.fee.code if workshop.fee_id else ""
    if is_new:
        return here | {field: [] for field in MANY} | {"rule": None}
    for field in MANY:
        here[field] = sorted(getattr(workshop, field).values_list("code", flat=True))
    try:
        here["rule"] = plain_rule(workshop.rule)
    except recurrence.RuleError:
        here["rule"] = None
    return here
