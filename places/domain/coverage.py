"""What help a neighbourhood has within reach: how far, how long, on which axes. Pure figures, no judgement.

Distances are straight metres from the limit of the neighbourhood, 0 inside, as on its page.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import cos, floor, hypot, inf, radians
from typing import NamedTuple

from .hours.halfdays import HALF_DAYS, Minutes, merged, open_half_days
from .limits import METRES_PER_DEGREE, Ring

# Farther than this nobody goes for an hour of help, and an island has no neighbour beyond its shore.
FAR_M = 20_000

ANY = ""
EVENING = "evening"
STEP_FREE = "step-free"

CELL_DEG = 0.1
STRETCH = 16  # sides of an outline that share a box


class Spot(NamedTuple):
    """A place as coverage sees it. `measures`: what it counts for; `week`: when it is open, None unknown."""

    key: int
    lon: float
    lat: float
    measures: frozenset[str]
    week: tuple[Minutes, ...] | None = None


class Nearest(NamedTuple):
    metres: int
    key: int


class Grade(NamedTuple):
    """`nearest`: the nearest spot for each measure, none beyond FAR_M; the rest is about what is in reach.

    `open_min`: minutes a week during which at least one is open, None when no hours are known.
    `silent`: half-days in which none is known to be open, all of them when no hours are known.
    """

    nearest: dict[str, Nearest]
    inside_count: int
    reach_count: int
    hours_known_count: int
    open_min: int | None
    silent: list[str]


class Spots:
    """Places in cells of a tenth of a degree: looked for around a neighbourhood, never in all of France."""

    def __init__(self, spots: Iterable[Spot]):
        self._cells = defaultdict(list)
        for spot in spots:
            self._cells[floor(spot.lon / CELL_DEG), floor(spot.lat / CELL_DEG)].append(spot)

    def around(self, outline: "Outline", radius_m: float) -> Iterator[tuple[float, Spot]]:
        """(least distance it can have, spot) of those at most `radius_m` from the box of the outline."""
        d_lat, d_lon = radius_m / outline.per_lat, radius_m / outline.per_lon
        west, south, east, north = outline.box
        for x in range(floor((west - d_lon) / CELL_DEG), floor((east + d_lon) / CELL_DEG) + 1):
            for y in range(floor((south - d_lat) / CELL_DEG), floor((north + d_lat) / CELL_DEG) + 1):
                for spot in self._cells.get((x, y), ()):
                    least = hypot(
                        max(west - spot.lon, 0, spot.lon - east) * outline.per_lon,
                        max(south - spot.lat, 0, spot.lat - north) * outline.per_lat,
                    )
                    if least <= radius_m:
                        yield least, spot


class Outline:
    """The limit of a neighbourhood, on flat ground around its middle: right to 0.3 % within FAR_M.

    `rings` are closed, in degrees; holes are rings like the others.
    """

    def __init__(self, rings: Iterable[Ring]):
        rings = [list(ring) for ring in rings]
        lons = [lon for ring in rings for lon, _lat in ring]
        lats = [lat for ring in rings for _lon, lat in ring]
        self.box = (min(lons), min(lats), max(lons), max(lats))
        self.per_lat = METRES_PER_DEGREE
        self.per_lon = METRES_PER_DEGREE * cos(radians((self.box[1] + self.box[3]) / 2))
        self._stretches = [stretch for ring in rings for stretch in self._stretches_of(ring)]

    def _stretches_of(self, ring):
        flat = [(lon * self.per_lon, lat * self.per_lat) for lon, lat in ring]
        sides = [(ax, ay, bx, by) for (ax, ay), (bx, by) in pairwise(flat)]
        for start in range(0, len(sides), STRETCH):
            some = sides[start : start + STRETCH]
            xs, ys = (
                [x for ax, _, bx, _ in some for x in (ax, bx)],
                [y for _, ay, _, by in some for y in (ay, by)],
            )
            yield min(xs), min(ys), max(xs), max(ys), some

    def distance_m(self, lon: float, lat: float) -> float:
        """Metres from the point to the area, 0 inside it."""
        x, y = lon * self.per_lon, lat * self.per_lat
        nearest, is_inside, boxes = inf, False, []
        for west, south, east, north, sides in self._stretches:
            boxes.append((hypot(max(west - x, 0, x - east), max(south - y, 0, y - north)), sides))
            if south <= y <= north and x <= east:
                is_inside ^= _crossings(x, y, sides)
        if is_inside:
            return 0.0
        for least, sides in sorted(boxes, key=lambda pair: pair[0]):
            if least >= nearest:
                break
            nearest = min(nearest, _to_sides(x, y, sides))
        return nearest


def _crossings(x, y, sides):
    """Whether a line from the point to the east crosses an odd number of `sides`."""
    is_odd = False
    for ax, ay, bx, by in sides:
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            is_odd = not is_odd
    return is_odd


def _to_sides(x, y, sides):
    nearest = inf
    for ax, ay, bx, by in sides:
        dx, dy, px, py = bx - ax, by - ay, x - ax, y - ay
        length2 = dx * dx + dy * dy
        # The foot of the point on the side, kept between its two ends.
        t = 0.0 if length2 == 0 else min(1.0, max(0.0, (px * dx + py * dy) / length2))
        nearest = min(nearest, hypot(px - t * dx, py - t * dy))
    return nearest


def grade(outline: Outline, spots: Spots, inside: frozenset[int], *, reach_m: float) -> Grade:
    """The figures of one neighbourhood. `inside`: keys of the spots held to be in it, at its edge too."""
    nearest: dict[str, Nearest] = {}
    reached: list[tuple[float, Spot]] = []
    # Ordered by the least distance that each can have, most are settled without looking at the outline.
    for least, spot in sorted(spots.around(outline, FAR_M), key=lambda pair: (pair[0], pair[1].key)):
        is_nearer = any(least < nearest[m].metres if m in nearest else True for m in spot.measures)
        if least > reach_m and not is_nearer:
            continue
        metres = 0.0 if spot.key in inside else outline.distance_m(spot.lon, spot.lat)
        if metres <= reach_m:
            reached.append((metres, spot))
        if metres <= FAR_M:
            found = Nearest(round(metres), spot.key)
            nearest.update((m, found) for m in spot.measures if m not in nearest or found < nearest[m])
    return _graded(nearest, reached)


def _graded(nearest, reached):
    weeks = [spot.week for _metres, spot in reached if spot.week is not None]
    spans = merged(weeks)
    opened = open_half_days(spans)
    return Grade(
        nearest=nearest,
        inside_count=sum(metres == 0 for metres, _spot in reached),
        reach_count=len(reached),
        hours_known_count=len(weeks),
        open_min=sum(end - start for start, end in spans) if weeks else None,
        silent=[code for code in HALF_DAYS if code not in opened],
    )
