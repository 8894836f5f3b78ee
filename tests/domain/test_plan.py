"""The small map that the server draws."""

import re
from itertools import combinations
from math import hypot

from places.domain.plan import GAP, MARGIN, TALLEST, WIDTH, Plan, box_of

BREST = (-4.6, 48.3, -4.4, 48.5)


class TestPlan:
    def test_puts_north_on_top_and_east_on_the_right(self):
        plan = Plan(BREST)
        (west, south), (east, north) = plan.at(-4.6, 48.3), plan.at(-4.4, 48.5)
        assert west < east
        assert north < south

    def test_stays_within_its_sheet_and_leaves_a_margin(self):
        for box in (BREST, (-5.2, 47.7, -3.3, 48.8), (2.3, 48.0, 2.31, 49.5)):
            plan = Plan(box)
            assert plan.width <= WIDTH
            assert plan.height <= TALLEST
            x, y = plan.at(box[0], box[3])
            assert (round(x), round(y)) == (MARGIN, MARGIN)

    def test_keeps_shapes_a_kilometre_is_as_long_either_way(self):
        plan = Plan(BREST)
        x0, y0 = plan.at(-4.5, 48.4)
        x1, y1 = plan.at(-4.5 + 0.01355, 48.4 + 0.009)  # a kilometre each, at this latitude
        assert abs((x1 - x0) - (y0 - y1)) <= 0.2

    def test_of_a_single_point_does_not_break(self):
        assert Plan((2.3, 48.8, 2.3, 48.8)).width <= WIDTH

    def test_writes_paths_that_svg_reads(self):
        path = Plan(BREST).path([[[(-4.6, 48.3), (-4.4, 48.3), (-4.4, 48.5), (-4.6, 48.3)]]])
        assert re.fullmatch(r"M[\d.]+ [\d.]+(L[\d.]+ [\d.]+){2}Z", path)

    def test_leaves_out_what_is_smaller_than_a_dot(self):
        dot = [(-4.5, 48.4), (-4.500001, 48.4), (-4.5, 48.400001), (-4.5, 48.4)]
        assert Plan(BREST).path([[dot]]) == ""


class TestSpread:
    def test_no_mark_hides_another(self):
        plan = Plan(BREST)
        marks = plan.spread([(-4.5, 48.4)] * 12)
        assert min(hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(marks, 2)) > GAP * 0.8

    def test_leaves_those_alone_that_have_room(self):
        plan = Plan(BREST)
        assert plan.spread([(-4.5, 48.4), (-4.45, 48.4)]) == [plan.at(-4.5, 48.4), plan.at(-4.45, 48.4)]

    def test_is_the_same_each_time_and_keeps_within_the_sheet(self):
        plan = Plan(BREST)
        marks = plan.spread([(-4.6, 48.5)] * 20)
        assert marks == plan.spread([(-4.6, 48.5)] * 20)
        assert all(0 < x < plan.width and 0 < y < plan.height for x, y in marks)


def test_box_of_several_holds_them_all():
    assert box_of([(0, 1, 2, 3), (-1, 2, 1, 5)]) == (-1, 1, 2, 5)
