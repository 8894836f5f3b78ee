"""Places of a box as GeoJSON: what a search says, for other programs and for the map."""

import json

import pytest
from django.contrib.gis.geos import Point

from places.models import Place, State
from places.search import reindex
from tests.factories import TOWN_HALL, CommuneFactory, PlaceFactory, PlaceKindFactory

pytestmark = pytest.mark.django_db
BREST = "-4.6,48.3,-4.4,48.5"


@pytest.fixture
def ask(visit):
    def features(**query):
        page = visit("map-features", **query)
        assert page.status == 200, page.html
        assert page.headers["Content-Type"] == "application/geo+json"
        return json.loads(page.html)

    return features


def names(collection):
    return [feature["properties"]["name"] for feature in collection["features"]]


class TestFeatures:
    def test_say_where_a_place_is_how_it_is_called_and_where_its_page_is(self, ask):
        place = PlaceFactory(
            name="L’Escale", location=Point(-4.486, 48.39, srid=4326), phone="+33298000000", address="2 rue X"
        )
        assert ask(bbox=BREST) == {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "id": place.pk,
                    "geometry": {"type": "Point", "coordinates": [-4.486, 48.39]},
                    "properties": {
                        "name": "L’Escale",
                        "url": "/lieux/l-escale-brest/",
                        "address": "2 rue X",
                        "postcode": place.postcode,
                        "city": place.city,
                        "phone": "+33298000000",
                    },
                }
            ],
            "numberReturned": 1,
            "isComplete": True,
        }

    def test_are_those_of_the_box_that_are_online(self, ask):
        PlaceFactory(name="Ici", east_of=TOWN_HALL)
        PlaceFactory(name="Loin", east_of=TOWN_HALL, by_m=60_000)
        PlaceFactory(name="Nulle part")
        PlaceFactory(name="En attente", east_of=TOWN_HALL, state=State.PENDING)
        assert names(ask(bbox=BREST)) == ["Ici"]

    def test_are_those_of_all_the_country_when_nothing_is_asked(self, ask):
        PlaceFactory(name="Brest", east_of=TOWN_HALL)
        PlaceFactory(name="Nouméa", location=Point(166.44, -22.27, srid=4326))
        PlaceFactory(name="Nulle part")
        assert sorted(names(ask())) == ["Brest", "Nouméa"]

    def test_are_the_fullest_first_and_say_when_there_are_more(self, ask):
        for number in range(4):
            PlaceFactory(name=f"Lieu {number}", east_of=TOWN_HALL, by_m=number)
        PlaceFactory(name="Complet", east_of=TOWN_HALL, phone="+33298000000", address="2 rue X")
        found = ask(bbox=BREST, limit=3)
        assert names(found)[0] == "Complet"
        assert (found["numberReturned"], len(found["features"]), found["isComplete"]) == (3, 3, False)
        assert ask(bbox=BREST, limit=5)["isComplete"]

    def test_are_the_same_whether_the_box_is_asked_alone_or_with_a_search(self, ask):
        for number in range(12):
            PlaceFactory(east_of=TOWN_HALL, by_m=number * 1_500, kinds=[PlaceKindFactory(code="EPN")])
        PlaceFactory()
        reindex(list(Place.objects.all()))
        alone, searched = ask(bbox=BREST), ask(bbox=BREST, kind="EPN")
        assert 0 < len(alone["features"]) < 12
        by_id = sorted(alone["features"], key=lambda feature: feature["id"])
        assert by_id == sorted(searched["features"], key=lambda feature: feature["id"])

    def test_answer_the_query_string_of_the_search(self, ask):
        PlaceFactory(name="Ouvert", east_of=TOWN_HALL, opening_hours="24/7")
        PlaceFactory(name="Fermé", east_of=TOWN_HALL, opening_hours="Mo 09:00-10:00")
        PlaceFactory(name="Ailleurs", commune=CommuneFactory(insee_code="29232"), opening_hours="24/7")
        assert names(ask(bbox=BREST, open="1")) == ["Ouvert"]
        assert names(ask(open="1", commune="29019")) == ["Ouvert"]

    def test_are_the_nearest_first_around_a_position(self, ask):
        for by_m in (900, 100, 500):
            PlaceFactory(name=f"{by_m}", east_of=TOWN_HALL, by_m=by_m)
        found = ask(lon=TOWN_HALL.x, lat=TOWN_HALL.y, limit=2)
        assert (names(found), found["isComplete"]) == (["100", "500"], False)

    def test_are_looked_for_further_and_further_from_a_position_as_far_as_the_search_would(self, ask):
        for by_m in (300, 5_000, 20_000, 29_000, 31_000):
            PlaceFactory(name=f"{by_m}", east_of=TOWN_HALL, by_m=by_m)
        around = {"lon": TOWN_HALL.x, "lat": TOWN_HALL.y}
        assert names(ask(**around)) == ["300", "5000", "20000", "29000"]
        assert names(ask(**around, radius=100_000))[-1] == "31000"
        assert names(ask(**around, radius=6_000)) == ["300", "5000"]
        assert names(ask(**around, radius=6_000, sort="distance")) == ["300", "5000"]
        assert names(ask(**around, bbox=BREST, limit=1)) == ["300"]

    def test_around_a_position_take_a_query_for_each_reach(self, ask, django_assert_num_queries):
        PlaceFactory(east_of=TOWN_HALL, by_m=100)
        for limit, queries in ((1, 3), (100, 3)):
            with django_assert_num_queries(queries):
                ask(lon=TOWN_HALL.x, lat=TOWN_HALL.y, limit=limit)
        PlaceFactory(east_of=TOWN_HALL, by_m=200)
        with django_assert_num_queries(1):
            ask(lon=TOWN_HALL.x, lat=TOWN_HALL.y, limit=1)

    def test_are_those_of_the_keys_that_are_asked(self, ask):
        one, _two, three = [PlaceFactory(east_of=TOWN_HALL, by_m=by_m) for by_m in (0, 10, 20)]
        hidden = PlaceFactory(east_of=TOWN_HALL, state=State.ARCHIVED)
        found = ask(ids=f"{one.pk},{three.pk},{hidden.pk},999999999999")
        assert {feature["id"] for feature in found["features"]} == {one.pk, three.pk}

    def test_of_a_box_are_read_in_one_query(self, ask, django_assert_num_queries):
        for number in range(30):
            PlaceFactory(east_of=TOWN_HALL, by_m=number)
        with django_assert_num_queries(1):
            ask(bbox=BREST)

    def test_that_did_not_change_are_not_sent_again(self, client):
        place = PlaceFactory(east_of=TOWN_HALL)
        first = client.get("/carte/lieux.geojson", {"bbox": BREST})
        known = {"If-None-Match": first.headers["ETag"]}
        again = client.get("/carte/lieux.geojson", {"bbox": BREST}, headers=known)
        assert (again.status_code, again.content) == (304, b"")
        place.name = "Un autre nom"
        place.save()
        assert client.get("/carte/lieux.geojson", {"bbox": BREST}, headers=known).status_code == 200


class TestRefusals:
    @pytest.mark.parametrize(
        ("query", "field", "words"),
        [
            ({"bbox": "1,2,3"}, "bbox", "ouest,sud,est,nord"),
            ({"bbox": "a,b,c,d"}, "bbox", "ouest,sud,est,nord"),
            ({"bbox": "nan,nan,nan,nan"}, "bbox", "d’ouest en est"),
            ({"bbox": "-4.4,48.3,-4.6,48.5"}, "bbox", "d’ouest en est"),
            ({"bbox": "-4.6,48.3,1e400,48.5"}, "bbox", "d’ouest en est"),
            ({"limit": "1001"}, "limit", "1000"),
            ({"limit": "0"}, "limit", "1"),
            ({"ids": "1,a"}, "ids", "virgules"),
            ({"ids": "²"}, "ids", "virgules"),
            ({"ids": ",".join("9" * 401)}, "ids", "400"),
            ({"lon": "500", "lat": "3"}, "__all__", "degrés"),
            ({"commune": "99999"}, "commune", "choix"),
        ],
    )
    def test_say_in_french_what_cannot_be_asked(self, visit, query, field, words):
        page = visit("map-features", **query)
        assert page.status == 400
        (message,) = json.loads(page.html)["errors"][field]
        assert words in message


class TestPointsByKey:
    def test_have_names_for_those_that_the_map_draws(self, visit):
        place, _other = PlaceFactory(east_of=TOWN_HALL), PlaceFactory(east_of=TOWN_HALL)
        found = json.loads(visit("map-points", ids=str(place.pk)).html)
        assert [(point[0], point[3], point[4]) for point in found["points"]] == [
            (place.pk, place.name, place.slug)
        ]
