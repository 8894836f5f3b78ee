"""What a neighbourhood has within reach: figures told on a square of a kilometre in Brest."""

import random
from math import cos, radians

import pytest

from places.domain.coverage import ANY, EVENING, FAR_M, Outline, Spot, Spots, grade
from places.domain.limits import METRES_PER_DEGREE, distance_to_limit_m

LON, LAT = -4.4861, 48.3904
PER_LON = METRES_PER_DEGREE * cos(radians(LAT))
HALF_M = 500


def at(east_m, north_m=0.0):
    return LON + east_m / PER_LON, LAT + north_m / METRES_PER_DEGREE


def square(half_m=HALF_M, east_m=0.0):
    corners = [(-half_m, -half_m), (half_m, -half_m), (half_m, half_m), (-half_m, half_m), (-half_m, -half_m)]
    return [at(east_m + x, y) for x, y in corners]


def spot(key, east_m, *measures, week=None):
    return Spot(key, *at(east_m), frozenset({ANY, *measures}), week)


def graded(*spots, rings=None, inside=()):
    return grade(Outline(rings or [square()]), Spots(spots), frozenset(inside), reach_m=1_000)


class TestOutline:
    @pytest.mark.parametrize(
        ("east_m", "metres"), [(0, 0), (499, 0), (600, 100), (1_500, 1_000), (-900, 400)]
    )
    def test_counts_metres_from_the_limit_and_none_inside(self, east_m, metres):
        assert Outline([square()]).distance_m(*at(east_m)) == pytest.approx(metres, abs=1)

    def test_a_hole_is_outside(self):
        assert Outline([square(), square(half_m=200)]).distance_m(*at(0)) == pytest.approx(200, abs=1)

    def test_of_two_parts_the_nearer_one_counts(self):
        assert Outline([square(), square(east_m=3_000)]).distance_m(*at(2_300)) == pytest.approx(200, abs=1)

    def test_agrees_with_the_distance_that_the_page_of_a_neighbourhood_shows(self):
        chance = random.Random(7)
        ring = [at(chance.uniform(-900, 900), chance.uniform(-900, 900)) for _corner in range(120)]
        rings = [[*ring, ring[0]]]
        outline = Outline(rings)
        for _point in range(200):
            lon, lat = at(chance.uniform(-3_000, 3_000), chance.uniform(-3_000, 3_000))
            found = outline.distance_m(lon, lat)
            if found:  # the other one knows no inside
                assert found == pytest.approx(distance_to_limit_m(lon, lat, rings), rel=0.001, abs=0.5)


class TestNearest:
    def test_is_the_nearest_for_each_measure(self):
        found = graded(spot(1, 600), spot(2, 800, "theme:emploi"), spot(3, 3_000, "theme:emploi", EVENING))
        assert found.nearest[ANY] == (100, 1)
        assert found.nearest["theme:emploi"] == (300, 2)
        assert found.nearest[EVENING] == (2_500, 3)

    def test_is_missing_for_what_no_place_does(self):
        assert "theme:education" not in graded(spot(1, 600)).nearest

    def test_is_missing_beyond_twenty_kilometres(self):
        assert graded(spot(1, FAR_M + HALF_M - 100)).nearest[ANY].metres == pytest.approx(FAR_M - 100, abs=60)
        assert graded(spot(1, FAR_M + HALF_M + 100)).nearest == {}

    def test_of_two_at_the_same_distance_is_the_same_one_each_time(self):
        assert graded(spot(2, 600), spot(1, 600)).nearest[ANY] == (100, 1)

    def test_is_at_no_distance_when_the_place_is_held_to_be_inside(self):
        assert graded(spot(1, 530), inside=[1]).nearest[ANY] == (0, 1)

    def test_agrees_with_looking_at_every_place(self):
        chance, codes = random.Random(3), [f"service:{n}" for n in range(12)]
        spots = [
            Spot(
                key,
                *at(chance.gauss(0, 6_000), chance.gauss(0, 6_000)),
                frozenset(chance.sample(codes, chance.randint(0, 4))),
            )
            for key in range(400)
        ]
        outline, expected = Outline([square()]), {}
        for each in spots:
            metres = outline.distance_m(each.lon, each.lat)
            for code in each.measures:
                if metres <= FAR_M:
                    expected[code] = min(expected.get(code, (FAR_M, 0)), (round(metres), each.key))
        assert graded(*spots).nearest == expected


class TestReach:
    def test_counts_those_inside_and_those_a_quarter_of_an_hour_away(self):
        found = graded(spot(1, 0), spot(2, 400), spot(3, 1_400), spot(4, 1_600))
        assert (found.inside_count, found.reach_count) == (2, 3)

    def test_counts_each_even_when_others_are_nearer(self):
        assert graded(*(spot(key, 900) for key in range(30))).reach_count == 30

    def test_hours_of_two_places_at_once_count_once(self):
        found = graded(spot(1, 0, week=((540, 720),)), spot(2, 100, week=((660, 780),)))
        assert found.open_min == 240

    def test_hours_beyond_reach_do_not_count(self):
        assert graded(spot(1, 0, week=()), spot(2, 2_000, week=((540, 720),))).open_min == 0

    def test_unknown_hours_are_unknown_and_never_zero(self):
        found = graded(spot(1, 0), spot(2, 100))
        assert found.open_min is None
        assert found.hours_known_count == 0

    def test_tells_the_half_days_in_which_nothing_is_open(self):
        silent = graded(spot(1, 0, week=((540, 720),))).silent  # Monday from 9 to 12
        assert "lundi-matin" not in silent
        assert len(silent) == 16

    def test_of_nothing_is_nothing(self):
        found = graded()
        assert (found.nearest, found.inside_count, found.reach_count, found.open_min) == ({}, 0, 0, None)
