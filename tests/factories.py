"""Rows for tests, told in the words of the domain: only what matters to a test is named in it.

Ground is measured in metres from a known spot: PlaceFactory(east_of=TOWN_HALL, by_m=300).
"""

import datetime as dt
from math import cos, radians

import factory
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from factory.django import DjangoModelFactory

from places import models

TOWN_HALL = Point(-4.4861, 48.3904, srid=4326)  # of Brest
METRES_PER_DEGREE = 111_195  # of latitude
TUESDAY = dt.date(2026, 9, 8)


def beside(point, east_m=0.0, north_m=0.0):
    """The point so many metres to the east and to the north of `point`."""
    lon = point.x + east_m / (METRES_PER_DEGREE * cos(radians(point.y)))
    return Point(lon, point.y + north_m / METRES_PER_DEGREE, srid=4326)


def square(centre=TOWN_HALL, half_m=500):
    """A square area whose sides are `half_m` metres away from `centre`."""
    south_west, north_east = beside(centre, -half_m, -half_m), beside(centre, half_m, half_m)
    return MultiPolygon(Polygon.from_bbox((*south_west.coords, *north_east.coords)), srid=4326)


def links(field):
    """PlaceFactory(services=[printing]) once the place has a key."""

    def link(row, create, rows, **_options):
        if create and rows is not None:
            getattr(row, field).set(rows)

    return factory.post_generation(link)


class Row(DjangoModelFactory):
    class Meta:
        abstract = True
        skip_postgeneration_save = True


# -- Reference lists ---------------------------------------------------------------------------


class Listed(Row):
    """A value of a controlled list: ThemeFactory(code="emploi") is the same row each time."""

    class Meta:
        abstract = True
        django_get_or_create = ("code",)

    code = factory.Sequence("code-{}".format)
    name = factory.LazyAttribute(lambda row: row.code.replace("-", " ").capitalize())
    label = factory.SelfAttribute("name")


class ThemeFactory(Listed):
    class Meta:
        model = models.Theme


class ServiceFactory(Listed):
    class Meta:
        model = models.Service

    themes = links("themes")


class AudienceFactory(Listed):
    class Meta:
        model = models.Audience


class LabelFactory(Listed):
    class Meta:
        model = models.Label


class PlaceKindFactory(Listed):
    class Meta:
        model = models.PlaceKind


class AccessModeFactory(Listed):
    class Meta:
        model = models.AccessMode


class SupportModeFactory(Listed):
    class Meta:
        model = models.SupportMode


class FeeFactory(Listed):
    class Meta:
        model = models.Fee


class LanguageFactory(Listed):
    class Meta:
        model = models.Language


class SourceFactory(Row):
    class Meta:
        model = models.Source
        django_get_or_create = ("code",)

    code = "redaction"
    name = "La rédaction"


# -- Territory ---------------------------------------------------------------------------------


class DepartmentFactory(Row):
    class Meta:
        model = models.Department
        django_get_or_create = ("code",)

    code = "29"
    name = "Finistère"


class CommuneFactory(Row):
    class Meta:
        model = models.Commune
        django_get_or_create = ("insee_code",)

    insee_code = "29019"
    name = "Brest"
    postcodes = "29200"
    department = factory.SubFactory(DepartmentFactory)


class NeighbourhoodFactory(Row):
    """One that people live in: a square of a kilometre around the town hall unless told otherwise."""

    class Meta:
        model = models.Neighbourhood

    class Params:
        qpv = factory.Trait(
            kind="PRIORITY", generation=2024, code=factory.Sequence(lambda n: f"QN029{n % 100:02}M")
        )

    name = factory.Sequence("Quartier {}".format)
    area = factory.LazyFunction(square)

    @factory.post_generation
    def communes(self, create, communes, **_options):
        if create:
            self.communes.set([CommuneFactory()] if communes is None else communes)


# -- Places and partners -----------------------------------------------------------------------


class PlaceFactory(Row):
    """A place that is online, in Brest, and of which nothing else is known."""

    class Meta:
        model = models.Place

    class Params:
        east_of = None
        by_m = 0

    name = factory.Sequence("Lieu {}".format)
    state = models.State.PUBLISHED
    source = factory.SubFactory(SourceFactory)
    city = "Brest"
    postcode = "29200"
    commune = factory.SubFactory(CommuneFactory)
    location = factory.LazyAttribute(lambda row: row.east_of and beside(row.east_of, east_m=row.by_m))

    kinds = links("kinds")
    services = links("services")
    audiences = links("audiences")
    fees = links("fees")
    serves = links("serves")
    labels = links("labels")
    languages = links("languages")
    access_modes = links("access_modes")
    support_modes = links("support_modes")


class ClosureFactory(Row):
    class Meta:
        model = models.Closure

    place = factory.SubFactory(PlaceFactory)
    starts_on = TUESDAY
    ends_on = factory.SelfAttribute("starts_on")


class SchoolHolidayFactory(Row):
    class Meta:
        model = models.SchoolHoliday

    zone = "A"
    name = "Vacances de la Toussaint"
    starts_on = dt.date(2026, 10, 17)
    ends_on = dt.date(2026, 11, 1)


class PartnerFactory(Row):
    class Meta:
        model = models.Partner

    name = factory.Sequence("Partenaire {}".format)
    commune = factory.SubFactory(CommuneFactory)
    themes = links("themes")
    neighbourhoods = links("neighbourhoods")


class PartnerContactFactory(Row):
    class Meta:
        model = models.PartnerContact

    partner = factory.SubFactory(PartnerFactory)
    function = "Accueil"
    email = "accueil@example.org"


class PartnershipFactory(Row):
    class Meta:
        model = models.Partnership

    place = factory.SubFactory(PlaceFactory)
    partner = factory.SubFactory(PartnerFactory)
    theme = factory.SubFactory(ThemeFactory, code="emploi")
    activity = models.Partnership.Activity.LOAN


class OfferFactory(Row):
    class Meta:
        model = models.Offer

    place = factory.SubFactory(PlaceFactory)
    kind = "ROOM"
    title = factory.Sequence("Salle {}".format)


class ProjectFactory(Row):
    class Meta:
        model = models.Project

    title = factory.Sequence("Projet {}".format)
    theme = factory.SubFactory(ThemeFactory, code="vie-de-quartier")
    summary = "Ce que nous avons fait ensemble."
    places = links("places")
    partners = links("partners")
    neighbourhoods = links("neighbourhoods")


# -- Workshops ---------------------------------------------------------------------------------


class WorkshopFactory(Row):
    """Each Tuesday from 14:00 to 16:00, from TUESDAY on, public holidays included."""

    class Meta:
        model = models.Workshop

    title = factory.Sequence("Atelier {}".format)
    place = factory.SubFactory(PlaceFactory)
    weekdays = "TU"
    starts_on = TUESDAY
    start_time = dt.time(14)
    duration_min = 120
    skips_public_holidays = False
    themes = links("themes")
    services = links("services")


class OccurrenceFactory(Row):
    class Meta:
        model = models.Occurrence

    workshop = factory.SubFactory(WorkshopFactory)
    starts_at = dt.datetime(2026, 9, 8, 12, tzinfo=dt.UTC)
    slot_starts_at = factory.SelfAttribute("starts_at")
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + dt.timedelta(hours=2))


class CorrectionFactory(Row):
    class Meta:
        model = models.Correction

    place = factory.SubFactory(PlaceFactory)
    kind = models.Correction.Kind.HOURS
    message = "C’est fermé le lundi."
