"""When no listing of a town speaks of what is asked: its places all the same, and those beyond that do."""

import datetime as dt

import pytest

from places.models import Place
from places.search import rebuild, search
from tests.factories import TOWN_HALL, CommuneFactory, PlaceFactory, beside

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 9, 8, 12, tzinfo=dt.UTC)


@pytest.fixture
def here():
    brest = CommuneFactory(name="Brest", location=TOWN_HALL)
    return PlaceFactory(name="La Maison", commune=brest, location=TOWN_HALL)


def ask(q):
    rebuild()
    return search(Place.objects.published(), at=NOON, q=q)


class TestUnmet:
    def test_the_places_of_the_town_are_shown_and_it_is_said(self, here):
        other_town = CommuneFactory(insee_code="29103", name="Landerneau")
        PlaceFactory(name="Le Phare", commune=other_town, location=beside(TOWN_HALL, east_m=9_000))
        beyond = PlaceFactory(
            name="Le Relais",
            commune=other_town,
            has_printing=True,
            location=beside(TOWN_HALL, east_m=15_000),
        )

        results = ask("imprimer brest")

        assert results.is_unmet
        assert results.pks == [here.pk]
        # Nearest of those that do, not nearest of all.
        assert [pk for pk, _metres in results.nearby] == [beyond.pk]

    def test_who_does_it_is_found_however_many_nearer_ones_do_not(self, here):
        other_town = CommuneFactory(insee_code="29103", name="Landerneau")
        for number in range(12):
            PlaceFactory(
                name=f"Ailleurs {number}",
                commune=other_town,
                location=beside(TOWN_HALL, east_m=9_000 + number),
            )
        beyond = PlaceFactory(
            name="Le Relais",
            commune=other_town,
            has_printing=True,
            location=beside(TOWN_HALL, east_m=60_000),
        )
        assert [pk for pk, _metres in ask("imprimer brest").nearby] == [beyond.pk]

    def test_nobody_is_said_to_do_it_where_nobody_does(self, here):
        other_town = CommuneFactory(insee_code="29103", name="Landerneau")
        PlaceFactory(name="Le Phare", commune=other_town, location=beside(TOWN_HALL, east_m=9_000))
        results = ask("imprimer brest")
        assert results.is_unmet
        assert results.nearby == []

    def test_a_place_of_the_town_that_does_it_comes_alone(self, here):
        able = PlaceFactory(name="Le Relais", commune=here.commune, has_printing=True, location=TOWN_HALL)
        results = ask("imprimer brest")
        assert not results.is_unmet
        assert results.pks == [able.pk]

    def test_words_that_mean_nothing_without_a_place_find_nothing(self, here):
        results = ask("xyzzyx")
        assert not results.is_unmet
        assert results.pks == []


class TestUnmetNextDoor:
    def ask(self, **asked):
        rebuild()
        at = {"position": TOWN_HALL.coords, "q": "imprimer", **asked}
        return search(Place.objects.published(), at=NOON, **at)

    @pytest.fixture
    def far(self):
        return PlaceFactory(name="Le Relais", has_printing=True, location=beside(TOWN_HALL, east_m=20_000))

    def test_who_is_next_door_comes_before_who_does_it_in_another_town(self, here, far):
        results = self.ask()
        assert results.is_unmet
        assert results.pks == [here.pk]
        assert [pk for pk, _metres in results.nearby] == [far.pk]

    def test_as_far_as_one_asked_who_does_it_comes_alone(self, here, far):
        results = self.ask(radius=25_000)
        assert not results.is_unmet
        assert results.pks == [far.pk]

    def test_where_nobody_is_next_door_who_does_it_comes_however_far(self, far):
        assert self.ask().pks == [far.pk]
