"""What answers a search, in which order, and where to go when nothing does."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from math import sqrt
from typing import NamedTuple

from django.db.models import Q

from places.domain import hours
from places.domain.geo import distance_m
from places.domain.identifiers import department_of, has_alsace_moselle_holidays, timezone_of
from places.models import (
    Among,
    Closure,
    Neighbourhood,
    Place,
    card_rows,
    closures_around,
    remember,
)

from .answers import FEW_KEYS, answering, answers_of, scores_of
from .facets import Facets
from .lookup import Lookup, understand_streets
from .understanding import Understanding
from .vocabulary import Kind, current

# "Near" without a distance: what one still travels to for an hour of help.
NEAR_M = 30_000
# Nobody who stands in Grigny goes to Paris to print a page before asking around the corner.
NEXT_DOOR_M = 10_000
FAR_M = 100_000  # who answers further away is no neighbour
NEARBY_STEPS_M = (20_000, FAR_M)
NEARBY = 10
# France has about so many places. With ten times as many, a third of the way leads past as many.
USUAL_PLACES = 20_000
OTHERS = 5


@dataclass
class Ground:
    """Where people asked for: what lies inside, the point from which "near" is measured, how it is called."""

    label: str = ""
    inside: Q | None = None
    centre: tuple[float, float] | None = None
    outline: object = None
    neighbourhood: Neighbourhood | None = None
    others: list = field(default_factory=list)  # other names that are called the same


def search(
    places,
    *,
    at,
    q="",
    service=(),
    theme=(),
    audience=(),
    kind=(),
    fee=(),
    open=False,
    commune=None,
    neighbourhood=None,
    position=None,
    radius=None,
    sort="",
    exact=False,
):
    """`places` (a PlaceQuerySet) that answer all that is asked, as `Results`; empty arguments ask nothing.

    `exact` takes the words of `q` as they are written.
    """
    held = current()
    nearness = min(1, sqrt(USUAL_PLACES / (1 + held.place_count)))
    understood, lookup = understand_streets(
        q, held, lambda rest: _ground(rest, commune, neighbourhood, held).centre, corrects=not exact
    )
    if lookup and lookup.address:
        position = lookup.address.position
    ground = _ground(understood, commune, neighbourhood, held)
    found = places if ground.inside is None else places.filter(ground.inside)
    is_somewhere = bool(position) or ground.inside is not None
    if is_somewhere:
        # All of a town are fewer than all that answer in the country: the words choose among them.
        rows = _rows_around(found, position, radius or NEAR_M * nearness) if position else _rows(found, None)
        answers = answers_of(understood.groups, rows)
    else:
        answers = answers_of(understood.groups, None)
        rows = _rows(found, set().union(*answers) if answers else None)
    around = {pk: row.metres for pk, row in rows.items()} if position else {}
    scores = scores_of(answers, rows)
    if position and not radius and scores and min(rows[pk].metres for pk in scores) > NEXT_DOOR_M:
        next_door = {pk: row for pk, row in rows.items() if row.metres <= NEXT_DOOR_M}
        rows, scores = (next_door, {}) if next_door else (rows, scores)
    is_unmet = scores == {} and is_somewhere
    if is_unmet:
        # Listings say little: the place next door may well do what nobody wrote down.
        scores = None
    if scores is not None:
        rows = {pk: rows[pk] for pk in scores}
    closures = _closures_by_place(at)
    opened = _open_among(rows, at, closures)
    left = {pk: rows[pk].codes for pk in opened} if open else {pk: row.codes for pk, row in rows.items()}
    chosen = {"service": service, "theme": theme, "audience": audience, "kind": kind, "fee": fee}
    facets = Facets(left, chosen)
    by_distance = bool(position) and sort != "relevance"

    def rank(pk):
        row = rows[pk]
        relevance = (-(scores or {}).get(pk, 0), -row.completeness, row.folded_name, pk)
        nearness = (row.metres, *relevance) if by_distance else relevance
        return (pk not in opened, *nearness) if sort == "opening" else nearness

    return Results(
        pks=sorted(facets.chosen, key=rank),
        metres=around,
        answering=_all_of(answers),
        understood=understood,
        lookup=lookup,
        ground=ground,
        facets=facets,
        opened=opened,
        closures=closures,
        position=position,
        far_m=FAR_M * nearness,
        places=places,
        is_unmet=is_unmet and bool(rows),
        at=at,
    )


@dataclass
class Results:
    """Primary keys in order, and what a page says about them."""

    pks: list[int]
    metres: dict[int, float]  # of all places around the position, results or not
    answering: set[int]  # among them, those that answer each group of words
    understood: Understanding
    lookup: Lookup | None  # of a street that the words name
    ground: Ground
    facets: Facets
    opened: set[int]  # of those that answer all but the filters
    closures: dict[int, list[Closure]]  # by place: those of now and of the days to come
    position: tuple[float, float] | None  # of the address, or of who asks
    far_m: float  # no place that is further away is proposed for what it does
    places: object
    is_unmet: bool  # there are places, but none says that it does what the words ask for
    at: datetime

    @property
    def total(self):
        return len(self.pks)

    @property
    def open_total(self):
        """How many of the results are open now."""
        return len(self.facets.chosen & self.opened)

    def rows(self, pks):
        """Places with these keys, in this order, ready for cards."""
        places = card_rows(pks)
        for place in places:
            remember(place, "closures", self.closures.get(place.pk, []))
        return places

    @cached_property
    def nearby(self):
        """[(pk, metres)] of the nearest places beyond the results that answer the words. Where nobody does
        and there are no results either, of the nearest ones; [] when it is unknown where people asked."""
        centre = self.position or self.ground.centre
        if centre is None:
            return []
        groups, known = self.understood.groups, set(self.pks)
        beyond = _nearest_first(
            (pk, metres)
            for pk, metres in self.metres.items()
            if pk not in known and (not groups or pk in self.answering)
        )
        if groups and len(beyond) < NEARBY:
            found = _nearest(answering(self.places, groups), centre, self.far_m)
            beyond = [pair for pair in found if pair[0] not in known]
        is_any_welcome = not groups or not (beyond or known)
        for reach in NEARBY_STEPS_M:
            if is_any_welcome and len(beyond) < NEARBY:
                beyond = [pair for pair in _nearest(self.places, centre, reach) if pair[0] not in known]
        return beyond[:NEARBY]

    def points(self):
        """[pk, lon, lat, name, slug, flags] of all results with a position, or of the nearest places when
        there is none; 1 says an EPN, 2 open now."""
        wanted, opened = set(self.pks), self.opened
        if not wanted:
            wanted = {pk for pk, _metres in self.nearby}
            opened = _open_among(_rows(self.places, wanted), self.at, self.closures)
        epns = set(_of(_EPNS, wanted).values_list("place", flat=True))
        rows = _among(self.places, wanted).exclude(location=None).order_by()
        for pk, location, name, slug in rows.values_list("pk", "location", "name", "slug"):
            if pk in wanted:
                flags = (1 if pk in epns else 0) | (2 if pk in opened else 0)
                yield pk, round(location.x, 5), round(location.y, 5), name, slug, flags


class _Row(NamedTuple):
    """What ranks and filters read of a place."""

    completeness: int
    folded_name: str
    opening_hours: str
    insee_code: str | None
    postcode: str
    codes: str | None
    metres: float | None = None


_COLUMNS = ("completeness", "folded_name", "opening_hours", "commune__insee_code", "postcode")
_COLUMNS += ("filter_codes__codes",)


def _among(places, pks):
    return places.filter(Among("pk", pks)) if pks is not None and len(pks) <= FEW_KEYS else places


def _rows(places, pks):
    """{pk: _Row} of those of `places` that are among `pks`; None is all of them."""
    found = _among(places, pks).order_by().values_list("pk", *_COLUMNS)
    return {row[0]: _Row(*row[1:]) for row in found if pks is None or row[0] in pks}


def _rows_around(places, position, radius_m):
    """{pk: _Row} of those of `places` that are at most `radius_m` metres from `position`."""
    found = places.around(*position, radius_m).order_by().values_list("pk", "lon", "lat", *_COLUMNS)
    rows = ((pk, distance_m(*position, lon, lat), values) for pk, lon, lat, *values in found)
    return {pk: _Row(*values, metres) for pk, metres, values in rows if metres <= radius_m}


def _nearest(places, centre, reach_m):
    """[(pk, metres)] of those of `places` that are at most `reach_m` metres from `centre`, nearest first."""
    rows = places.around(*centre, reach_m).order_by().values_list("pk", "lon", "lat")
    pairs = ((pk, distance_m(*centre, lon, lat)) for pk, lon, lat in rows)
    return _nearest_first(pair for pair in pairs if pair[1] <= reach_m)


def _nearest_first(pairs):
    return sorted(pairs, key=lambda pair: pair[::-1])


def _all_of(answers):
    """The places that answer each group; none when nothing is asked for."""
    return set.intersection(*map(set, answers)) if answers else set()


def _closures_by_place(at):
    """{place: its closures that count at the moment `at`}, of all places: they are few."""
    closures = defaultdict(list)
    for closure in closures_around(at):
        closures[closure.place_id].append(closure)
    return dict(closures)


def _open_among(rows, at, closures):
    """Those of `rows` that are surely open at the moment `at`, closures included."""
    minute = int(at.timestamp()) // 60
    return {
        pk
        for pk, row in rows.items()
        if (row.opening_hours or pk in closures)
        and _is_open(
            row.opening_hours,
            row.insee_code or row.postcode,
            minute,
            tuple(closure.span for closure in closures.get(pk, ())),
        )
    }


# Hours are told to the minute: in each, the same hours in the same town are asked once.
@lru_cache(maxsize=32_768)
def _is_open(text, code, minute, closures):
    return hours.is_open(
        text,
        datetime.fromtimestamp(minute * 60, UTC),
        timezone_of(code),
        closures=closures,
        alsace_moselle=has_alsace_moselle_holidays(code),
        department=department_of(code),
    )


def _ground(understood, commune, neighbourhood, held):
    if neighbourhood:
        return _neighbourhood_ground(neighbourhood)
    if commune:
        return _communes_ground(str(commune), [commune.pk], held)
    if understood.where:
        return _named_ground(understood.where, held)
    if understood.postcode:
        ground = _communes_ground(understood.postcode, held.postcodes.get(understood.postcode, ()), held)
        ground.inside = Q(postcode=understood.postcode) | (Q(postcode="") & ground.inside)
        return ground
    return Ground()


def _named_ground(where, held):
    name = where.names[0]
    others = [other for other in where.names[1:] if other.place_count and other.fit >= name.fit][:OTHERS]
    if name.kind is Kind.NEIGHBOURHOOD:
        ground = _neighbourhood_ground(Neighbourhood.objects.get(pk=name.pk))
        ground.label = name.full_label
    elif name.kind is Kind.DEPARTMENT:
        ground = Ground(name.label, inside=Q(commune__department=name.pk))
    elif name.kind is Kind.BOROUGH and len(where.names) > 1:
        # "13ème" is a borough of Paris and of Marseille: both, for want of a word more.
        both = " ou ".join(other.label for other in where.names)
        ground = _communes_ground(both, [other.pk for other in where.names], held)
        others = []
    else:
        ground = _communes_ground(name.label, [name.pk], held)
    ground.others = others
    return ground


def _neighbourhood_ground(neighbourhood):
    return Ground(
        neighbourhood.name,
        inside=Q(pk__in=Place.objects.serving(neighbourhood).values("pk")),
        centre=neighbourhood.centre.coords,
        outline=neighbourhood.display_area,
        neighbourhood=neighbourhood,
    )


def _communes_ground(label, pks, held):
    """These communes with their boroughs, listed: a join for "or a borough of them" would read all places."""
    inside = [key for pk in pks for key in (pk, *held.boroughs_of.get(pk, ()))]
    # The middle of the largest; of the city itself, where it is known, and not of its largest borough.
    names = [held.communes[key] for key in inside if key in held.communes]
    located = [(name.pk in pks, name.population, -name.pk, name.centre) for name in names if name.centre]
    centre = max(located)[-1] if located else None
    return Ground(label, inside=Q(commune__in=inside), centre=centre)


_EPNS = Place.kinds.through.objects.filter(placekind__code="EPN")


def _of(rows, pks):
    """Those of some places; of all when there are so many that a list of them costs more than reading all."""
    return rows if pks is None or len(pks) > FEW_KEYS else rows.filter(Among("place", pks))
