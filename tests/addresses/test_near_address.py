"""A search near an address, from the page: what is asked of the service, what the visitor reads."""

import pytest
from django.contrib.gis.geos import Point

from places.search import rebuild
from tests.addresses.service import SIAM, feature
from tests.factories import TOWN_HALL, CommuneFactory, PlaceFactory

LABEL, LON, LAT = SIAM
HOUSE = Point(LON, LAT, srid=4326)
FAR = ("12 Rue de Siam 75016 Paris", 2.27, 48.86)


@pytest.fixture
def places(db):
    """A library, and nearer to the rue de Siam a place that is none, in the town of Brest."""
    CommuneFactory(location=TOWN_HALL, population=140_000)
    library = PlaceFactory(name="Médiathèque", east_of=HOUSE, by_m=600, completeness=90)
    nearer = PlaceFactory(name="Le Comptoir", east_of=HOUSE, by_m=200, completeness=10)
    rebuild()
    return [nearer, library]


@pytest.fixture
def look(client):
    """look("12 rue de Siam", …): what the page of results was made of."""

    def look(q, **fields):
        return client.get("/", {"q": q, **fields})

    return look


def names(response):
    return [place.name for place in response.context["page"]]


def chips(response):
    return [part["label"] for part in response.context["understood"]["parts"]]


class TestFound:
    def test_the_nearest_place_comes_first_with_its_distance(self, places, service, look):
        response = look("12 rue de Siam Brest")
        assert names(response) == ["Le Comptoir", "Médiathèque"]
        assert [round(place.distance_m, -2) for place in response.context["page"]] == [200, 600]

    def test_the_address_is_shown_with_a_way_to_take_it_off(self, places, service, look):
        response = look("médiathèque 12 rue de Siam, Brest")
        assert chips(response) == ["Mediatheque", f"Près de\u00a0: {LABEL}"]
        assert names(response) == ["Médiathèque"]
        address = response.context["understood"]["parts"][1]
        assert address["remove_url"] == "/?q=m%C3%A9diath%C3%A8que"

    def test_the_service_is_told_the_address_alone(self, places, service, look):
        look("médiathèque 12 rue de Siam Brest", lon=LON, lat=LAT)
        ((fields, _headers),) = service.asked
        assert fields["q"] == "12 rue de siam brest"
        assert (fields["lon"], fields["lat"]) == ("-4.49", "48.39")  # of the town that is named

    def test_the_map_shows_the_same_places_without_a_second_question(self, places, service, client, look):
        look("12 rue de Siam Brest")
        points = client.get("/carte/points.json", {"q": "12 rue de Siam Brest"}).json()
        assert points["count"] == 2
        assert len(service.asked) == 1

    def test_the_address_counts_for_more_than_the_position_of_before(self, places, service, look):
        response = look("12 rue de Siam Brest", lon="2.35", lat="48.85")
        assert names(response) == ["Le Comptoir", "Médiathèque"]
        assert response.context["chips"] == []

    def test_other_towns_with_such_a_street_are_one_link_away(self, places, service, look):
        service.answers(feature(*SIAM), feature(*FAR), feature("13 Rue de Siam 29200 Brest", LON, LAT))
        response = look("médiathèque rue de Siam")
        (other,) = response.context["understood"]["others"]
        assert other["label"] == "12 Rue de Siam 75016 Paris"
        assert "12+Rue+de+Siam+75016+Paris" in other["url"]


class TestNotFound:
    def test_a_street_of_another_town_is_not_taken_for_the_one_named(self, places, service, look):
        service.answers(feature(*FAR))
        response = look("12 rue de Siam Brest")
        assert chips(response) == ["Brest (29)"]
        assert len(names(response)) == 2
        assert "Nous ne trouvons pas l’adresse" in response.content.decode()

    def test_another_street_of_the_town_is_not_taken_for_the_one_named(self, places, service, look):
        service.answers(feature("12 Rue du Tilleul 29200 Brest", LON, LAT))
        assert (
            look("12 rue de Siam Brest").context["understood"]["missed_street"]["typed"] == "12 rue de Siam"
        )

    def test_what_the_service_only_guesses_is_not_taken(self, places, service, look):
        service.answers(feature(*SIAM, score=0.3))
        assert look("12 rue de Siam Brest").context["understood"]["missed_street"]


class TestUnreachable:
    def test_the_town_is_still_understood_and_the_page_says_what_is_not(self, places, service, look):
        service.answers(status=500)
        response = look("12 rue de la République Brest")
        assert chips(response) == ["Brest (29)"]
        assert len(names(response)) == 2
        assert "«\u00a012 rue de la République\u00a0» en ce moment" in response.content.decode()
        assert "Voici les lieux" in response.content.decode()

    def test_a_postcode_and_what_is_asked_for_are_still_understood(self, places, service, look):
        service.answers(status=500)
        response = look("médiathèque rue de Siam 29200")
        assert chips(response) == ["Mediatheque", "29200"]
        assert names(response) == ["Médiathèque"]

    def test_words_of_a_street_without_a_town_are_looked_for_in_the_listings(self, service, look, db):
        service.answers(status=500)
        PlaceFactory(name="Le Comptoir", address="12 rue de Siam")
        rebuild()
        assert names(look("12 rue de Siam")) == ["Le Comptoir"]


class TestNotAsked:
    @pytest.mark.parametrize("q", ["Brest", "médiathèque Brest", "29200", "Comptoir"])
    def test_for_what_our_own_index_understands(self, q, places, service, look):
        look(q)
        assert service.asked == []

    def test_when_no_service_is_configured(self, places, service, look, settings):
        settings.ADDRESS_URL = ""
        response = look("12 rue de Siam Brest")
        assert service.asked == []
        assert response.context["understood"]["missed_street"] is None


@pytest.mark.django_db
class TestPrivacyPage:
    def test_names_the_service_and_what_it_is_told(self, client, settings):
        settings.ADDRESS_URL = "https://data.geopf.fr/geocodage/search"
        assert "(data.geopf.fr)" in client.get("/vie-privee/").content.decode()

    def test_says_nothing_of_a_service_that_is_not_asked(self, client, settings):
        settings.ADDRESS_URL = ""
        assert "service national" not in client.get("/vie-privee/").content.decode()
