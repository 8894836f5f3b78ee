import re
from math import cos, hypot, radians

import pytest

from places.domain.sketch import sketch

LON, LAT = -4.4861, 48.3904
DEGREE_M = 111_195


def ring(half_m, east_m=0, north_m=0, *, lat=LAT):
    """A square of `half_m` on each side of a spot so many metres from the place."""
    per_lon = DEGREE_M * cos(radians(lat))
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    return [
        (LON + (east_m + x * half_m) / per_lon, lat + (north_m + y * half_m) / DEGREE_M) for x, y in corners
    ]


def points(drawing):
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", drawing.path)]


def test_there_is_nothing_to_draw_without_an_outline():
    assert sketch([], (LON, LAT)) is None


def test_all_of_the_outline_and_the_place_are_within_the_drawing():
    drawing = sketch([ring(500, east_m=3_000)], (LON, LAT), width=400, height=300)
    for x, y in [*points(drawing), (drawing.x, drawing.y)]:
        assert 0 < x < 400
        assert 0 < y < 300


def test_north_is_up_and_east_is_right():
    drawing = sketch([ring(100, east_m=1_000, north_m=1_000)], (LON, LAT))
    assert min(x for x, _y in points(drawing)) > drawing.x
    assert max(y for _x, y in points(drawing)) < drawing.y


@pytest.mark.parametrize("lat", [-21.1, 4.9, 48.4])
def test_a_square_is_drawn_square_wherever_it_lies(lat):
    drawing = sketch([ring(500, lat=lat)], (LON, lat))
    (ax, ay), (bx, by), (cx, cy), *_rest = points(drawing)
    assert hypot(bx - ax, by - ay) == pytest.approx(hypot(cx - bx, cy - by), rel=0.005)


@pytest.mark.parametrize("half_m", [20, 130, 700, 2_000, 9_000, 60_000])
def test_the_scale_is_a_round_number_as_long_as_it_says(half_m):
    drawing = sketch([ring(half_m)], (LON, LAT), width=400, height=300)
    number, unit = drawing.scale_label.split("\u00a0")
    metres = float(number.replace(",", ".")) * (1_000 if unit == "km" else 1)
    side = points(drawing)[1][0] - points(drawing)[0][0]
    assert drawing.scale_length == pytest.approx(side * metres / (2 * half_m), rel=0.01)
    assert number.strip("0") in ("1", "2", "5")
    assert drawing.scale_length <= 0.3 * 400 or half_m == 20


def test_corners_too_near_to_be_seen_apart_are_drawn_once():
    wide = ring(10_000)
    crowded = [wide[0], *[(wide[0][0] + n * 1e-7, wide[0][1]) for n in range(50)], *wide[1:]]
    assert len(points(sketch([crowded], (LON, LAT)))) == len(points(sketch([wide], (LON, LAT))))


def test_each_ring_is_a_closed_figure():
    assert sketch([ring(500), ring(100)], (LON, LAT)).path.count("Z") == 2
