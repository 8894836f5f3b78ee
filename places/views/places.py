"""The page of a place, and what one takes away from it: a sheet of paper, a contact."""

import datetime as dt

from django.contrib.gis.geos import Point
from django.db.models import Count, OuterRef, Subquery, Value, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from places.domain import hours
from places.models import (
    Occurrence,
    Offer,
    Partnership,
    Place,
    Prepared,
    Project,
    box_around,
    read_closures,
    read_short_lists,
    within_box,
)
from places.opendata.contact_card import as_contact_card
from places.opendata.schema_org import as_schema_org

from .cards import map_of, with_facts_of_now
from .handover import message_of_place
from .place_facts import ACCESSIBILITY, EQUIPMENT, known_facts, unknown_names
from .sheets import sheet_of_place

NO_PUBLIC = "ce-lieu-n-accueille-pas-de-public"
NEARBY = 3
NEARBY_RADIUS_M = 5_000
OCCURRENCES = 6

# No place is there, no session was then.
NOWHERE = Point(0.5, 0.5, srid=4326)
LONG_AGO = dt.datetime(1000, 1, 1, tzinfo=dt.UTC)

find_whole = Prepared(
    lambda slug: (
        Place.objects.published()
        .with_territory()
        .filter(slug=slug)
        .annotate(
            offer_count=count_of(Offer.objects.published().filter(place=OuterRef("pk"))),
            project_count=count_of(Project.objects.published().filter(places=OuterRef("pk"))),
        )
    ),
    "no-place",
)
find_next_to = Prepared(
    lambda pk, box, point: within_box(
        Place.objects.published().with_card_columns().exclude(pk=pk), "location", box, point, NEARBY_RADIUS_M
    )[:NEARBY],
    -1,
    box_around(NOWHERE, NEARBY_RADIUS_M),
    NOWHERE,
)
find_coming = Prepared(
    lambda at, pk: (
        Occurrence.objects.upcoming(at=at)
        .filter(workshop__place=pk)
        .select_related("workshop__fee", "workshop__host_partner__commune")
        .defer("workshop__host_partner__commune__area")[:OCCURRENCES]
    ),
    LONG_AGO,
    -1,
)
find_partnerships = Prepared(
    lambda pk: Partnership.objects.public().filter(place=pk).select_related("partner", "theme"), -1
)


@require_safe
def place(request, slug):
    now = timezone.now()
    place, *nearby = read_whole(slug, now, with_nearby=True)
    today = timezone.localdate(now, place.timezone)
    week = place.week(today - dt.timedelta(days=today.weekday()))
    page_url = request.build_absolute_uri(place.get_absolute_url())
    occurrences = occurrences_of(place, now)
    stops = [venue.location for row in occurrences if (venue := row.venue).is_elsewhere and venue.location]
    middle = place.location or next(iter(stops), None)
    return render(
        request,
        "places/place.html",
        {
            "place": place,
            "status": place.status_at(now),
            "today": today,
            "week": week,
            "hours_sentence": sentence_of_changing_weeks(place.opening_hours),
            "closures": [(row, hours.sentence(row.opening_hours)) for row in place.lists["closures"]],
            "is_closed_to_public": any(mode.code == NO_PUBLIC for mode in place.lists["access_modes"]),
            "equipment": known_facts(place, EQUIPMENT),
            "accessibility": known_facts(place, ACCESSIBILITY),
            "accessibility_unknown": unknown_names(place, ACCESSIBILITY),
            "occurrences": occurrences,
            "stop_count": len(stops),
            "partnerships": find_partnerships(place.pk),
            "nearby": with_facts_of_now(nearby, now),
            "map": map_of(center=middle and middle.coords),
            "sms_text": message_of_place(request, place),
            "page_url": page_url,
            "schema_org": schema_org_of(request, place, page_url),
        },
    )


@require_safe
def place_print(request, slug):
    """One sheet of A5."""
    now = timezone.now()
    [place] = read_whole(slug, now)
    return render(request, "places/place_print.html", {"sheet": sheet_of_place(request, place, now)})


@require_safe
def place_contact(request, slug):
    [place] = read_whole(slug, timezone.now())
    written = as_contact_card(place, page_url=request.build_absolute_uri(place.get_absolute_url()))
    return HttpResponse(
        written,
        content_type="text/vcard; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{place.slug}.vcf"'},
    )


def read_whole(slug, at, with_nearby=False):
    """The place and, if wanted, those next to it, each with its short lists and closures: four queries."""
    places = find_whole(slug)
    if not places:
        raise Http404
    [place] = places
    if with_nearby and place.location:
        places += find_next_to(place.pk, box_around(place.location, NEARBY_RADIUS_M), place.location)
    read_short_lists(places)
    read_closures(places, at)
    return places


def occurrences_of(place, at):
    found = find_coming(at, place.pk)
    prefetch_related_objects(found, "workshop__booking_modes")
    for occurrence in found:
        occurrence.workshop.place = place  # whose clock and source are at hand
    return found


def count_of(rows):
    # Whatever the rows are grouped by, they are one group.
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def sentence_of_changing_weeks(text):
    """What the table of one week cannot say: hours that change with the season or the fortnight."""
    return hours.sentence(text) if text and hours.usual_week(text) is None else ""


def schema_org_of(request, place, page_url):
    """None for an example: what does not exist is nothing to find."""
    if place.is_demonstration:
        return None
    photo_url = request.build_absolute_uri(place.photo.url) if place.photo else ""
    return as_schema_org(place, page_url=page_url, photo_url=photo_url)
