"""The agenda and the page of a workshop."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from places.forms import AgendaForm
from places.models import Occurrence, Workshop

PAGE_SIZE = 30
OCCURRENCES = 10


@require_safe
def agenda(request):
    now = timezone.now()
    form = AgendaForm(request.GET)
    occurrences = Occurrence.objects.none()
    if form.is_valid():
        occurrences = Occurrence.objects.upcoming(at=now).matching(**form.cleaned_data)
    page = Paginator(occurrences.for_rows(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "places/agenda.html", {"form": form, "page": page, "now": now})


@require_safe
def workshop(request, slug):
    now = timezone.now()
    workshop = get_object_or_404(
        Workshop.objects.published()
        .select_related("place__commune", "place__neighbourhood", "place__source", "fee", "host_partner")
        .prefetch_related("themes", "services", "audiences", "languages", "booking_modes"),
        slug=slug,
    )
    occurrences = Occurrence.objects.upcoming(at=now).filter(workshop=workshop).for_rows()
    return render(
        request,
        "places/workshop.html",
        {"workshop": workshop, "occurrences": occurrences[:OCCURRENCES]},
    )
