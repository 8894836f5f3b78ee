"""The page of a place, and the way to say that it is wrong."""

import datetime as dt
import hashlib

from django.conf import settings
from django.core.cache import cache
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from places.domain import hours
from places.forms import CorrectionForm
from places.models import Occurrence, Partnership, Place

from .cards import map_of, with_facts_of_now

NEARBY = 3
NEARBY_RADIUS_M = 5_000
OCCURRENCES = 6

# Enough for a person who corrects the listings of a whole street, too few for a machine.
CORRECTIONS_PER_HOUR = 10


@require_safe
def place(request, slug):
    now = timezone.now()
    place = get_object_or_404(
        Place.objects.published()
        .for_cards(at=now)
        .prefetch_related("access_modes", "support_modes", "audiences", "languages", "labels", "serves"),
        slug=slug,
    )
    today = timezone.localdate(now, place.timezone)
    monday = today - dt.timedelta(days=today.weekday())
    return render(
        request,
        "places/place.html",
        {
            "place": place,
            "status": place.status_at(now),
            "today": today,
            "week": place.week(monday),
            "hours_sentence": hours.sentence(place.opening_hours) if place.opening_hours else "",
            "closures": place.closures.all(),
            "services": place.services.all(),
            "occurrences": Occurrence.objects.upcoming(at=now).at_places([place]).for_rows()[:OCCURRENCES],
            "partnerships": Partnership.objects.public().filter(place=place).for_rows(),
            "nearby": nearby_of(place, now),
            "map": map_of(center=place.location and place.location.coords),
        },
    )


def nearby_of(place, at):
    if not place.location:
        return []
    others = Place.objects.published().exclude(pk=place.pk)
    return with_facts_of_now(others.near(place.location, NEARBY_RADIUS_M).for_cards(at=at)[:NEARBY], at)


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request, slug):
    """Take what a visitor reports. The text is shown again, never lost, when it cannot be taken yet."""
    place = get_object_or_404(Place.objects.published().select_related("source"), slug=slug)
    form = CorrectionForm(request.POST or None, at=timezone.now())
    if request.method == "POST" and form.is_valid():
        if is_too_many(request):
            form.add_error(None, _("Vous avez déjà envoyé plusieurs signalements. Réessayez dans une heure."))
        else:
            form.instance.place = place
            form.save()
            return redirect("place-correction-thanks", slug=place.slug)
    return render(
        request,
        "places/correction.html",
        {"place": place, "form": form},
        status=400 if form.errors else 200,
    )


@require_safe
def correction_thanks(request, slug):
    place = get_object_or_404(Place.objects.published(), slug=slug)
    return render(request, "places/correction_thanks.html", {"place": place})


def is_too_many(request):
    """Whether this visitor has sent too much within the hour. Only a keyed digest of the address is kept."""
    visitor = hashlib.blake2b(
        request.META.get("REMOTE_ADDR", "").encode(), key=settings.SECRET_KEY.encode()[:64]
    ).hexdigest()
    key = f"corrections:{visitor}"
    cache.add(key, 0, timeout=3_600)
    return cache.incr(key) > CORRECTIONS_PER_HOUR
