"""What the map is drawn from: compact, true to the search beside it, and never a whole country at once."""

import json
import re

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.urls import reverse

from places.models import State
from tests.factories import (
    TOWN_HALL,
    CommuneFactory,
    DepartmentFactory,
    NeighbourhoodFactory,
    PlaceFactory,
    PlaceKindFactory,
    square,
)

pytestmark = pytest.mark.django_db
BREST = "-4.6,48.3,-4.4,48.5"


def answer(visit, name, **query):
    page = visit(name, **query)
    assert page.headers["Content-Type"] == "application/json"
    return json.loads(page.html)


class TestPoints:
    def test_are_six_values_each_and_a_count(self, visit):
        place = PlaceFactory(name="L’Escale", location=Point(-4.48612345, 48.39041234, srid=4326))
        assert answer(visit, "map-points") == {
            "count": 1,
            "points": [[place.pk, -4.48612, 48.39041, "L’Escale", "l-escale-brest", 0]],
        }

    def test_tell_an_epn_and_an_open_place_by_a_flag(self, visit):
        epn = PlaceKindFactory(code="EPN")
        for kinds, hours in ([epn], ""), ([], "24/7"), ([epn], "24/7"), ([], "Mo 09:00-10:00"):
            PlaceFactory(east_of=TOWN_HALL, kinds=kinds, opening_hours=hours)
        flags = [point[5] for point in answer(visit, "map-points")["points"]]
        assert sorted(flags) == [0, 1, 2, 3]

    def test_are_all_results_of_the_search_and_not_a_page_of_them(self, visit):
        for number in range(25):
            PlaceFactory(east_of=TOWN_HALL, by_m=number)
        quimper = CommuneFactory(insee_code="29232", name="Quimper")
        PlaceFactory(east_of=TOWN_HALL, commune=quimper)
        found = answer(visit, "map-points", commune="29019", page=2)
        assert found["count"] == len(found["points"]) == 25

    def test_leave_out_who_has_no_position_or_is_not_online(self, visit):
        PlaceFactory()
        PlaceFactory(east_of=TOWN_HALL, state=State.PENDING)
        assert answer(visit, "map-points") == {"count": 1, "points": []}

    def test_of_a_search_that_cannot_be_are_none(self, visit):
        PlaceFactory(east_of=TOWN_HALL)
        assert answer(visit, "map-points", lon="500", lat="3") == {"count": 0, "points": []}

    def test_hold_open_places_only_when_asked(self, visit):
        PlaceFactory(name="Ouvert", east_of=TOWN_HALL, opening_hours="24/7")
        PlaceFactory(name="Fermé", east_of=TOWN_HALL, opening_hours="Mo 09:00-10:00")
        PlaceFactory(name="Inconnu", east_of=TOWN_HALL)
        points = answer(visit, "map-points", open="1")["points"]
        assert [point[3] for point in points] == ["Ouvert"]


class TestBackground:
    def test_holds_departements_that_have_an_outline(self, visit):
        DepartmentFactory(area=square(half_m=50_000))
        DepartmentFactory(code="69", name="Rhône")
        (feature,) = answer(visit, "map-background")["features"]
        assert feature["properties"] == {"name": "Finistère"}
        assert feature["geometry"]["type"].endswith("Polygon")
        assert feature["geometry"]["coordinates"]

    def test_weighs_little(self, visit):
        DepartmentFactory(area=square(half_m=50_000))
        assert not re.search(r"\d\.\d{4,}", visit("map-background").html)


class TestOutlines:
    def test_of_neighbourhoods_in_the_box_lead_to_their_pages(self, visit):
        NeighbourhoodFactory(name="Recouvrance")
        NeighbourhoodFactory(name="Ailleurs", area=square(Point(2.3, 48.8, srid=4326)))
        (feature,) = answer(visit, "map-neighbourhoods", bbox=BREST)["features"]
        assert feature["properties"] == {
            "name": "Recouvrance",
            "url": "/quartiers/recouvrance/",
            "kind": "LIVED",
        }

    def test_of_communes_in_the_box_are_those_that_are_known(self, visit):
        CommuneFactory(area=square(half_m=4_000))
        CommuneFactory(insee_code="29232", name="Quimper")
        (feature,) = answer(visit, "map-communes", bbox=BREST)["features"]
        assert feature["properties"] == {"name": "Brest"}

    def test_of_the_former_generation_are_not_drawn(self, visit):
        NeighbourhoodFactory(kind="PRIORITY", generation=2015, code="QP029001")
        assert answer(visit, "map-neighbourhoods", bbox=BREST)["features"] == []

    @pytest.mark.parametrize("name", ["map-neighbourhoods", "map-communes"])
    @pytest.mark.parametrize(
        "bbox",
        [
            "",
            "1,2,3",
            "a,b,c,d",
            "-4.4,48.3,-4.6,48.5",
            "-5,42,8,51",
            "nan,nan,nan,nan",
            "0,0,1,1",
            "1e400,0,0,0",
        ],
    )
    def test_of_no_sound_box_or_of_all_of_france_are_none(self, name, bbox, visit):
        NeighbourhoodFactory()
        CommuneFactory(insee_code="29232", area=square())
        assert answer(visit, name, bbox=bbox)["features"] == []

    def test_with_holes_and_islands_keep_them(self, visit):
        outer, hole = square(half_m=2_000)[0].shell, square(half_m=500)[0].shell
        island = square(Point(-4.45, 48.45, srid=4326))[0]
        NeighbourhoodFactory(area=MultiPolygon(Polygon(outer, hole), island, srid=4326))
        (feature,) = answer(visit, "map-neighbourhoods", bbox=BREST)["features"]
        assert sorted(len(polygon) for polygon in feature["geometry"]["coordinates"]) == [1, 2]


class TestCaching:
    @pytest.mark.parametrize(
        ("name", "seconds"),
        [
            ("map-points", 60),  # who is open changes
            ("map-neighbourhoods", 3_600),
            ("map-background", 86_400),
            ("map-communes", 86_400),
        ],
    )
    def test_lasts_as_long_as_the_map_stays_true(self, name, seconds, client):
        assert f"max-age={seconds}" in client.get(reverse(name)).headers["Cache-Control"]
