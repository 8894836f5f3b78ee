"""What each neighbourhood has within reach, written once by a command and never computed for a page."""

import datetime as dt
from collections import defaultdict
from functools import lru_cache
from struct import iter_unpack, unpack_from

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from places.domain import coverage
from places.domain.coverage import Grade, Outline, Spot, Spots
from places.domain.geo import walk_min
from places.domain.hours.halfdays import is_open_in_the_evening, ordinary_monday, weekly_spans

from .place import WALK_RADIUS_M, Place
from .publication import State
from .territory import Neighbourhood, named_communes
from .workshop import Workshop

# Said by a place where nobody can come (list F of the national standard).
NO_PUBLIC = "ce-lieu-n-accueille-pas-de-public"


class Band(models.TextChoices):
    """How far the nearest place is, in the five classes of the map."""

    INSIDE = "inside", _("Dans le quartier")
    WALK = "walk", _("À un quart d’heure à pied au plus (1 km)")
    NEAR = "near", _("De 1 à 3 km")
    FAR = "far", _("De 3 à 10 km")
    NONE = "none", _("Au-delà, ou pas de lieu connu")

    @classmethod
    def of(cls, metres):
        """The band of a distance from the limit; None is "no place known"."""
        limits = [(0, cls.INSIDE), (WALK_RADIUS_M, cls.WALK), (3_000, cls.NEAR), (10_000, cls.FAR)]
        known = (band for upto_m, band in limits if metres is not None and metres <= upto_m)
        return next(known, cls.NONE)


class CoverageQuerySet(models.QuerySet):
    def in_territory(self, **territory):
        """See `NeighbourhoodQuerySet.in_territory`."""
        found = Neighbourhood.objects.current().in_territory(**territory)
        return self.filter(neighbourhood__in=found.values("pk"))

    def for_rows(self):
        """With the neighbourhood and its communes, by commune and name; without outlines."""
        rows = self.select_related("neighbourhood").defer(
            "neighbourhood__area", "neighbourhood__display_area", "neighbourhood__imported_values"
        )
        rows = rows.prefetch_related(named_communes("neighbourhood__communes")).order_by("neighbourhood")
        return sorted(rows, key=lambda row: (row.commune_names, row.neighbourhood.folded_name))

    def refresh(self, *, at):
        """Compute all of it anew at the aware moment `at`; say of how many neighbourhoods."""
        spots = Spots(read_spots(at.date()))
        inside = _keys_inside()
        rows = [
            self.model(neighbourhood_id=pk, computed_at=at, **_columns(grade))
            for pk, grade in _grades(spots, inside)
        ]
        fields = [field.name for field in self.model._meta.fields if not field.primary_key]
        with transaction.atomic():
            self.exclude(neighbourhood__in=Neighbourhood.objects.current().values("pk")).delete()
            self.bulk_create(
                rows,
                batch_size=500,
                update_conflicts=True,
                unique_fields=["neighbourhood"],
                update_fields=fields,
            )
        return len(rows)

    def computed_at(self):
        """The moment of the oldest figures; None before there are any."""
        return self.order_by("computed_at").values_list("computed_at", flat=True).first()

    def is_stale(self):
        """Whether a place, a workshop or an outline has changed since, or nothing was ever computed.

        Told by the history that every edit and every import writes: nothing has to be marked.
        """
        computed_at = self.computed_at()
        return computed_at is None or any(
            model.history.filter(history_date__gt=computed_at).exists()
            for model in (Place, Workshop, Neighbourhood)
        )


class Coverage(models.Model):
    """The figures of one neighbourhood; `nearest` holds {measure: [metres, key of the place]}.

    A measure is "" (any place), "theme:…", "service:…", "audience:…", "evening" or "step-free"; one that
    is missing has nothing within coverage.FAR_M. An audience counts where a place names it, and no other.
    """

    neighbourhood = models.OneToOneField(
        Neighbourhood, primary_key=True, on_delete=models.CASCADE, related_name="coverage"
    )
    computed_at = models.DateTimeField(_("calculé le"))
    nearest = models.JSONField(default=dict)
    inside_count = models.PositiveIntegerField(_("lieux dans le quartier"))
    reach_count = models.PositiveIntegerField(_("lieux à moins d’un quart d’heure"))
    hours_known_count = models.PositiveIntegerField(_("lieux dont les horaires sont connus"))
    open_min = models.PositiveIntegerField(_("minutes ouvertes par semaine"), null=True)
    silent = models.JSONField(_("demi-journées sans lieu ouvert"), default=list)

    objects = models.Manager.from_queryset(CoverageQuerySet)()

    class Meta:
        verbose_name = _("couverture")
        verbose_name_plural = _("couvertures")

    def __str__(self):
        return str(self.neighbourhood)

    def metres(self, measure=coverage.ANY):
        """To the nearest place for `measure`; None when there is none within coverage.FAR_M."""
        found = self.nearest.get(measure)
        return found[0] if found else None

    def place_pk(self, measure=coverage.ANY):
        found = self.nearest.get(measure)
        return found[1] if found else None

    def reaches(self, measure):
        metres = self.metres(measure)
        return metres is not None and metres <= WALK_RADIUS_M

    @property
    def nearest_walk_min(self):
        """On foot to the nearest place; None inside, or when it is no walk."""
        metres = self.metres()
        return walk_min(metres) if metres and self.reaches(coverage.ANY) else None

    @property
    def commune_names(self):
        return ", ".join(commune.name for commune in self.neighbourhood.communes.all())

    @property
    def themes(self):
        """Codes of the axes on which a place within reach helps."""
        return [m.removeprefix("theme:") for m in self.nearest if m.startswith("theme:") and self.reaches(m)]

    @property
    def per_10000(self):
        """Places within reach for 10,000 inhabitants; None when the population is not known."""
        population = self.neighbourhood.population
        return self.reach_count * 10_000 / population if population else None


def _columns(grade: Grade):
    return {
        **grade._asdict(),
        "nearest": {measure: list(found) for measure, found in sorted(grade.nearest.items())},
    }


def _grades(spots, inside):
    areas = Neighbourhood.objects.current().order_by("pk").values_list("pk", "area")
    for pk, area in areas.iterator(200):
        yield pk, coverage.grade(Outline(rings_of(area)), spots, inside[pk], reach_m=WALK_RADIUS_M)


def rings_of(area):
    """The rings of a MultiPolygon as lists of (lon, lat), read from its bytes: faster than `coords`."""
    data, at, rings = bytes(area.wkb), 9, []
    (polygon_count,) = unpack_from("<I", data, 5)
    for _polygon in range(polygon_count):
        (ring_count,) = unpack_from("<I", data, at + 5)
        at += 9
        for _ring in range(ring_count):
            (point_count,) = unpack_from("<I", data, at)
            end = at + 4 + 16 * point_count
            rings.append(list(iter_unpack("<2d", data[at + 4 : end])))
            at = end
    return rings


def _keys_inside():
    """{neighbourhood: keys of the places that lie in it or at its edge}."""
    inside = defaultdict(set)
    rows = Place.objects.published().exclude(neighbourhood=None)
    for neighbourhood, place in rows.values_list("neighbourhood_id", "pk"):
        inside[neighbourhood].add(place)
    return inside


def read_spots(day: dt.date):
    """The published places that have a position and receive people, with all that they count for."""
    monday = ordinary_monday(day)
    week = lru_cache(maxsize=None)(lambda text: weekly_spans(text, monday))
    measures = _measures()
    places = Place.objects.published().exclude(location=None).exclude(access_modes__code=NO_PUBLIC)
    rows = places.values_list("pk", "location", "opening_hours", "is_step_free").order_by("pk")
    for pk, point, text, is_step_free in rows.iterator(2_000):
        spans = week(text) if text else None
        facts = {coverage.ANY} | measures[pk]
        if spans and is_open_in_the_evening(spans):
            facts.add(coverage.EVENING)
        if is_step_free:
            facts.add(coverage.STEP_FREE)
        lon, lat = point.coords
        yield Spot(pk, lon, lat, frozenset(facts), spans)


def _measures():
    """{place: {"theme:emploi", "service:…", "audience:…"}}: what it says, and what its workshops are on."""
    links = [
        ("theme", Place.objects.values_list("pk", "services__themes__code").distinct()),
        ("service", Place.objects.values_list("pk", "services__code")),
        ("audience", Place.objects.values_list("pk", "audiences__code")),
        (
            "theme",
            Workshop.objects.filter(state=State.PUBLISHED).values_list("place_id", "themes__code").distinct(),
        ),
    ]
    found = defaultdict(set)
    for name, rows in links:
        for pk, code in rows.order_by():
            if code:
                found[pk].add(f"{name}:{code}")
    return found
