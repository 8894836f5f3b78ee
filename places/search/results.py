"""What answers a search, in which order, and where to go when nothing does."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import islice
from math import log
from typing import NamedTuple

from django.contrib.gis.geos import Point
from django.db.models import Q

from places.domain import hours
from places.domain.identifiers import department_of, has_alsace_moselle_holidays, timezone_of
from places.models import Closure, Commune, Neighbourhood, Place, Posting, Service

from .facets import Facets
from .lookup import Lookup, understand_streets
from .understanding import Understanding
from .vocabulary import Kind, current

# "Near" without a distance: what one still travels to for an hour of help.
NEAR_M = 30_000
NEARBY_STEPS_M = (5_000, 20_000, 100_000)
NEARBY = 10
OTHERS = 5

# What a service or a theme that answers a need weighs beside the words of the index.
SERVICE_WEIGHT = 5


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
    understood, lookup = understand_streets(
        q, current(), lambda rest: _ground(rest, commune, neighbourhood).centre, corrects=not exact
    )
    if lookup and lookup.address:
        position = lookup.address.position
    ground = _ground(understood, commune, neighbourhood)
    found = places if ground.inside is None else places.filter(ground.inside)
    if position:
        found = found.near(Point(*position, srid=4326), radius or NEAR_M)
    answers = [_answers(group) for group in understood.groups]
    rows = _rows(found, set().union(*answers) if answers else None, has_distance=bool(position))
    scores = _scores(answers, rows)
    is_unmet = scores == {} and (bool(position) or ground.inside is not None)
    if is_unmet:
        # Listings say little: the place next door may well do what nobody wrote down.
        rows, scores = _rows(found, None, has_distance=bool(position)), None
    if scores is not None:
        rows = {pk: rows[pk] for pk in scores}
    opened = _open_among(rows, at)
    left = {pk: rows[pk].codes for pk in opened} if open else {pk: row.codes for pk, row in rows.items()}
    chosen = {"service": service, "theme": theme, "audience": audience, "kind": kind, "fee": fee}
    facets = Facets(left, chosen)
    by_distance = bool(position) and sort != "relevance"

    def rank(pk):
        row = rows[pk]
        relevance = (-(scores or {}).get(pk, 0), -row.completeness, row.folded_name, pk)
        return (row.metres, *relevance) if by_distance else relevance

    return Results(
        pks=sorted(facets.chosen, key=rank),
        metres={pk: row.metres for pk, row in rows.items()} if position else {},
        understood=understood,
        lookup=lookup,
        ground=ground,
        facets=facets,
        opened=opened,
        position=position,
        places=places,
        answers=answers,
        is_unmet=is_unmet and bool(rows),
        at=at,
    )


@dataclass
class Results:
    """Primary keys in order, and what a page says about them."""

    pks: list[int]
    metres: dict[int, float]
    understood: Understanding
    lookup: Lookup | None  # of a street that the words name
    ground: Ground
    facets: Facets
    opened: set[int]  # of those that answer all but the filters
    position: tuple[float, float] | None  # of the address, or of who asks
    places: object
    answers: list[dict[int, int]]
    is_unmet: bool  # there are places, but none says that it does what the words ask for
    at: datetime

    @property
    def total(self):
        return len(self.pks)

    @property
    def open_total(self):
        """How many of the results are open now."""
        return len(self.facets.chosen & self.opened)

    def rows(self, pks, at):
        """Places with these keys, in this order, ready for cards."""
        by_pk = {place.pk: place for place in self.places.filter(pk__in=pks).for_cards(at=at)}
        return [by_pk[pk] for pk in pks if pk in by_pk]

    @cached_property
    def nearby(self):
        """[(pk, metres)] of the nearest places beyond the results that answer the words, if there are any;
        else of the nearest ones. Around where people asked; [] when that is unknown."""
        centre = self.position or self.ground.centre
        if centre is None:
            return []
        known, asked = set(self.pks), _answering_all(self.answers)
        for wanted in (asked, None) if asked else (None,):
            # Few answer the words: they are read at once as far as one may look.
            for reach in NEARBY_STEPS_M[-1:] if wanted else NEARBY_STEPS_M:
                found = self._around(centre, reach, wanted, known)
                if len(found) >= NEARBY // 2 or (found and reach == NEARBY_STEPS_M[-1]):
                    return found
        return []

    def _around(self, centre, reach, wanted, known):
        """[(pk, metres)] of the nearest among `wanted` (None: all) that are not `known`."""
        near = _among(self.places, wanted).near(Point(*centre, srid=4326), reach)
        found = (
            (pk, distance.m)
            for pk, distance in near.values_list("pk", "distance").iterator()
            if pk not in known and (wanted is None or pk in wanted)
        )
        return list(islice(found, NEARBY))

    def points(self):
        """[pk, lon, lat, name, slug, flags] of all results with a position, or of the nearest places when
        there is none; 1 says an EPN, 2 open now."""
        epns = set(Place.kinds.through.objects.filter(placekind__code="EPN").values_list("place", flat=True))
        wanted, opened = set(self.pks), self.opened
        if not wanted:
            wanted = {pk for pk, _metres in self.nearby}
            opened = _open_among(_rows(self.places, wanted, has_distance=False), self.at)
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
    metres: float | None


_COLUMNS = ("completeness", "folded_name", "opening_hours", "commune__insee_code", "postcode")
_CODES = "filter_codes__codes"

# Beyond this many keys, a list of them in a query costs more than reading the whole table.
MANY = 5_000


def _among(places, pks):
    return places.filter(pk__in=pks) if pks is not None and len(pks) <= MANY else places


def _rows(places, pks, *, has_distance):
    """{pk: _Row} of those of `places` that are among `pks` (None: all of them)."""
    columns = ("pk", *_COLUMNS, _CODES, *(("distance",) if has_distance else ()))
    rows = {}
    for pk, *values in _among(places, pks).order_by().values_list(*columns):
        if pks is None or pk in pks:
            rows[pk] = _Row(*values[:6], values[6].m if has_distance else None)
    return rows


def _open_among(rows, at):
    """Those of `rows` that are surely open at the moment `at`, closures included."""
    closures = defaultdict(list)
    for closure in Closure.objects.around(at.date()):
        closures[closure.place_id].append(closure.span)
    return {pk for pk, row in rows.items() if _is_open(row, at, closures.get(pk, ()))}


def _is_open(row, at, closures):
    if not (row.opening_hours or closures):
        return False
    code = row.insee_code or row.postcode
    return hours.is_open(
        row.opening_hours,
        at,
        timezone_of(code),
        closures=closures,
        alsace_moselle=has_alsace_moselle_holidays(code),
        department=department_of(code),
    )


def _ground(understood, commune, neighbourhood):
    if neighbourhood:
        return _neighbourhood_ground(neighbourhood)
    if commune:
        return _communes_ground(str(commune), [commune.pk])
    if understood.where:
        return _named_ground(understood.where)
    if understood.postcode:
        communes = Commune.objects.with_postcode(understood.postcode).values_list("pk", flat=True)
        ground = _communes_ground(understood.postcode, list(communes))
        ground.inside = Q(postcode=understood.postcode) | (Q(postcode="") & ground.inside)
        return ground
    return Ground()


def _named_ground(where):
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
        ground = _communes_ground(both, [other.pk for other in where.names])
        others = []
    else:
        ground = _communes_ground(name.label, [name.pk])
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


def _communes_ground(label, pks):
    """These communes with their boroughs, listed: a join for "or a borough of them" would read all places."""
    rows = Commune.objects.filter(Q(pk__in=pks) | Q(parent__in=pks)).order_by()
    communes = list(rows.values_list("pk", "population", "location"))
    # The middle of the largest; of the city itself, where it is known, and not of its largest borough.
    located = [(pk in pks, population or 0, -pk, point.coords) for pk, population, point in communes if point]
    centre = max(located)[-1] if located else None
    return Ground(label, inside=Q(commune__in=[pk for pk, *_rest in communes]), centre=centre)


def _answers(group):
    """{pk: weight} of the places that answer `group`: by a word of the index, or by a service."""
    postings = Posting.objects.filter(term__in=sorted(group.terms)).order_by("weight")
    weights = dict(postings.values_list("place", "weight"))  # the most telling comes last, and stays
    if group.services or group.themes:
        offered = Service.objects.filter(Q(pk__in=group.services) | Q(themes__in=group.themes))
        links = Place.services.through.objects.filter(service__in=offered.values("pk"))
        for pk in links.values_list("place", flat=True):
            weights[pk] = max(SERVICE_WEIGHT, weights.get(pk, 0))
    return weights


def _scores(answers, rows):
    """{pk: score} of the places among `rows` that answer every group, or, if none does, as many as one can.

    None when nothing is asked for. A rare word says more than a common one.
    """
    if not answers:
        return None
    best = {}
    for answer in answers:
        here = {pk: weight for pk, weight in answer.items() if pk in rows}
        rarity = log(1 + 10_000 / (1 + len(here)))
        for pk, weight in here.items():
            count, score = best.get(pk, (0, 0.0))
            best[pk] = (count + 1, score + weight * rarity)
    most = max((count for count, _score in best.values()), default=0)
    return {pk: round(score, 6) for pk, (count, score) in best.items() if count == most}


def _answering_all(answers):
    """The places that answer every group, wherever they are; None when nothing is asked for."""
    return set.intersection(*map(set, answers)) if answers else None
