"""The page of a workshop, and that of each of its sessions."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from places.models import Occurrence, Workshop
from places.opendata.schema_org import event_as_schema_org

from .handover import message_of_occurrence

OCCURRENCES = 10
OTHER_DATES = 4


@require_safe
def workshop(request, slug):
    workshop = read_workshop(slug)
    coming = occurrences_of(workshop).filter(ends_at__gt=timezone.now())
    occurrences = with_workshop(coming[:OCCURRENCES], workshop)
    return render(
        request,
        "places/workshop.html",
        {
            "workshop": workshop,
            "occurrences": occurrences,
            "schema_org": [event for row in occurrences if (event := schema_org_of(request, row))],
        },
    )


@require_safe
def occurrence(request, slug, slot):
    now = timezone.now()
    occurrence = read_occurrence(slug, slot)
    workshop = occurrence.workshop
    others = occurrences_of(workshop).held().exclude(pk=occurrence.pk).filter(ends_at__gt=now)
    return render(
        request,
        "places/occurrence.html",
        {
            "occurrence": occurrence,
            "workshop": workshop,
            "is_over": occurrence.ends_at <= now,
            "other_dates": with_workshop(others[:OTHER_DATES], workshop),
            "sms_text": message_of_occurrence(request, occurrence),
            "page_url": request.build_absolute_uri(occurrence.get_absolute_url()),
            "schema_org": schema_org_of(request, occurrence),
        },
    )


def schema_org_of(request, occurrence):
    """None for an example: what does not exist is nothing to find."""
    if occurrence.workshop.is_demonstration:
        return None
    return event_as_schema_org(
        occurrence,
        page_url=request.build_absolute_uri(occurrence.get_absolute_url()),
        place_url=request.build_absolute_uri(occurrence.workshop.place.get_absolute_url()),
    )


def read_workshop(slug):
    """A workshop that is online, with all that is said of it. Raises Http404."""
    return get_object_or_404(
        Workshop.objects.published()
        .select_related(
            "place__commune", "place__neighbourhood", "place__source", "fee", "host_partner__commune"
        )
        .defer(
            "host_partner__commune__area",
            "place__commune__area",
            "place__neighbourhood__area",
            "place__neighbourhood__display_area",
        )
        .prefetch_related("themes", "services", "audiences", "languages", "booking_modes"),
        slug=slug,
    )


def read_occurrence(slug, slot):
    """The session whose address says `slot`, over or cancelled as it may be. Raises Http404."""
    workshop = read_workshop(slug)
    try:
        found = occurrences_of(workshop).at_slot(slot, workshop.place.timezone).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    found.workshop = workshop
    return found


def occurrences_of(workshop):
    return Occurrence.objects.filter(workshop=workshop).order_by("starts_at", "pk")


def with_workshop(occurrences, workshop):
    """The list `occurrences`, each with the workshop that was read whole."""
    rows = list(occurrences)
    for row in rows:
        row.workshop = workshop
    return rows
