"""Points packed into some five bytes each, once they are compressed: what the map of all places reads.

The format, which static/js/modules/packed-points.js reads:

- four bytes, "EPN" and the version 1;
- how many points there are;
- of all points the longitudes, then the latitudes, in hundred-thousandths of a degree (about a metre), then
  the keys: each as its difference from the one before it, the first from 0;
- of all points whether they are marked, eight to a byte, the first in the lowest bit.

A number is written seven bits to a byte, the lowest first, the top bit telling that more follow; a
difference d as 2d, or as -2d - 1 when it is negative. The points follow a Z-shaped curve: from one to the
next it is mostly a short way, and short ways are small numbers.
"""

from collections.abc import Iterable
from typing import NamedTuple

MAGIC = b"EPN\x01"
PER_DEGREE = 100_000


class Point(NamedTuple):
    key: int
    lon: float
    lat: float
    is_marked: bool


def pack(points: Iterable[Point]) -> bytes:
    """The bytes of `points`, the same whatever their order."""
    rows = sorted(
        (_along_curve(lon, lat), key, lon, lat, is_marked)
        for key, lon, lat, is_marked in (
            (key, round(lon * PER_DEGREE), round(lat * PER_DEGREE), is_marked)
            for key, lon, lat, is_marked in points
        )
    )
    packed = bytearray(MAGIC)
    _write(packed, len(rows))
    for column in (2, 3, 1):
        before = 0
        for row in rows:
            value = row[column]
            difference = value - before
            _write(packed, difference << 1 if difference >= 0 else ~difference << 1 | 1)
            before = value
    marks = sum(1 << number for number, row in enumerate(rows) if row[4])
    return bytes(packed) + marks.to_bytes((len(rows) + 7) // 8, "little")


def _write(packed, number):
    while number > 0x7F:
        packed.append(number & 0x7F | 0x80)
        number >>= 7
    packed.append(number)


def _along_curve(lon, lat):
    return _spread(lon + 180 * PER_DEGREE) | _spread(lat + 90 * PER_DEGREE) << 1


def _spread(number):
    """The 32 bits of `number`, each with a zero before it."""
    number = (number | number << 16) & 0x0000FFFF0000FFFF
    number = (number | number << 8) & 0x00FF00FF00FF00FF
    number = (number | number << 4) & 0x0F0F0F0F0F0F0F0F
    number = (number | number << 2) & 0x3333333333333333
    return (number | number << 1) & 0x5555555555555555
