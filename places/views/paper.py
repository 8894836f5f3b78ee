"""Sheets of A4 for a wall: the poster of a session, the month of a place or of a neighbourhood."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from places.domain.french import hour_name
from places.domain.paper import month_fit, poster_size
from places.domain.period import month_period, next_month, previous_month
from places.forms import AgendaForm
from places.models import Neighbourhood, Place
from places.search import Agenda

from .agenda import by_day
from .sheets import qr_of, sheet_of_occurrence
from .workshops import read_occurrence


@require_safe
def occurrence_poster(request, slug, slot):
    occurrence = read_occurrence(slug, slot)
    workshop = occurrence.workshop
    texts = [workshop.summary, occurrence.message, workshop.what_to_bring, occurrence.venue.line]
    return render(
        request,
        "places/occurrence_poster.html",
        {
            "sheet": sheet_of_occurrence(request, occurrence, timezone.now()),
            "size": poster_size(workshop.title, texts),
        },
    )


@require_safe
def place_month(request, slug):
    place = get_object_or_404(Place.objects.published().with_territory(), slug=slug)
    url = place.get_absolute_url()
    return month_sheet(request, place, url, url, place=place)


@require_safe
def neighbourhood_month(request, slug):
    neighbourhood = get_object_or_404(Neighbourhood.objects.select_related("source"), slug=slug)
    agenda_url = f"{reverse('agenda')}?neighbourhood={slug}"
    return month_sheet(
        request, neighbourhood, neighbourhood.get_absolute_url(), agenda_url, neighbourhood=neighbourhood
    )


def month_sheet(request, subject, back_url, page_path, **where):
    """The coming sessions of the month that is asked for, of this one without: as large as they fit."""
    agenda = Agenda(at=timezone.now(), **where)
    form = AgendaForm(request.GET)
    month = (form.is_valid() and form.cleaned_data["month"]) or agenda.today.replace(day=1)
    rows = agenda.within(lambda _today: month_period(month)).filter(ends_at__gt=agenda.at)
    days = by_day(rows.for_rows())
    is_place = "place" in where
    size, kept = month_fit([[text_of(row, is_place) for row in day] for _date, day in days])
    page_url = request.build_absolute_uri(page_path)
    return render(
        request,
        "places/month_sheet.html",
        {
            "subject": subject,
            "place": where.get("place"),
            "month": month,
            "previous_month": previous_month(month),
            "next_month": next_month(month),
            "days": days[:kept],
            "left_out": sum(len(day) for _date, day in days[kept:]),
            "size": size,
            "back_url": back_url,
            "page_url": page_url,
            "qr": qr_of(page_url),
            "today": agenda.today,
        },
    )


def text_of(occurrence, is_place):
    """What the sheet says of a session, as long as it is there: hours, title, where."""
    workshop, venue = occurrence.workshop, occurrence.venue
    hours = f"{hour_name(occurrence.local_start.time())} – {hour_name(occurrence.local_end.time())}"
    where = "" if is_place and not venue.is_elsewhere else venue.name or venue.address
    off = (_("Annulé"), occurrence.message) if occurrence.is_cancelled else ()
    return ", ".join([f"{hours} {workshop.title}", where, *off])
