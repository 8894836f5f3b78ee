"""Calendars to add or to follow: of a session, a workshop, a place, a neighbourhood, a town, a search."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from places.forms import AgendaForm
from places.models import Commune, Neighbourhood, Place
from places.opendata.calendar import as_calendar
from places.search import Agenda

from .downloads import unless_known
from .workshops import occurrences_of, read_occurrence, read_workshop, with_workshop

# A calendar that is followed keeps the last month.
KEPT = dt.timedelta(days=30)
# Enough for a large town; the sessions beyond come as time goes by.
MOST = 2_000

may_wait = cache_control(public=True, max_age=900)


@require_safe
@may_wait
def occurrence_calendar(request, slug, slot):
    occurrence = read_occurrence(slug, slot)
    name = occurrence.workshop.title
    return calendar(request, [occurrence], name, f"{slug}-{slot}", has_reminder=not occurrence.is_cancelled)


@require_safe
@may_wait
def workshop_calendar(request, slug):
    workshop = read_workshop(slug)
    rows = occurrences_of(workshop).filter(ends_at__gt=timezone.now() - KEPT)
    return calendar(request, with_workshop(rows[:MOST], workshop), workshop.title, slug)


@require_safe
@may_wait
def place_calendar(request, slug):
    place = get_object_or_404(Place.objects.published(), slug=slug)
    rows = Agenda(at=timezone.now(), place=place).since(timezone.now() - KEPT)
    return calendar(request, rows.for_rows()[:MOST], place.name, slug)


@require_safe
@may_wait
def neighbourhood_calendar(request, slug):
    neighbourhood = get_object_or_404(Neighbourhood, slug=slug)
    return agenda_of(request, slug, neighbourhood=neighbourhood)


@require_safe
@may_wait
def commune_calendar(request, insee_code):
    commune = get_object_or_404(Commune.objects.defer(*Commune.OUTLINES), insee_code=insee_code)
    return agenda_of(request, insee_code, commune=commune)


@require_safe
@may_wait
def agenda_calendar(request):
    """The agenda that a query string asks for; what cannot be read is told, and no calendar is given."""
    form = AgendaForm(request.GET)
    if not form.is_valid():
        faults = [fault for faults in form.errors.values() for fault in faults]
        return HttpResponse("\n".join(faults), status=400, content_type="text/plain; charset=utf-8")
    return agenda_of(request, "agenda", **form.asked)


def agenda_of(request, filename, **asked):
    now = timezone.now()
    agenda = Agenda(at=now, **asked)
    rows = agenda.coming if agenda.when or agenda.day else agenda.since(now - KEPT)
    name = _("Ateliers numériques")
    if agenda.spot.label:
        name = f"{name}, {agenda.spot.label}"
    return calendar(request, rows.for_rows()[:MOST], name, filename)


def calendar(request, occurrences, name, filename, *, has_reminder=False):
    written = as_calendar(
        occurrences, name=name, absolute=request.build_absolute_uri, has_reminder=has_reminder
    )
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    return unless_known(request, response)
