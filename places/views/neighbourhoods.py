"""Browsing by neighbourhood: the list by département and commune, and the page of each."""

from itertools import groupby

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from places.forms import NeighbourhoodSearchForm
from places.models import Department, Neighbourhood, Occurrence, Partner, Partnership, Place, Workshop

from .cards import map_of, with_facts_of_now

OCCURRENCES = 8


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
    places = Place.objects.published()
    metres = places.reachable_from(neighbourhood)
    next_door = places.filter(pk__in=metres).for_cards(at=now)
    inside = places.filter(neighbourhood=neighbourhood).for_cards(at=now)
    elsewhere = places.filter(serves=neighbourhood).exclude(neighbourhood=neighbourhood)
    return render(
        request,
        "places/neighbourhood.html",
        {
            "neighbourhood": neighbourhood,
            "inside": with_facts_of_now(inside, now),
            "within_walk": sorted(
                with_facts_of_now(next_door, now, metres), key=lambda place: (place.distance_m, place.pk)
            ),
            "serving": with_facts_of_now(elsewhere.exclude(pk__in=metres).for_cards(at=now), now),
            "occurrences": Occurrence.objects.upcoming(at=now)
            .of(Workshop.objects.in_neighbourhood(neighbourhood))
            .for_rows()[:OCCURRENCES],
            "partners": Partner.objects.published()
            .active_in(neighbourhood)
            .prefetch_related("themes")
            .select_related("source", "commune"),
            "partnerships": Partnership.objects.public()
            .filter(place__neighbourhood=neighbourhood)
            .for_rows(),
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
