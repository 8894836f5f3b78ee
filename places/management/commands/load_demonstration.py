"""Loads the reference lists and a territory of examples (fixtures/demonstration; its README tells the form).

What is there already stays as it is: a second run adds what is missing and nothing else.
"""

import datetime as dt
import json
import re

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.core import serializers
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from places.domain.holidays import holiday_name
from places.domain.identifiers import phone
from places.domain.recurrence import weekdays_from_codes
from places.models import (
    WINDOW_DAYS,
    Closure,
    Commune,
    Coverage,
    Department,
    Neighbourhood,
    Offer,
    Partner,
    PartnerContact,
    Partnership,
    Place,
    Project,
    Source,
    State,
    Workshop,
)
from places.search import rebuild

FIXTURES = settings.BASE_DIR / "fixtures"
LISTS = ["reference.json", "needs.json", "school_holidays.json"]
# In the order in which they need one another.
FILES = {
    "departments.json": Department,
    "communes.json": Commune,
    "neighbourhoods.json": Neighbourhood,
    "places.json": Place,
    "partners.json": Partner,
    "partnerships.json": Partnership,
    "offers.json": Offer,
    "projects.json": Project,
    "workshops.json": Workshop,
}
# The first of these that a record has tells it from the others; elsewhere it is named by any of them.
KEYS = ["insee_code", "code", "slug"]
OWN_KEYS = {Partnership: ["place", "partner", "theme", "activity"], Offer: ["place", "partner", "title"]}
# Rows that live and die with another one are written within it.
PARTS = {"closures": Closure, "contacts": PartnerContact}
# "-30", or "+20 SA": the first Saturday from then on that is no public holiday.
RELATIVE_DAY = re.compile(r"([+-]\d+)(?: (MO|TU|WE|TH|FR|SA|SU))?")


class Command(BaseCommand):
    help = _("Charge les listes de référence et le territoire de démonstration.")

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help=_("ne rien faire s’il y a déjà des lieux")
        )
        parser.add_argument("--force", action="store_true", help=_("charger même à côté de vrais lieux"))

    def handle(self, *, if_empty, force, verbosity, **options):
        if if_empty and Place.objects.exists():
            self.say(_("Il y a déjà des lieux : rien n’a été chargé."), verbosity)
            return
        if not force and Place.objects.filter(source__is_demonstration=False).exists():
            raise CommandError(
                _(
                    "Cette base contient de vrais lieux : la démonstration s’y mêlerait. "
                    "Pour la charger quand même, ajoutez --force."
                )
            )
        with transaction.atomic():
            added = self.load(timezone.localdate())
        self.say(sentence(added), verbosity)

    def load(self, today):
        added = load_lists() + Territory(today).load()
        if added:
            Place.objects.relocate()
            Workshop.objects.published().schedule(today + dt.timedelta(days=WINDOW_DAYS), since=today)
            rebuild()
            Coverage.objects.refresh(at=timezone.now())
        return added

    def say(self, text, verbosity):
        if verbosity:
            self.stdout.write(text)


def sentence(added):
    if not added:
        return _("La démonstration est déjà là : rien n’a changé.")
    return ngettext("%(n)d fiche ajoutée.", "%(n)d fiches ajoutées.", added) % {"n": added}


def load_lists():
    """Add what the reference lists lack; say how many rows. What an editor renamed keeps its name."""
    added = 0
    for name in LISTS:
        if not (FIXTURES / name).exists():
            continue
        for row in serializers.deserialize("json", (FIXTURES / name).read_text(encoding="utf-8")):
            if row.object.pk is None:
                row.object.save()
                for field, linked in row.m2m_data.items():
                    getattr(row.object, field).set(linked)
                added += 1
    return added


def records_of(name):
    return json.loads((FIXTURES / "demonstration" / name).read_text(encoding="utf-8"))


class Territory:
    """The examples, with dates counted from the date `today`."""

    def __init__(self, today):
        self.today = today
        self._known = {}

    def load(self):
        """Add what is missing; say how many rows, their parts not counted."""
        return sum(self._keep(model, record) for name, model in FILES.items() for record in records_of(name))

    def _keep(self, model, record):
        row = self._find(model, record)
        is_missing = row is None
        if is_missing:
            row = self.add(model, record)
        self._known |= {(model, record[key]): row for key in KEYS if key in record}
        return is_missing

    def _find(self, model, record):
        names = OWN_KEYS.get(model) or [next(key for key in KEYS if key in record)]
        names = [name for name in names if name in record]
        identity = {name: self.value(model._meta.get_field(name), record[name]) for name in names}
        return model.objects.filter(**identity).first()

    def add(self, model, record, **fields):
        """A row of `model` as `record` tells it, with `fields` as they are."""
        links, parts = {}, {}
        for name, value in record.items():
            field = model._meta.get_field(name)
            if name in PARTS:
                parts[name] = value
            elif field.many_to_many:
                links[name] = [self._row(field.related_model, key) for key in value]
            elif name == "phone":
                fields[name] = phone(value, record.get("postcode", ""))
            else:
                fields[name] = self.value(field, value)
        row = model(**self._marks(model, record), **fields)
        row.save()
        for name, linked in links.items():
            getattr(row, name).set(linked)
        for name, records in parts.items():
            for part in records:
                self.add(PARTS[name], part, **{getattr(model, name).field.name: row})
        return row

    def _marks(self, model, record):
        """Every example says that it is one."""
        marks = {}
        if model in (Neighbourhood, Place, Partner, Project):
            marks["source"] = self._row(Source, "demonstration")
        if model is Place:
            marks |= {"external_id": record["slug"], "state": State.PUBLISHED}
        return marks

    def _row(self, model, key):
        if (model, key) not in self._known:
            self._known[model, key] = model.objects.get_by_natural_key(key)
        return self._known[model, key]

    def value(self, field, value):
        """`value`, as a person writes it in the file, as `field` holds it."""
        if field.is_relation:
            return self._row(field.related_model, value)
        if isinstance(field, models.PointField):
            return Point(*value, srid=4326)
        if isinstance(field, models.MultiPolygonField):
            return MultiPolygon(Polygon([*value, value[0]]), srid=4326)
        if isinstance(field, models.DateTimeField):
            return timezone.make_aware(dt.datetime.combine(self.day(value), dt.time(10)))
        if isinstance(field, models.DateField):
            return self.day(value)
        if isinstance(value, list):
            return "\n".join(str(self.day(line)) if RELATIVE_DAY.fullmatch(line) else line for line in value)
        return field.to_python(value)

    def day(self, text):
        """The date that `text` means: "2026-12-24", "-30" (days from today), "+20 SA"."""
        relative = RELATIVE_DAY.fullmatch(text)
        if not relative:
            return dt.date.fromisoformat(text)
        days, weekday = relative.groups()
        day = self.today + dt.timedelta(days=int(days))
        if weekday:
            day += dt.timedelta(days=(weekdays_from_codes(weekday)[0] - day.weekday()) % 7)
            while holiday_name(day):
                day += dt.timedelta(days=7)
        return day
