"""What the map draws: compact JSON, without a model instance on the way."""

import orjson
from django.contrib.gis.geos import Polygon
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from places.domain.geo import GeoError, check_position
from places.forms.search import PlaceSearchForm
from places.models import Commune, Department, Neighbourhood, Place
from places.search import search

# Flags of a point: they say the shape of its marker.
IS_EPN, IS_OPEN = 1, 2

# A neighbourhood is drawn from about this width of the map on; beyond, it is smaller than a dot.
WIDEST_BOX_DEG = 3.0

# Outlines of communes are drawn in the box of a town, those of départements in all of France.
WIDEST_COMMUNES_DEG = 1.5
COMMUNE_TOLERANCE_DEG = 0.0005

# Half a kilometre and a hundred metres: départements are seen from far away.
COUNTRY_TOLERANCE_DEG = 0.005
COUNTRY_DECIMALS = 3


@require_safe
@cache_control(max_age=60)
def points(request):
    """All results of a search: {"count", "points": [[pk, lon, lat, name, slug, flags], …]}."""
    now = timezone.now()
    form = PlaceSearchForm(request.GET)
    if not form.is_valid():
        return as_json({"count": 0, "points": []})
    results = search(Place.objects.published(), **form.cleaned_data, at=now)
    return as_json({"count": results.total, "points": list(results.points())})


@require_safe
@cache_control(max_age=86_400)
def background(request):
    """Outlines of the départements: the map has a ground to stand on when tiles cannot be had."""
    features = [
        feature(area.simplify(COUNTRY_TOLERANCE_DEG, preserve_topology=True), COUNTRY_DECIMALS, name=name)
        for name, area in Department.objects.exclude(area=None).values_list("name", "area")
    ]
    return as_json({"type": "FeatureCollection", "features": features})


@require_safe
@cache_control(max_age=3_600)
def neighbourhoods(request):
    """Outlines of the neighbourhoods in `bbox` (west,south,east,north); none in a very wide one."""
    box = box_from(request.GET.get("bbox", ""), WIDEST_BOX_DEG)
    rows = Neighbourhood.objects.current().around(box) if box else Neighbourhood.objects.none()
    features = [
        feature(area, name=name, url=reverse("neighbourhood", args=[slug]), kind=kind)
        for name, slug, kind, area in rows.values_list("name", "slug", "kind", "display_area")
    ]
    return as_json({"type": "FeatureCollection", "features": features})


@require_safe
@cache_control(max_age=86_400)
def communes(request):
    """Outlines of the communes in `bbox`, where they are known; none in a wide one."""
    box = box_from(request.GET.get("bbox", ""), WIDEST_COMMUNES_DEG)
    rows = Commune.objects.filter(area__intersects=box) if box else Commune.objects.none()
    features = [
        feature(area.simplify(COMMUNE_TOLERANCE_DEG, preserve_topology=True), 4, name=name)
        for name, area in rows.values_list("name", "area")
    ]
    return as_json({"type": "FeatureCollection", "features": features})


def box_from(text, widest_deg):
    """A box at most `widest_deg` wide and high, in France, or None."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
        check_position(west, south)
        check_position(east, north)
    except (ValueError, GeoError):
        return None
    if not (0 < east - west <= widest_deg and 0 < north - south <= widest_deg):
        return None
    box = Polygon.from_bbox((west, south, east, north))
    box.srid = 4326
    return box


def feature(area, decimals=5, **properties):
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": area.geom_type, "coordinates": rounded(area.coords, decimals)},
    }


def rounded(coordinates, decimals):
    """Nested coordinates with fewer figures: they are most of what travels."""
    if isinstance(coordinates, float):
        return round(coordinates, decimals)
    return [rounded(part, decimals) for part in coordinates]


def as_json(value):
    return HttpResponse(orjson.dumps(value), content_type="application/json")
