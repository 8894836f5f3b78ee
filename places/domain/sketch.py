"""A small map that we draw ourselves: the outline of an area, a place in it, and a scale.

It is for paper and for pages without script: no tiles, no network. North is up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from .geo import Position, Ring, distance_label
from .limits import METRES_PER_DEGREE

MARGIN = 0.08  # of the drawing, on each side
LONGEST_SCALE = 0.3  # of the width
_STEPS_M = [unit * 10**power for power in range(1, 6) for unit in (1, 2, 5)]


@dataclass(frozen=True)
class Sketch:
    """In the units of a drawing of `width` by `height`, y downwards."""

    width: int
    height: int
    path: str
    x: float
    y: float
    scale_length: float
    scale_label: str


def sketch(rings: Sequence[Ring], place: Position, *, width: int = 400, height: int = 260) -> Sketch | None:
    """`rings` (closed, of lon, lat) and the place, as large as the drawing allows; None without a ring.

    Flat around the place: right to a hundredth over the widest commune.
    """
    if not rings:
        return None
    lon0, lat0 = place
    per_lon = METRES_PER_DEGREE * cos(radians(lat0))
    flat = [
        [((lon - lon0) * per_lon, (lat0 - lat) * METRES_PER_DEGREE) for lon, lat in ring] for ring in rings
    ]
    xs, ys = zip(*[(0.0, 0.0), *(point for ring in flat for point in ring)], strict=True)
    wide, high = max(max(xs) - min(xs), 1.0), max(max(ys) - min(ys), 1.0)
    per_m = (1 - 2 * MARGIN) * min(width / wide, height / high)
    left = width / 2 - per_m * (min(xs) + max(xs)) / 2
    top = height / 2 - per_m * (min(ys) + max(ys)) / 2
    scale_m = max((step for step in _STEPS_M if step * per_m <= LONGEST_SCALE * width), default=_STEPS_M[0])
    return Sketch(
        width=width,
        height=height,
        path="".join(_path(ring, left, top, per_m) for ring in flat),
        x=round(left, 1),
        y=round(top, 1),
        scale_length=round(scale_m * per_m, 1),
        scale_label=distance_label(scale_m),
    )


def _path(ring, left, top, per_m):
    """The ring as a path; points that fall on the one before are left out."""
    points = []
    for x, y in ring:
        point = f"{left + x * per_m:.1f} {top + y * per_m:.1f}"
        if not points or points[-1] != point:
            points.append(point)
    return f"M{'L'.join(points)}Z"
