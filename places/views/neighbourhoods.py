"""Browsing by neighbourhood: the list by département and commune, and the page of each."""

import datetime as dt
from itertools import groupby

from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from places.domain.geo import bbox_around, distance_m
from places.domain.hours import State
from places.forms import NeighbourhoodSearchForm
from places.models import (
    Department,
    Neighbourhood,
    Occurrence,
    Offer,
    Partner,
    PartnerContact,
    Partnership,
    Place,
    Predecessor,
    Prepared,
    Project,
    Theme,
    Workshop,
    cards,
)

from .cards import map_of, with_facts_of_now
from .openings import open_on_saturday, open_this_evening

OCCURRENCES = 8
OFFERS = 6
NEIGHBOURS, NEIGHBOURS_M = 6, 2_000

# No neighbourhood lies there, no session was then.
NOWHERE = MultiPolygon(Polygon.from_bbox((0, 0, 0.5, 0.5)), srid=4326)
LONG_AGO = dt.datetime(1000, 1, 1, tzinfo=dt.UTC)

find_coming = Prepared(
    lambda at, pk, area: (
        Occurrence.objects.upcoming(at=at)
        .of(Workshop.objects.in_neighbourhood(Neighbourhood(pk=pk, area=area)))
        .for_rows()[:OCCURRENCES]
    ),
    LONG_AGO,
    -1,
    NOWHERE,
)
find_partners = Prepared(
    lambda pk: (
        Partner.objects.published()
        .active_in(Neighbourhood(pk=pk))
        .select_related("source", "commune")
        .defer("commune__area")
    ),
    -1,
)
find_partnerships = Prepared(
    lambda pk: Partnership.objects.public().filter(place__neighbourhood=pk).for_rows(), -1
)
find_offers = Prepared(
    lambda pk: Offer.objects.published().matching(neighbourhood=Neighbourhood(pk=pk)).for_rows()[:OFFERS], -1
)
find_projects = Prepared(
    lambda pk: Project.objects.published().matching(neighbourhood=Neighbourhood(pk=pk)).for_rows(), -1
)


@require_safe
def neighbourhoods(request):
    """All départements that have neighbourhoods; those of one département, or of a search, by commune."""
    form = NeighbourhoodSearchForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {"q": "", "department": ""}
    department = Department.objects.defer("area").filter(code=chosen["department"]).first()
    found = Neighbourhood.objects.none()
    if chosen["q"] or department:
        found = Neighbourhood.objects.current().matching(chosen["q"], department=department)
    return render(
        request,
        "places/neighbourhoods.html",
        {
            "form": form,
            "department": department,
            "departments": Department.objects.counting_neighbourhoods(),
            "communes": by_commune(found.with_place_count(), department),
            "is_asked": bool(chosen["q"] or department),
        },
    )


def by_commune(neighbourhoods, department):
    """[(commune, [neighbourhood, …]), …] by name; one that lies in two communes stands under both."""
    pairs = [
        (commune, neighbourhood)
        for neighbourhood in neighbourhoods.with_communes()
        for commune in neighbourhood.communes.all()
        if department is None or commune.department_id == department.pk
    ]
    pairs.sort(key=lambda pair: (pair[0].folded_name, pair[0].pk))
    return [
        (commune, [neighbourhood for _commune, neighbourhood in group])
        for commune, group in groupby(pairs, key=lambda pair: pair[0])
    ]


@require_safe
def neighbourhood(request, slug):
    now = timezone.now()
    neighbourhood = get_object_or_404(
        Neighbourhood.objects.select_related("source").with_communes(),
        slug=slug,
    )
    inside, within_walk, serving = places_of(neighbourhood, now)
    around = [*inside, *within_walk, *serving]
    # Who is in the neighbourhood itself comes before who is next door, and that before who is elsewhere.
    to_call = [place for group in (inside, within_walk, serving) for place in sorted(group, key=by_welcome)]
    coverage = getattr(neighbourhood, "coverage", None)
    partners = find_partners(neighbourhood.pk)
    contacts = PartnerContact.objects.for_professional(request.user)
    prefetch_related_objects(partners, "themes", Prefetch("contacts", contacts, to_attr="direct_contacts"))
    themes = list(Theme.objects.all())
    return render(
        request,
        "places/neighbourhood.html",
        {
            "neighbourhood": neighbourhood,
            "inside": inside,
            "within_walk": within_walk,
            "serving": serving,
            "call_first": next((place for place in to_call if place.phone), None),
            "evening": open_this_evening(around, now),
            "saturday": open_on_saturday(around, now),
            "generations": generations_of(neighbourhood),
            "coverage": coverage,
            "open_hours": coverage and coverage.open_min and round(coverage.open_min / 60),
            "axes": [theme.name for theme in themes if coverage and theme.code in coverage.themes],
            "occurrences": find_coming(now, neighbourhood.pk, neighbourhood.area),
            "partners": partners,
            "partners_by_theme": by_theme(themes, partners),
            "partnerships": find_partnerships(neighbourhood.pk),
            "neighbours": neighbours_of(neighbourhood),
            "offers": find_offers(neighbourhood.pk),
            "projects": find_projects(neighbourhood.pk),
            "map": map_of(
                points_url=f"?neighbourhood={neighbourhood.slug}",
                bounds=neighbourhood.area.extent,
                outline={
                    "type": neighbourhood.display_area.geom_type,
                    "coordinates": neighbourhood.display_area.coords,
                },
            ),
        },
    )


def places_of(neighbourhood, at):
    """Inside, next door and serving it from elsewhere: three lists that are never mixed up."""
    published = Place.objects.published()
    metres = published.reachable_from(neighbourhood)
    named = dict(published.serving(neighbourhood).values_list("pk", "neighbourhood"))
    inside = [pk for pk, where in named.items() if where == neighbourhood.pk]
    elsewhere = [pk for pk, where in named.items() if where != neighbourhood.pk and pk not in metres]
    places = with_facts_of_now(cards([*inside, *metres, *elsewhere], at), at, metres)
    by_pk = {place.pk: place for place in places}
    return [[by_pk[pk] for pk in pks if pk in by_pk] for pks in (inside, metres, elsewhere)]


def generations_of(neighbourhood):
    """The priority neighbourhoods of 2015 that it follows, wholly or in part, or those that followed it."""
    if neighbourhood.is_former:
        rows = Predecessor.objects.same().filter(code=neighbourhood.code)
        return {"successors": [row.neighbourhood for row in rows.select_related("neighbourhood")]}
    rows = list(neighbourhood.predecessors.telling()) if neighbourhood.is_priority else []
    return {
        "followed": [row for row in rows if row.is_same],
        "shared": [row for row in rows if not row.is_same],
    }


def by_welcome(place):
    """Whom to call first: an EPN before other places, one that is open before one that is not."""
    return not place.is_epn, place.status.state is not State.OPEN


def by_theme(themes, partners):
    """[(theme, its partners)] of the axes on which somebody acts."""
    pairs = [(theme, [partner for partner in partners if theme in partner.themes.all()]) for theme in themes]
    return [(theme, acting) for theme, acting in pairs if acting]


def neighbours_of(neighbourhood):
    """The nearest other neighbourhoods, of those that lie a walk away."""
    west, south, east, north = neighbourhood.area.extent
    far_west, far_south, _east, _north = bbox_around(west, south, NEIGHBOURS_M)
    _west, _south, far_east, far_north = bbox_around(east, north, NEIGHBOURS_M)
    box = Polygon.from_bbox((far_west, far_south, far_east, far_north))
    box.srid = 4326
    found = Neighbourhood.objects.current().around(box).exclude(pk=neighbourhood.pk)
    found = found.defer(*Neighbourhood.OUTLINES, "imported_values").exclude(centre=None)
    here = neighbourhood.area.centroid
    near = sorted(found, key=lambda other: distance_m(here.x, here.y, *other.centre.coords))
    return near[:NEIGHBOURS]
