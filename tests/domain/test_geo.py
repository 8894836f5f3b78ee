import json
from math import cos, inf, isfinite, nan, radians

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from places.domain.geo import (
    MAX_POSITIONS,
    TERRITORIES,
    GeoError,
    bbox_around,
    check_position,
    distance_label,
    distance_m,
    is_in_france,
    mend_position,
    polygon_rings,
    walk_min,
)

BREST = (-4.486, 48.39)  # lon, lat
SAINT_DENIS = (55.45, -20.88)
NOUMEA = (166.44, -22.27)

NUMBERS = st.one_of(st.floats(), st.integers(), st.sampled_from([10**400, -(10**400), True, False]))
in_france = st.one_of(
    [
        st.tuples(st.floats(west, east), st.floats(south, north))
        for west, south, east, north in TERRITORIES.values()
    ]
)


class TestCheckPosition:
    @pytest.mark.parametrize(
        ("lon", "lat"),
        [
            BREST,
            SAINT_DENIS,
            NOUMEA,
            (7.75, 48.57),  # Strasbourg
            (9.45, 42.7),  # Bastia
            (-61.53, 16.24),  # Pointe-à-Pitre
            (-61.07, 14.61),  # Fort-de-France
            (-52.33, 4.94),  # Cayenne
            (45.23, -12.78),  # Mamoudzou
            (-56.17, 46.78),  # Saint-Pierre
            (-62.85, 17.9),  # Gustavia
            (-63.08, 18.07),  # Marigot
            (-149.57, -17.53),  # Papeete
            (-139.0, -9.8),  # Hiva Oa
            (-176.18, -13.28),  # Mata-Utu
            (-178.16, -14.29),  # Futuna
        ],
    )
    def test_takes_every_territory(self, lon, lat):
        check_position(lon, lat)

    @pytest.mark.parametrize(
        ("lon", "lat"),
        [(0, 0), (-0.12, 51.51), (2.17, 41.1), (-73.6, 45.5), (12.5, 41.9), (48.39, -4.486), (-180, -90)],
    )
    def test_refuses_what_is_elsewhere(self, lon, lat):
        with pytest.raises(GeoError, match="pas en France"):
            check_position(lon, lat)

    @pytest.mark.parametrize(
        ("lon", "lat"),
        [
            (inf, 48),
            (-inf, 48),
            (2, inf),
            (nan, 48),
            (2, nan),
            (nan, nan),
            (500, 48),
            (2, 91),
            (652_000, 6_862_000),  # Lambert 93
            (10**400, 48),
            (2, -(10**400)),
        ],
    )
    def test_refuses_what_is_not_in_degrees(self, lon, lat):
        with pytest.raises(GeoError, match="degrés"):
            check_position(lon, lat)


class TestMendPosition:
    def test_leaves_a_good_one_alone(self):
        lon, lat = BREST
        assert mend_position(lat, lon) == (lon, lat, None)

    def test_zero_zero_is_how_files_say_unknown(self):
        assert mend_position(0, 0)[:2] == (None, None)
        assert "inconnue" in mend_position(0.0, -0.0)[2]

    @given(in_france)
    def test_numbers_that_were_swapped_change_places(self, position):
        lon, lat = position
        assert mend_position(lon, lat) == (lon, lat, "Latitude et longitude étaient inversées.")

    @given(in_france)
    def test_no_point_of_france_could_be_another_one_swapped(self, position):
        lon, lat = position
        assert not is_in_france(lat, lon)

    @given(NUMBERS, NUMBERS)
    def test_whatever_comes_the_answer_is_in_france_or_none_with_a_reason(self, lat, lon):
        mended_lon, mended_lat, note = mend_position(lat, lon)
        if mended_lon is None:
            assert mended_lat is None
            assert note
        else:
            assert is_in_france(mended_lon, mended_lat)


class TestDistance:
    @pytest.mark.parametrize(
        ("start", "end", "km"),
        [
            (BREST, (2.352, 48.857), 503.6),
            ((4.835, 45.758), (5.369, 43.296), 277.0),
            (SAINT_DENIS, (55.48, -21.34), 51.2),
        ],
    )
    def test_is_that_of_the_atlas(self, start, end, km):
        assert distance_m(*start, *end) / 1_000 == pytest.approx(km, rel=0.005)

    @given(in_france, in_france)
    def test_is_the_same_there_and_back_and_never_past_half_the_earth(self, one, other):
        there = distance_m(*one, *other)
        assert there == pytest.approx(distance_m(*other, *one), abs=1e-6)
        assert 0 <= there <= 20_038_000

    def test_to_the_same_spot_is_nothing(self):
        assert distance_m(*BREST, *BREST) == 0

    def test_across_the_line_of_the_date_it_is_short(self):
        assert distance_m(179.99, -17, -179.99, -17) < 2_200


class TestBox:
    @given(in_france, st.floats(1, 100_000), st.floats(-1, 1), st.floats(-1, 1))
    def test_holds_all_that_is_within_the_radius(self, centre, radius_m, east, north):
        lat = centre[1] + north * radius_m / 111_195
        lon = centre[0] + east * radius_m / 111_195 / cos(radians(lat))
        assume(distance_m(*centre, lon, lat) <= radius_m)
        west, south, east, north = bbox_around(*centre, radius_m)
        assert west <= lon <= east
        assert south <= lat <= north

    @given(in_france, st.floats(10, 100_000))
    def test_holds_the_point_at_the_radius_in_each_direction_and_little_more(self, centre, radius_m):
        lon, lat = centre
        west, south, east, north = bbox_around(lon, lat, radius_m)
        for edge in ((west, lat), (east, lat), (lon, south), (lon, north)):
            assert radius_m < distance_m(lon, lat, *edge) < radius_m * 1.05

    @given(st.floats(-180, 180), st.floats(-90, 90), st.floats(0, 1e9))
    def test_stays_within_the_world(self, lon, lat, radius_m):
        west, south, east, north = bbox_around(lon, lat, radius_m)
        assert -180 <= west <= east <= 180
        assert -90 <= south <= north <= 90


class TestOnFoot:
    @pytest.mark.parametrize(("metres", "minutes"), [(0, 1), (10, 1), (66, 1), (100, 2), (1_000, 15)])
    def test_a_kilometre_takes_a_quarter_of_an_hour(self, metres, minutes):
        assert walk_min(metres) == minutes

    @given(st.floats(0, 20_000), st.floats(0, 20_000))
    def test_further_never_takes_less(self, one, other):
        assert walk_min(min(one, other)) <= walk_min(max(one, other))


class TestDistanceLabel:
    @pytest.mark.parametrize(
        ("metres", "label"),
        [
            (0, "10 m"),
            (12, "10 m"),
            (97, "100 m"),
            (340, "350 m"),
            (949, "950 m"),
            (974, "950 m"),
            (980, "1 km"),
            (1_000, "1 km"),
            (1_240, "1,2 km"),
            (9_960, "10 km"),
            (10_400, "10 km"),
            (48_300, "48 km"),
        ],
    )
    def test_is_as_exact_as_people_say_it(self, metres, label):
        assert distance_label(metres) == label.replace(" ", "\u00a0")


RING = [[-4.5, 48.3], [-4.4, 48.3], [-4.4, 48.4], [-4.5, 48.3]]
CLOSED = [tuple(position) for position in RING]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


class TestPolygonRings:
    def test_a_polygon_is_one_list_of_rings(self):
        assert polygon_rings(polygon(RING)) == [[CLOSED]]

    def test_a_hole_stays_in_its_polygon(self):
        assert polygon_rings(polygon(RING, RING)) == [[CLOSED, CLOSED]]

    def test_a_multipolygon_has_several(self):
        assert polygon_rings({"type": "MultiPolygon", "coordinates": [[RING], [RING]]}) == [
            [CLOSED],
            [CLOSED],
        ]

    def test_a_ring_left_open_is_closed(self):
        assert polygon_rings(polygon(RING[:-1])) == [[CLOSED]]

    def test_heights_are_left_out(self):
        assert polygon_rings(polygon([[*position, 12.5] for position in RING])) == [[CLOSED]]

    @pytest.mark.parametrize(
        "geometry",
        [
            None,
            [],
            "POLYGON((0 0,1 1,1 0,0 0))",
            {},
            {"type": "Point", "coordinates": BREST},
            {"type": "GeometryCollection", "geometries": [polygon(RING)]},
            {"type": ["Polygon"], "coordinates": [RING]},
            {"type": {}, "coordinates": [RING]},
            {"type": "MultiLineString", "coordinates": [[RING]]},
            {"type": "polygon", "coordinates": [RING]},
            {"type": "Polygon"},
            polygon(),
            polygon([]),
            polygon(None),
            polygon("abcd"),
            polygon({}),
            polygon(RING[:2]),
            polygon([RING[0]]),
            polygon(RING[0]),
            polygon([None, *RING]),
            polygon([[], *RING]),
            polygon([[-4.5], *RING]),
            polygon([["-4.5", "48.3"], *RING]),
            polygon([[True, False], *RING]),
            polygon([[None, 48.3], *RING]),
            polygon([[[-4.5], 48.3], *RING]),
            polygon([[nan, 48.3], *RING]),
            polygon([[inf, 48.3], *RING]),
            polygon([[10**400, 48.3], *RING]),
            polygon([[500, 48.3], *RING]),
            polygon([[145_000, 6_838_000], *RING]),
            polygon([[lat, lon] for lon, lat in RING]),
            polygon([[0, 0], *RING]),
            {"type": "Polygon", "coordinates": {"0": RING}},
            {"type": "MultiPolygon", "coordinates": [RING]},
            {"type": "MultiPolygon", "coordinates": [[]]},
            {"type": "MultiPolygon", "coordinates": []},
            {"type": "MultiPolygon", "coordinates": [[RING], None]},
            {"type": "MultiPolygon", "coordinates": 3},
        ],
        ids=lambda geometry: str(geometry)[:60],
    )
    def test_what_is_no_area_of_france_is_refused_in_french(self, geometry):
        with pytest.raises(GeoError) as refusal:
            polygon_rings(geometry)
        assert str(refusal.value).endswith(".")

    def test_too_many_positions_are_refused_in_one_ring_or_in_many(self):
        with pytest.raises(GeoError):
            polygon_rings(polygon(RING * (MAX_POSITIONS // 4 + 1)))
        with pytest.raises(GeoError, match="trop de points"):
            polygon_rings({"type": "MultiPolygon", "coordinates": [[RING]] * (MAX_POSITIONS // 4 + 1)})

    def test_a_nest_as_deep_as_json_goes_is_refused(self):
        with pytest.raises(GeoError):
            polygon_rings(polygon(json.loads("[" * 900 + "]" * 900)))

    @given(
        st.recursive(
            st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=3)),
            lambda inner: st.lists(inner, max_size=4),
            max_leaves=20,
        ),
        st.sampled_from(["Polygon", "MultiPolygon"]),
    )
    def test_whatever_comes_the_answer_is_closed_rings_or_a_refusal(self, coordinates, kind):
        try:
            polygons = polygon_rings({"type": kind, "coordinates": coordinates})
        except GeoError:
            return
        for ring in (ring for polygon in polygons for ring in polygon):
            assert ring[0] == ring[-1]
            assert all(isfinite(lon) and isfinite(lat) and is_in_france(lon, lat) for lon, lat in ring)
