"""In which neighbourhood a point lies, and how sure that is."""

from bisect import bisect_left, bisect_right

from django.contrib.gis.geos import Point, Polygon
from django.db import models
from django.utils.translation import gettext_lazy as _

from places.domain.geo import bbox_around
from places.domain.limits import distance_to_limit_m

from .territory import Neighbourhood

# Closer than this to a limit, the side of the limit is not certain: the published outlines of the
# priority neighbourhoods are rounded to about 10 m and addresses are located to some tens of metres.
EDGE_M = 50


class Certainty(models.TextChoices):
    INSIDE = "INSIDE", _("Dans le quartier")
    EDGE = "EDGE", _("En limite de quartier")
    OUTSIDE = "OUTSIDE", _("Hors d’un quartier connu")
    UNKNOWN = "UNKNOWN", _("Position inconnue")


class NeighbourhoodMap:
    """Neighbourhoods held in memory with their boxes, to locate many points without a query.

    A spatial join in the database takes 23 s on SpatiaLite where this takes one or two.
    """

    def __init__(self, neighbourhoods):
        self._entries = [_Entry(neighbourhood) for neighbourhood in neighbourhoods]

    def locate_all(self, points):
        """{key: (neighbourhood pk or None, Certainty)} for `points`, a list of (key, lon, lat)."""
        best = {key: _NOWHERE for key, _lon, _lat in points}
        by_lon = sorted(points, key=lambda point: point[1])
        lons = [lon for _key, lon, _lat in by_lon]
        for entry in self._entries:
            west, south, east, north = entry.reach
            for key, lon, lat in by_lon[bisect_left(lons, west) : bisect_right(lons, east)]:
                if south <= lat <= north:
                    best[key] = min(best[key], entry.weigh(lon, lat))
        return {key: (pk, Certainty(certainty)) for key, (*_rank, certainty, pk) in best.items()}


class _Entry:
    def __init__(self, neighbourhood):
        self.pk, self.is_priority = neighbourhood.pk, neighbourhood.is_priority
        self.prepared = neighbourhood.area.prepared
        self.rings = [ring for polygon in neighbourhood.area.coords for ring in polygon]
        west, south, east, north = neighbourhood.area.extent
        far_west, far_south, _, _ = bbox_around(west, south, EDGE_M)
        _, _, far_east, far_north = bbox_around(east, north, EDGE_M)
        self.reach = (far_west, far_south, far_east, far_north)

    def weigh(self, lon, lat):
        """A tuple that sorts the best answer first: inside before near, official before lived, small pk."""
        is_inside = self.prepared.covers(Point(lon, lat, srid=4326))
        limit_m = distance_to_limit_m(lon, lat, self.rings)
        if not is_inside and limit_m >= EDGE_M:
            return _NOWHERE
        certainty = Certainty.EDGE if limit_m < EDGE_M else Certainty.INSIDE
        off_m = 0.0 if is_inside else limit_m
        return (not is_inside, not self.is_priority, off_m, certainty.value, self.pk)


# Sorts after every entry: "not inside, not official, infinitely far".
_NOWHERE = (True, True, float("inf"), Certainty.OUTSIDE.value, None)


def locate(point):
    """(neighbourhood or None, Certainty) of `point` (WGS 84), or of None. One or two queries."""
    if point is None:
        return None, Certainty.UNKNOWN
    box = Polygon.from_bbox(bbox_around(point.x, point.y, EDGE_M))
    box.srid = 4326
    near = {entry.pk: entry for entry in Neighbourhood.objects.current().around(box)}
    pk, certainty = NeighbourhoodMap(near.values()).locate_all([(0, point.x, point.y)])[0]
    return near.get(pk), certainty
