"""The actors of city policy, and what each does with which place."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from places.forms import PartnerSearchForm
from places.models import (
    Occurrence,
    Offer,
    Partner,
    Partnership,
    Project,
    State,
    Workshop,
)

from .cards import map_of

PAGE_SIZE = 30
OCCURRENCES = 6


@require_safe
def partners(request):
    form = PartnerSearchForm(request.GET)
    found = (
        Partner.objects.published().matching(**form.cleaned_data)
        if form.is_valid()
        else Partner.objects.none()
    )
    rows = (
        found.select_related("commune", "source")
        .prefetch_related("themes", "neighbourhoods")
        .annotate(
            place_count=Count(
                "partnerships__place",
                filter=~Q(partnerships__status=Partnership.Status.ENDED)
                & Q(partnerships__place__state=State.PUBLISHED),
                distinct=True,
            )
        )
        .order_by("folded_name", "pk")  # a counted query forgets the order of the model
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "places/partners.html", {"form": form, "page": page})


@require_safe
def partner(request, slug):
    partner = get_object_or_404(
        Partner.objects.published()
        .select_related("commune", "source")
        .prefetch_related("themes", "neighbourhoods__communes"),
        slug=slug,
    )
    contacts = partner.contacts.visible_to(request.user)
    coming = Occurrence.objects.upcoming(at=timezone.now())
    hosted = coming.of(Workshop.objects.filter(host_partner=partner))
    offers = Offer.objects.published().filter(partner=partner).for_rows()
    return render(
        request,
        "places/partner.html",
        {
            "partner": partner,
            "contacts": contacts,
            "sign_in_url": sign_in_url(request) if len(contacts) < partner.contacts.count() else "",
            "partnerships": Partnership.objects.public().filter(partner=partner).for_rows(),
            "occurrences": hosted.for_rows()[:OCCURRENCES],
            "given": [offer for offer in offers if not offer.is_wanted],
            "wanted": [offer for offer in offers if offer.is_wanted],
            "projects": Project.objects.published().filter(partners=partner).for_rows(),
            "map": map_of(center=partner.location and partner.location.coords),
        },
    )


def sign_in_url(request):
    """The door for professionals, which leads back here."""
    return f"{reverse('sign-in')}?{urlencode({'next': request.path})}"
