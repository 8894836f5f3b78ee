"""What answers a search, in which order, and where to go when nothing does."""

from dataclasses import dataclass, field
from functools import cached_property
from math import log

from django.contrib.gis.geos import Point
from django.db.models import Q

from places.domain import hours
from places.domain.identifiers import timezone_of
from places.models import Closure, Commune, Neighbourhood, Place, Posting, Service

from .facets import Facets
from .understanding import Understanding, understand
from .vocabulary import Kind, current

# "Near" without a distance: what one still travels to for an hour of help.
NEAR_M = 30_000
NEARBY_STEPS_M = (5_000, 20_000, 100_000)
NEARBY = 10

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
):
    """`places` (a PlaceQuerySet) that answer all that is asked, as `Results`; empty arguments ask nothing."""
    vocabulary = current()
    understood = understand(q, vocabulary) if q else Understanding()
    ground = _ground(understood, commune, neighbourhood)
    chosen = {"service": service, "theme": theme, "audience": audience, "kind": kind, "fee": fee}
    found = places
    if ground.inside is not None:
        found = found.filter(ground.inside)
    metres = {}
    if position:
        reach = radius or NEAR_M
        near = found.near(Point(*position, srid=4326), reach)
        metres = {pk: distance.m for pk, distance in near.values_list("pk", "distance")}
    rows = {
        pk: (completeness, folded_name)
        for pk, completeness, folded_name in found.values_list("pk", "completeness", "folded_name")
        if not position or pk in metres
    }
    scores = _scores(understood.groups, rows)
    pks = list(rows) if scores is None else list(scores)
    opened = open_at(pks, at)
    facets = Facets(opened if open else pks, chosen)
    by_distance = bool(position) and sort != "relevance"

    def rank(pk):
        completeness, folded_name = rows[pk]
        relevance = (-(scores or {}).get(pk, 0), -completeness, folded_name, pk)
        return (metres[pk], *relevance) if by_distance else relevance

    return Results(
        pks=sorted(facets.chosen, key=rank),
        metres=metres,
        understood=understood,
        ground=ground,
        facets=facets,
        opened=opened,
        position=position,
        places=places,
    )


@dataclass
class Results:
    """Primary keys in order, and what a page says about them."""

    pks: list[int]
    metres: dict[int, float]
    understood: Understanding
    ground: Ground
    facets: Facets
    opened: list[int]  # of those that answer all but the filters
    position: tuple[float, float] | None
    places: object

    @property
    def total(self):
        return len(self.pks)

    @property
    def open_total(self):
        """How many of the results are open now."""
        return len(self.facets.chosen & set(self.opened))

    def rows(self, pks, at):
        """Places with these keys, in this order, ready for cards."""
        by_pk = {place.pk: place for place in self.places.filter(pk__in=pks).for_cards(at=at)}
        return [by_pk[pk] for pk in pks if pk in by_pk]

    @cached_property
    def nearby(self):
        """[(pk, metres)] of the nearest places that are not among the results, around where people asked."""
        centre = self.position or self.ground.centre
        if centre is None:
            return []
        known = set(self.pks)
        for reach in NEARBY_STEPS_M:
            near = self.places.near(Point(*centre, srid=4326), reach).values_list("pk", "distance")
            found = [(pk, distance.m) for pk, distance in near[: NEARBY + len(known)] if pk not in known]
            if len(found) >= NEARBY // 2 or (found and reach == NEARBY_STEPS_M[-1]):
                return found[:NEARBY]
        return []

    def points(self, at):
        """[pk, lon, lat, name, slug, flags] of all results with a position; 1 says an EPN, 2 open now."""
        epns = set(Place.kinds.through.objects.filter(placekind__code="EPN").values_list("place", flat=True))
        opened = set(open_at(self.pks, at))
        rows = _chosen(self.places, self.pks).exclude(location=None).order_by()
        for pk, location, name, slug in rows.values_list("pk", "location", "name", "slug"):
            flags = (1 if pk in epns else 0) | (2 if pk in opened else 0)
            yield pk, round(location.x, 5), round(location.y, 5), name, slug, flags


# Beyond this many keys, a list of them in a query costs more than reading the whole table.
MANY = 900


def _chosen(places, pks):
    if len(pks) <= MANY:
        return places.filter(pk__in=pks)
    wanted = set(pks)
    return places.exclude(pk__in=[pk for pk in places.values_list("pk", flat=True) if pk not in wanted])


def open_at(pks, at):
    """Those of `pks` that are surely open at the moment `at`, closures included."""
    wanted, closures = set(pks), {}
    for closure in Closure.objects.around(at.date()):
        closures.setdefault(closure.place_id, []).append(closure.span)
    rows = Place.objects.filter(Q(pk__in=closures) | ~Q(opening_hours=""))
    rows = rows.values_list("pk", "opening_hours", "commune__insee_code", "postcode")
    opened = {
        pk
        for pk, text, insee_code, postcode in rows
        if pk in wanted
        and hours.is_open(text, at, timezone_of(insee_code or postcode), closures=closures.get(pk, ()))
    }
    return [pk for pk in pks if pk in opened]


def _ground(understood, commune, neighbourhood):
    if neighbourhood:
        return _neighbourhood_ground(neighbourhood)
    if commune:
        return _communes_ground(str(commune), [commune.pk])
    if understood.where:
        return _named_ground(understood.where)
    if understood.postcode:
        communes = list(Commune.objects.with_postcode(understood.postcode).values_list("pk", flat=True))
        if not communes:
            return Ground(understood.postcode, inside=Q(postcode=understood.postcode))
        ground = _communes_ground(understood.postcode, communes)
        inside_town = Q(postcode=understood.postcode) | (Q(postcode="") & ground.inside)
        return Ground(understood.postcode, inside=inside_town, centre=ground.centre)
    return Ground()


def _named_ground(where):
    name = where.names[0]
    others = [other for other in where.names[1:] if other.place_count][:5]
    if name.kind is Kind.NEIGHBOURHOOD:
        ground = _neighbourhood_ground(Neighbourhood.objects.get(pk=name.pk))
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
    first = Commune.objects.filter(pk__in=pks).exclude(location=None).order_by("-population").first()
    return Ground(
        label,
        inside=Q(commune__in=pks) | Q(commune__parent__in=pks),
        centre=first.location.coords if first else None,
    )


def _scores(groups, rows):
    """{pk: score} of the places among `rows` that answer every group, or, if none does, as many as one can.

    None when nothing is asked for. A rare word says more than a common one.
    """
    if not groups:
        return None
    answers = [_answers(group, rows) for group in groups]
    best = {}
    for answer in answers:
        rarity = log(1 + 10_000 / (1 + len(answer)))
        for pk, weight in answer.items():
            count, score = best.get(pk, (0, 0.0))
            best[pk] = (count + 1, score + weight * rarity)
    most = max((count for count, _score in best.values()), default=0)
    return {pk: round(score, 6) for pk, (count, score) in best.items() if count == most}


def _answers(group, rows):
    weights = {}
    postings = Posting.objects.filter(term__in=sorted(group.terms))
    for pk, weight in postings.values_list("place", "weight"):
        if pk in rows:
            weights[pk] = max(weight, weights.get(pk, 0))
    if group.services or group.themes:
        offered = Service.objects.filter(Q(pk__in=group.services) | Q(themes__in=group.themes))
        links = Place.services.through.objects.filter(service__in=offered.values("pk"))
        for pk in links.values_list("place", flat=True):
            if pk in rows:
                weights[pk] = max(SERVICE_WEIGHT, weights.get(pk, 0))
    return weights
