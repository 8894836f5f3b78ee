"""Rows for the tests of the admin: Brest, its places, its partners; only what matters is named."""

import datetime as dt
from itertools import count

from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.utils import timezone

from places.models import (
    Closure,
    Commune,
    Correction,
    Department,
    Neighbourhood,
    Offer,
    Partner,
    PartnerContact,
    Partnership,
    Place,
    Project,
    Service,
    Source,
    State,
    Theme,
    Workshop,
)

TOWN_HALL = Point(-4.4861, 48.3904, srid=4326)
numbers = count(1)


def department():
    return Department.objects.get_or_create(code="29", defaults={"name": "Finistère"})[0]


def commune(name="Brest", insee_code="29019", postcodes="29200"):
    defaults = {"name": name, "postcodes": postcodes, "department": department()}
    return Commune.objects.get_or_create(insee_code=insee_code, defaults=defaults)[0]


def source():
    return Source.objects.get_or_create(code="redaction", defaults={"name": "La rédaction"})[0]


def theme(code="emploi", name="Emploi"):
    return Theme.objects.get_or_create(code=code, defaults={"name": name, "label": name})[0]


def service(code="demarches", name="Aide aux démarches"):
    return Service.objects.get_or_create(code=code, defaults={"name": name, "label": name})[0]


def place(name="", **values):
    values = {"state": State.PUBLISHED, "commune": commune(), "city": "Brest", "postcode": "29200"} | values
    return Place.objects.create(name=name or f"Lieu {next(numbers)}", source=source(), **values)


def square(centre=TOWN_HALL, half_deg=0.01):
    x, y = centre.coords
    box = Polygon.from_bbox((x - half_deg, y - half_deg, x + half_deg, y + half_deg))
    return MultiPolygon(box, srid=4326)


def neighbourhood(name="Recouvrance", area=None, **values):
    row = Neighbourhood.objects.create(name=name, area=area or square(), **values)
    row.communes.add(commune())
    return row


def workshop(title="", at=None, **values):
    """Each Tuesday from 14:00 to 16:00, from last week on, with its sessions written."""
    today = timezone.localdate()
    values = {
        "place": at or place(),
        "weekdays": "TU",
        "starts_on": today - dt.timedelta(days=7),
        "start_time": dt.time(14),
        "duration_min": 120,
        "skips_public_holidays": False,
    } | values
    row = Workshop.objects.create(title=title or f"Atelier {next(numbers)}", **values)
    row.schedule(today + dt.timedelta(days=60), since=today)
    return row


def coming(row):
    return row.occurrences.filter(starts_at__gt=timezone.now()).order_by("starts_at").first()


def partner(name="", **values):
    return Partner.objects.create(name=name or f"Partenaire {next(numbers)}", commune=commune(), **values)


def contact(**values):
    values = {"partner": values.pop("partner", None) or partner(), "function": "Accueil"} | values
    return PartnerContact.objects.create(email="accueil@example.org", **values)


def partnership(at=None, **values):
    values = {"partner": partner(), "theme": theme(), "activity": Partnership.Activity.LOAN} | values
    return Partnership.objects.create(place=at or place(), **values)


def offer(at=None, **values):
    values = {"kind": Offer.Kind.ROOM, "title": "Grande salle"} | values
    return Offer.objects.create(place=at or place(), **values)


def project(**values):
    values = {"title": f"Projet {next(numbers)}", "theme": theme(), "summary": "Ensemble."} | values
    return Project.objects.create(**values)


def closure(at=None, **values):
    today = timezone.localdate()
    values = {"starts_on": today, "ends_on": today + dt.timedelta(days=3)} | values
    return Closure.objects.create(place=at or place(), **values)


def correction(at=None, kind=Correction.Kind.HOURS, message="C’est fermé le lundi.", **values):
    return Correction.objects.create(place=at or place(), kind=kind, message=message, **values)
