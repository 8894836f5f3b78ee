"""What others may take: the page that says how, and a neighbourhood as GeoJSON."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from places.models import Neighbourhood, Place, cards
from places.opendata.neighbourhood import as_geojson


@require_safe
def data_use(request):
    example = Neighbourhood.objects.current().with_most_places(1)
    oembed = f"{request.build_absolute_uri(reverse('oembed'))}?url=…"
    context = {"example": next(iter(example), None), "oembed_address": oembed}
    return render(request, "places/data_use.html", context)


@require_safe
@conditional_page
def neighbourhood_geojson(request, slug):
    """Its outline, and its places told apart: inside, next to it, or serving it."""
    neighbourhood = get_object_or_404(Neighbourhood, slug=slug)
    published = Place.objects.published()
    next_door = published.reachable_from(neighbourhood)
    serving = published.filter(serves=neighbourhood).values_list("pk", flat=True)
    inside = published.filter(neighbourhood=neighbourhood).values_list("pk", flat=True)
    links = dict.fromkeys(serving, _("Dit accueillir ce quartier"))
    links |= dict.fromkeys(next_door, _("À un quart d’heure à pied au plus"))
    links |= dict.fromkeys(inside, _("Dans le quartier"))
    rows = sorted(cards(links, timezone.now()), key=lambda place: (place.folded_name, place.pk))
    written = as_geojson(
        neighbourhood,
        [(place, links[place.pk]) for place in rows],
        absolute=request.build_absolute_uri,
    )
    # Maps of other sites read it: that is what it is for.
    headers = {"Access-Control-Allow-Origin": "*"}
    return HttpResponse(written, content_type="application/geo+json", headers=headers)
