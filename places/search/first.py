"""The first results of a search, for machines: a few columns of each place, no instance, no facets."""

from django.db import connection

from places.domain.geo import bbox_around, distance_m
from places.models import State

from .results import search

COLUMNS = ("pk", "lon", "lat", "name", "slug", "address", "postcode", "city", "phone")

# In a large town twenty places are within the first reach, in most of the country within the second.
FIRST_REACH_M, WIDER = 2_000, 4


def first_found(places, limit, at, **asked):
    """COLUMNS of the first `limit` results of `search(places, …)` that have a position."""
    results = search(places, **asked, at=at)
    found, pks = {}, results.pks
    for start in range(0, len(pks), limit):
        rows = places.located().filter(pk__in=pks[start : start + limit])
        found |= {row[0]: row for row in rows.values_list(*COLUMNS)}
        if len(found) >= limit:
            break
    return [found[pk] for pk in pks if pk in found][:limit]


def first_in_box(box, limit):
    """COLUMNS of the first `limit` places that are online in `box` (west, south, east, north).

    They are what `first_found` finds there when nothing is asked, in one query in place of four.
    """
    return _rows_in(box, " ORDER BY completeness DESC, id LIMIT %s", limit)


def nearest_first(position, radius_m, limit):
    """COLUMNS of the `limit` places that are online and nearest to `position`, at most `radius_m` away.

    They are what `first_found` finds when nothing else is asked, without reading all that is within reach.
    """
    reach = min(FIRST_REACH_M, radius_m)
    while True:
        rows = _rows_in(bbox_around(*position, reach))
        pairs = ((distance_m(*position, row[1], row[2]), row) for row in rows)
        near = sorted(pair for pair in pairs if pair[0] <= reach)
        if len(near) >= limit or reach == radius_m:
            return [row for _metres, row in near[:limit]]
        reach = min(WIDER * reach, radius_m)


def _rows_in(box, order="", *values):
    west, south, east, north = box
    ring = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
    with connection.cursor() as cursor:
        cursor.execute(_IN_BOX + order, [State.PUBLISHED.value, f"POLYGON(({ring}))", *values])
        return cursor.fetchall()


# Written out: building it anew took Django as long as all the rest of an answer. A place without a position
# would lie in every box of SpatiaLite.
_IN_BOX = """
SELECT id, ST_X(location), ST_Y(location), name, slug, address, postcode, city, phone
FROM places_place
WHERE state = %s AND location IS NOT NULL AND ST_Intersects(location, ST_GeomFromText(%s, 4326))
"""
