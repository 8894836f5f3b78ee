"""A small flat map drawn by the server: degrees in, coordinates of an SVG drawing out."""

from collections.abc import Iterable, Sequence
from math import cos, hypot, radians, sin

from .geo import Box

WIDTH = 400
TALLEST = 520
MARGIN = 14
GAP = 15  # between the middles of two marks
ROUNDS = 60


class Plan:
    """Fits `box` (west, south, east, north) into a drawing that is WIDTH wide or less, north on top."""

    def __init__(self, box: Box):
        west, south, east, north = box
        squeeze = cos(radians((south + north) / 2))
        # A single point has no size of its own: about a kilometre, then.
        wide, high = max((east - west) * squeeze, 0.01), max(north - south, 0.01)
        self._scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / high)
        self._squeeze = squeeze
        self._middle = (west + east) / 2, (south + north) / 2
        self.width = round(wide * self._scale + 2 * MARGIN)
        self.height = round(high * self._scale + 2 * MARGIN)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """(x, y), y downwards, to a tenth."""
        x = self.width / 2 + (lon - self._middle[0]) * self._squeeze * self._scale
        y = self.height / 2 - (lat - self._middle[1]) * self._scale
        return round(x, 1), round(y, 1)

    def spread(self, positions: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        """(x, y) of a mark for each position, pushed apart until none hides another, within the drawing."""
        marks = [list(self.at(*position)) for position in positions]
        for _round in range(ROUNDS):
            if not _push_apart(marks):
                break
            for mark in marks:
                mark[0] = min(self.width - GAP / 2, max(GAP / 2, mark[0]))
                mark[1] = min(self.height - GAP / 2, max(GAP / 2, mark[1]))
        return [(round(x, 1), round(y, 1)) for x, y in marks]

    def path(self, polygons: Iterable[Iterable[Sequence[tuple[float, float]]]]) -> str:
        """The `d` of an SVG path for these polygons; what is smaller than a dot is left out."""
        parts = []
        for rings in polygons:
            for ring in rings:
                points = list(dict.fromkeys(self.at(*position) for position in ring))
                if len(points) > 2:
                    parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z")
        return "".join(parts)


def _push_apart(marks):
    """Move each pair that is too close by half of what it lacks; whether there was one."""
    has_moved = False
    by_x = sorted(range(len(marks)), key=lambda number: marks[number][0])
    for rank, first in enumerate(by_x):
        for second in by_x[rank + 1 :]:
            dx, dy = marks[second][0] - marks[first][0], marks[second][1] - marks[first][1]
            if dx >= GAP:
                break
            apart = hypot(dx, dy)
            if apart >= GAP - 0.1:
                continue
            # Two on the same spot part along a direction of their own, the same each time.
            ux, uy = (dx / apart, dy / apart) if apart else (cos(second), sin(second))
            push = (GAP - apart) / 2
            for number, sign in ((first, -1), (second, 1)):
                marks[number][0] += sign * push * ux
                marks[number][1] += sign * push * uy
            has_moved = True
    return has_moved


def box_of(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of `boxes`, of which there is at least one."""
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)
