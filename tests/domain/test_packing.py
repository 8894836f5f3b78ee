"""All places in a few bytes each: nothing is lost but what nobody sees, and it stays small."""

import gzip
import random

import pytest

from places.domain.packing import MAGIC, Point, pack


def unpack(packed):
    """{key: (lon, lat, is_marked)}, read as packing.py says that it is written."""
    assert packed.startswith(MAGIC)
    at = len(MAGIC)

    def number():
        nonlocal at
        value = shift = 0
        while True:
            byte = packed[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def column(count):
        value, values = 0, []
        for _row in range(count):
            difference = number()
            value += -(difference + 1) // 2 if difference % 2 else difference // 2
            values.append(value)
        return values

    count = number()
    lons, lats, keys = column(count), column(count), column(count)
    marks = packed[at:]
    assert len(marks) == (count + 7) // 8
    return {
        key: (lon / 100_000, lat / 100_000, bool(marks[row // 8] >> row % 8 & 1))
        for row, (key, lon, lat) in enumerate(zip(keys, lons, lats, strict=True))
    }


def towns(count):
    """Points as they lie: about towns, here and overseas."""
    random.seed(1)
    middles = [(random.uniform(-4, 8), random.uniform(42.5, 50.5)) for _town in range(400)]
    middles += [(55.5, -21.1), (-61.5, 16.2), (-178.1, -14.3), (166.4, -22.2)]
    for key in range(1, count + 1):
        lon, lat = random.choice(middles)
        yield Point(key, random.gauss(lon, 0.1), random.gauss(lat, 0.1), key % 5 == 0)


class TestPack:
    def test_keeps_keys_and_marks_and_positions_to_a_metre(self):
        points = list(towns(2_000))
        read = unpack(pack(points))
        assert len(read) == 2_000
        for key, lon, lat, is_marked in points:
            assert read[key] == (pytest.approx(lon, abs=6e-6), pytest.approx(lat, abs=6e-6), is_marked)

    def test_takes_less_than_eight_bytes_a_point_once_compressed(self):
        assert len(gzip.compress(pack(towns(20_000)))) < 8 * 20_000

    def test_does_not_depend_on_the_order_in_which_points_come(self):
        points = list(towns(500))
        assert pack(points) == pack(reversed(points))

    @pytest.mark.parametrize("count", [0, 1, 8, 9])
    def test_keeps_few_points_as_it_keeps_many(self, count):
        assert len(unpack(pack(towns(count)))) == count

    def test_keeps_several_points_of_one_spot(self):
        same = [Point(key, 4.84, 45.76, False) for key in (7, 3, 900_000_000)]
        assert set(unpack(pack(same))) == {7, 3, 900_000_000}
