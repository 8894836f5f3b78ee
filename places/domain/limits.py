"""How far a point is from the limit of an area."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, hypot, inf, radians

METRES_PER_DEGREE = 111_195  # of latitude, on a sphere of 6,371 km

Ring = Sequence[tuple[float, float]]


def distance_to_limit_m(lon: float, lat: float, rings: Iterable[Ring]) -> float:
    """Metres from the point, inside or out, to the nearest side of `rings` (closed, degrees).

    Flat around the point: exact to the metre within some kilometres, which is all that a
    neighbourhood needs. Infinite when there is no ring.
    """
    per_lon, per_lat = METRES_PER_DEGREE * cos(radians(lat)), METRES_PER_DEGREE
    nearest = inf
    for ring in rings:
        flat = [((x - lon) * per_lon, (y - lat) * per_lat) for x, y in ring]
        for (ax, ay), (bx, by) in pairwise(flat):
            dx, dy = bx - ax, by - ay
            length2 = dx * dx + dy * dy
            # The foot of the point (here 0, 0) on the side, kept between its two ends.
            t = 0.0 if length2 == 0 else min(1.0, max(0.0, -(ax * dx + ay * dy) / length2))
            nearest = min(nearest, hypot(ax + t * dx, ay + t * dy))
    return nearest
