from math import cos, inf, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.domain.geo import distance_m
from places.domain.limits import distance_to_limit_m

LON, LAT = 4.84, 45.76
A_KM_NORTH, A_KM_EAST = 1_000 / 111_195, 1_000 / (111_195 * cos(radians(LAT)))


def square(half_side_km=1.0):
    """Around the spot at LON, LAT."""
    x, y = half_side_km * A_KM_EAST, half_side_km * A_KM_NORTH
    return [
        (LON - x, LAT - y),
        (LON + x, LAT - y),
        (LON + x, LAT + y),
        (LON - x, LAT + y),
        (LON - x, LAT - y),
    ]


class TestDistanceToLimit:
    def test_from_the_middle_of_a_square_it_is_half_a_side(self):
        assert distance_to_limit_m(LON, LAT, [square()]) == pytest.approx(1_000, abs=1)

    def test_from_outside_it_is_what_lies_between(self):
        east = LON + 3 * A_KM_EAST
        assert distance_to_limit_m(east, LAT, [square()]) == pytest.approx(2_000, abs=2)

    @pytest.mark.parametrize("east_km", [-0.9, 0, 0.9])
    def test_the_foot_may_be_anywhere_on_a_side(self, east_km):
        lon, lat = LON + east_km * A_KM_EAST, LAT + 3 * A_KM_NORTH
        assert distance_to_limit_m(lon, lat, [square()]) == pytest.approx(2_000, abs=2)

    def test_off_a_corner_it_is_the_distance_to_the_corner(self):
        lon, lat = LON + 2 * A_KM_EAST, LAT + 2 * A_KM_NORTH
        assert distance_to_limit_m(lon, lat, [square()]) == pytest.approx(1_414, abs=2)

    def test_on_the_limit_it_is_nothing(self):
        assert distance_to_limit_m(LON + A_KM_EAST, LAT, [square()]) == pytest.approx(0, abs=0.01)

    def test_a_hole_has_a_limit_too(self):
        assert distance_to_limit_m(LON, LAT, [square(1), square(0.2)]) == pytest.approx(200, abs=1)

    def test_the_nearest_of_several_areas_counts(self):
        assert distance_to_limit_m(LON, LAT, [square(2), square(0.5), square(1)]) == pytest.approx(500, abs=1)

    def test_a_side_without_length_does_no_harm(self):
        corner = square()[0]
        ring = [corner, corner, *square()[1:]]
        assert distance_to_limit_m(LON, LAT, [ring]) == pytest.approx(1_000, abs=1)

    @pytest.mark.parametrize("rings", [[], [[]], [[(LON, LAT)]]])
    def test_without_a_side_it_is_infinite(self, rings):
        assert distance_to_limit_m(LON, LAT, rings) == inf

    @given(st.floats(-0.03, 0.03), st.floats(-0.03, 0.03))
    def test_is_never_further_than_the_nearest_corner(self, east, north):
        lon, lat = LON + east, LAT + north
        nearest = min(distance_m(lon, lat, *corner) for corner in square())
        assert distance_to_limit_m(lon, lat, [square()]) <= nearest * 1.002 + 1
