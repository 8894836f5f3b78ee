"""The actors of city policy, and what each does with which place."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from places.forms import PartnerSearchForm
from places.models import (
    Occurrence,
    Offer,
    Partner,
    Partnership,
    Project,
    State,
    Theme,
    Workshop,
)

from .cards import map_of
from .narrowing import criteria, facet

PAGE_SIZE = 30
OCCURRENCES = 6
# All of them on the map, as long as the page stays light.
MOST_SPOTS = 300
STREET = 0.002  # degrees
# With how many places a partner works.
PLACES = Count(
    "partnerships__place",
    filter=~Q(partnerships__status=Partnership.Status.ENDED) & Q(partnerships__place__state=State.PUBLISHED),
    distinct=True,
)
# What has no box of its own in the form.
AREAS = ("neighbourhood", "commune")


@require_safe
def partners(request):
    form = PartnerSearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    everybody = Partner.objects.published()
    found = everybody.matching(**asked) if form.is_valid() else everybody.none()
    rows = found.select_related("commune", "source").prefetch_related("themes").annotate(place_count=PLACES)
    page = Paginator(rows.order_by("folded_name", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    spots = spots_of(found)
    return render(
        request,
        "places/partners.html",
        {
            "form": form,
            "page": page,
            "facets": facets_of(everybody, asked) if asked else [],
            **criteria(request, asked, AREAS, {"theme": named_themes(asked), "kind": named_kinds(asked)}),
            "map": map_of(spots=spots, bounds=extent_of(spots), page="partner") if spots else None,
        },
    )


def named_themes(asked):
    return [(theme.code, theme.name) for theme in asked.get("theme", ())]


def named_kinds(asked):
    return [(code, Partner.Kind(code).label) for code in asked.get("kind", ())]


def spots_of(partners):
    """[[key, lon, lat, name, slug, 0], …] of those whose position is known."""
    rows = partners.exclude(location=None).order_by("folded_name", "pk")
    return [
        [row.pk, *row.location.coords, row.name, row.slug, 0]
        for row in rows.only("location", "name", "slug")[:MOST_SPOTS]
    ]


def extent_of(spots):
    """(west, south, east, north), a street wide at least."""
    lons, lats = [spot[1] for spot in spots], [spot[2] for spot in spots]
    return (min(lons) - STREET, min(lats) - STREET, max(lons) + STREET, max(lats) + STREET)


def facets_of(everybody, asked):
    by_kind = everybody.matching(**(asked | {"kind": ()})).order_by().values_list("kind")
    by_theme = everybody.matching(**(asked | {"theme": ()})).order_by().values_list("themes")
    kinds, themes = dict(by_kind.annotate(n=Count("pk"))), dict(by_theme.annotate(n=Count("pk")))
    chosen = {theme.pk for theme in asked["theme"]}
    return [
        facet(
            "theme",
            _("Axe"),
            [(row.code, row.name, themes.get(row.pk, 0), row.pk in chosen) for row in Theme.objects.all()],
        ),
        facet(
            "kind",
            _("Type d’acteur"),
            [(code, name, kinds.get(code, 0), code in asked["kind"]) for code, name in Partner.Kind.choices],
        ),
    ]


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
