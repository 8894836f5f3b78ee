"""What the map draws: compact, without a model instance on the way."""

import gzip
from zlib import crc32

import orjson
from django.contrib.gis.geos import Polygon
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from places.domain.geo import GeoError, box_from
from places.forms.map import MapQuery
from places.models import Commune, Department, Neighbourhood, Place
from places.opendata.country_map import current_digest, gzipped
from places.search import NEAR_M, first_found, first_in_box, nearest_first, search

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
    query = MapQuery(request.GET)
    if not query.is_valid():
        return as_json({"count": 0, "points": []})
    results = search(query.among(Place.objects.published()), **query.asked, at=now)
    return as_json({"count": results.total, "points": list(results.points())})


@require_safe
@cache_control(max_age=60)
def features(request):
    """The first results of a search, as GeoJSON; 400 says what cannot be asked, and why."""
    query = MapQuery(request.GET)
    if not query.is_valid():
        errors = {name: [str(message) for message in messages] for name, messages in query.errors.items()}
        return as_json({"errors": errors}, status=400)
    limit = query.box.cleaned_data["limit"]
    if query.only_box:
        rows = first_in_box(query.only_box, limit + 1)
    elif query.only_position:
        rows = nearest_first(query.only_position, query.asked["radius"] or NEAR_M, limit + 1)
    else:
        places = query.among(Place.objects.published())
        rows = first_found(places, limit + 1, timezone.now(), **query.asked)
    collection = {
        "type": "FeatureCollection",
        "features": point_features(rows[:limit]),
        "numberReturned": min(limit, len(rows)),
        "isComplete": len(rows) <= limit,
    }
    response = as_json(collection, content_type="application/geo+json")
    etag = f'"{crc32(response.content):x}-{len(response.content):x}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def point_features(rows):
    # One address is reversed, not a thousand: it would cost more than writing all the rest.
    before, after = reverse("place", args=["SLUG"]).split("SLUG")
    return [
        {
            "type": "Feature",
            "id": pk,
            "geometry": {"type": "Point", "coordinates": (lon, lat)},
            "properties": {
                "name": name,
                "url": f"{before}{slug}{after}",
                "address": address,
                "postcode": postcode,
                "city": city,
                "phone": phone,
            },
        }
        for pk, lon, lat, name, slug, address, postcode, city, phone in rows
    ]


@require_safe
@cache_control(max_age=60)
def all_points(request):
    """Where the points of all places are now: their file has another name when they change."""
    return redirect("map-all-points-file", current_digest())


@require_safe
def all_points_file(request, digest):
    """All places of the country, packed (see domain/packing.py); what has this name never changes."""
    packed = gzipped(digest)
    if packed is None:
        return redirect("map-all-points")
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        packed = gzip.decompress(packed)
    response = HttpResponse(packed, content_type="application/octet-stream", headers=headers)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


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
    box = narrow_box(request.GET.get("bbox", ""), WIDEST_BOX_DEG)
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
    box = narrow_box(request.GET.get("bbox", ""), WIDEST_COMMUNES_DEG)
    rows = Commune.objects.filter(area__intersects=box) if box else Commune.objects.none()
    features = [
        feature(area.simplify(COMMUNE_TOLERANCE_DEG, preserve_topology=True), 4, name=name)
        for name, area in rows.values_list("name", "area")
    ]
    return as_json({"type": "FeatureCollection", "features": features})


def narrow_box(text, widest_deg):
    """A box at most `widest_deg` wide and high, or None."""
    try:
        west, south, east, north = box_from(text)
    except GeoError:
        return None
    if max(east - west, north - south) > widest_deg:
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


def as_json(value, **kwargs):
    return HttpResponse(orjson.dumps(value), **{"content_type": "application/json"} | kwargs)
