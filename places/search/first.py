"""The first results of a search, for machines: a few columns of each place, no instance, no facets."""

from django.db import connection

from places.models import State

from .results import search

COLUMNS = ("pk", "lon", "lat", "name", "slug", "address", "postcode", "city", "phone")


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

    They are what `first_found` finds there when nothing is asked, in one query in place of four. It is
    written out: building it anew took Django as long as all the rest of the answer.
    """
    west, south, east, north = box
    ring = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
    with connection.cursor() as cursor:
        cursor.execute(_IN_BOX, [State.PUBLISHED.value, f"POLYGON(({ring}))", limit])
        return cursor.fetchall()


# A place without a position would lie in every box of SpatiaLite.
_IN_BOX = """
SELECT id, ST_X(location), ST_Y(location), name, slug, address, postcode, city, phone
FROM places_place
WHERE state = %s AND location IS NOT NULL AND ST_Intersects(location, ST_GeomFromText(%s, 4326))
ORDER BY completeness DESC, id
LIMIT %s
"""
