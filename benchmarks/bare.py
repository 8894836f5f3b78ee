"""The least that Django can do, and what the site is measured against: no middleware, no form, no template,
SQL written by hand for PostGIS. Settings, addresses and views at once; `requests.py` serves it beside the
site."""

import orjson
from django.db import connection
from django.http import HttpResponse
from django.urls import path

from epn_directory import settings as of_the_site

globals().update({name: value for name, value in vars(of_the_site).items() if name.isupper()})
MIDDLEWARE = []
ROOT_URLCONF = "bare"

COLUMNS = "id, ST_X(location), ST_Y(location), name, slug, address, postcode, city, phone"
BOX = f"""SELECT {COLUMNS} FROM places_place
WHERE state = 'PUBLISHED' AND ST_Intersects(location, ST_MakeEnvelope(%s, %s, %s, %s, 4326)) LIMIT %s"""
NEAREST = f"""SELECT {COLUMNS} FROM places_place
WHERE state = 'PUBLISHED' ORDER BY location <-> ST_SetSRID(ST_MakePoint(%s, %s), 4326) LIMIT %s"""
ONE = f"SELECT {COLUMNS}, opening_hours, description FROM places_place WHERE slug = %s"


def rows(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def as_json(value):
    written = orjson.dumps(value)
    return HttpResponse(
        written, content_type="application/json", headers={"Content-Length": str(len(written))}
    )


def features(request):
    asked = request.GET
    if "bbox" in asked:
        found = rows(BOX, [*map(float, asked["bbox"].split(",")), int(asked["limit"])])
    else:
        found = rows(NEAREST, [float(asked["lon"]), float(asked["lat"]), int(asked["limit"])])
    return as_json(
        [
            {"type": "Feature", "id": pk, "geometry": {"coordinates": (lon, lat)}, "properties": told}
            for pk, lon, lat, *told in found
        ]
    )


def place(request, slug):
    return as_json(rows(ONE, [slug])[0])


urlpatterns = [
    path("carte/lieux.geojson", features),
    path("lieux/<slug:slug>/", place),
    path("sante/", lambda request: as_json("ready")),
]
