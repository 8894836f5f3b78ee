"""What is new in a neighbourhood, as an Atom feed."""

import datetime as dt
from xml.etree import ElementTree

import pytest

from places.models import Closure, Occurrence, Workshop
from tests.factories import (
    TOWN_HALL,
    ClosureFactory,
    NeighbourhoodFactory,
    OccurrenceFactory,
    PlaceFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def neighbourhood():
    return NeighbourhoodFactory(name="Recouvrance")


def entries(page):
    assert page.status == 200
    assert page.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(page.html.encode()).findall(f"{ATOM}entry")


def titles(page):
    return [entry.find(f"{ATOM}title").text for entry in entries(page)]


def inside(title="Premiers clics", **values):
    place = PlaceFactory(name="L’Escale", east_of=TOWN_HALL)
    return OccurrenceFactory(workshop=WorkshopFactory(title=title, place=place), **values)


def dated(model, day):
    """As if it had been changed that day."""
    moment = dt.datetime(2026, 9, day, tzinfo=dt.UTC)
    model.objects.update(**{"created_at" if model is Workshop else "updated_at": moment})


class TestFeed:
    def test_tells_what_is_new_cancelled_moved_or_closed_the_latest_first(self, neighbourhood, visit):
        row = inside(status="CANCELLED", message="Grève")
        ClosureFactory(place=row.workshop.place, message="Travaux")
        dated(Workshop, 1)
        dated(Closure, 2)
        dated(Occurrence, 3)
        page = visit("neighbourhood-feed", neighbourhood.slug)
        assert titles(page) == [
            "Annulé\u00a0: Premiers clics",
            "Fermé\u00a0: L’Escale",
            "Nouveau\u00a0: Premiers clics",
        ]
        for words in ("mardi 8 septembre", "Grève", "Travaux"):
            assert words in page.html.lower() or words in page

    def test_tells_of_a_session_that_was_moved(self, neighbourhood, visit):
        row = inside()
        Occurrence.objects.update(starts_at=row.starts_at + dt.timedelta(hours=1))
        assert "Changé\u00a0: Premiers clics" in titles(visit("neighbourhood-feed", neighbourhood.slug))

    def test_leaves_out_what_is_elsewhere_or_over(self, neighbourhood, visit):
        OccurrenceFactory()
        inside("Passé", starts_at=dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC))
        assert titles(visit("neighbourhood-feed", neighbourhood.slug)) == []

    def test_names_each_piece_of_news_once_and_for_all(self, neighbourhood, visit):
        inside(status="CANCELLED")
        first, again = (entries(visit("neighbourhood-feed", neighbourhood.slug)) for _time in range(2))
        ids = [entry.find(f"{ATOM}id").text for entry in first]
        assert ids == [entry.find(f"{ATOM}id").text for entry in again]
        assert len(set(ids)) == 2

    def test_is_not_sent_again_to_who_has_it(self, neighbourhood, client):
        inside()
        path = f"/quartiers/{neighbourhood.slug}.atom"
        etag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 304

    def test_is_announced_on_the_page_of_the_neighbourhood(self, neighbourhood, visit):
        page = visit("neighbourhood", neighbourhood.slug)
        assert 'type="application/atom+xml" href="/quartiers/recouvrance.atom"' in page
        assert 'href="webcal://testserver/quartiers/recouvrance.ics"' in page

    def test_of_no_neighbourhood_is_not_there(self, visit):
        assert visit("neighbourhood-feed", "rien-de-tel").status == 404

    def test_is_asked_in_as_many_queries_for_many_as_for_few(
        self, neighbourhood, client, django_assert_max_num_queries
    ):
        for _row in range(12):
            row = inside(status="CANCELLED")
            ClosureFactory(place=row.workshop.place)
        with django_assert_max_num_queries(6):
            client.get(f"/quartiers/{neighbourhood.slug}.atom")
