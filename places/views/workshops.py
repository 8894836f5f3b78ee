"""The page of a workshop, and that of each of its sessions."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from places.models import Occurrence, Workshop

OCCURRENCES = 10
OTHER_DATES = 4


@require_safe
def workshop(request, slug):
    workshop = read_workshop(slug)
    coming = occurrences_of(workshop).filter(ends_at__gt=timezone.now())
    return render(
        request,
        "places/workshop.html",
        {"workshop": workshop, "occurrences": with_workshop(coming[:OCCURRENCES], workshop)},
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
        },
    )


def read_workshop(slug):
    """A workshop that is online, with all that is said of it. Raises Http404."""
    return get_object_or_404(
        Workshop.objects.published()
        .select_related("place__commune", "place__neighbourhood", "place__source", "fee", "host_partner")
        .defer("place__commune__area", "place__neighbourhood__area", "place__neighbourhood__display_area")
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
