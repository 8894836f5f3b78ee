"""Calendars to add or to follow."""

import datetime as dt

import icalendar
import pytest

from tests.factories import (
    TOWN_HALL,
    CommuneFactory,
    NeighbourhoodFactory,
    OccurrenceFactory,
    PartnerFactory,
    PlaceFactory,
    ThemeFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    NeighbourhoodFactory(name="Recouvrance")
    place = PlaceFactory(name="L’Escale", east_of=TOWN_HALL)
    return OccurrenceFactory(workshop=WorkshopFactory(title="Premiers clics", place=place))


def titles(page):
    assert page.status == 200
    assert page.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return [str(event["summary"]) for event in icalendar.Calendar.from_ical(page.html).walk("VEVENT")]


class TestCalendars:
    def test_are_of_a_session_a_workshop_or_a_place(self, row, visit):
        workshop = row.workshop
        OccurrenceFactory(workshop=workshop, starts_at=row.starts_at + dt.timedelta(days=7))
        OccurrenceFactory()
        assert titles(visit("occurrence-calendar", workshop.slug, row.slot)) == ["Premiers clics"]
        assert titles(visit("workshop-calendar", workshop.slug)) == ["Premiers clics"] * 2
        assert titles(visit("place-calendar", workshop.place.slug)) == ["Premiers clics"] * 2

    def test_are_of_a_neighbourhood_or_a_commune(self, row, visit):
        PlaceFactory(commune=CommuneFactory(insee_code="29232", name="Quimper"))
        page = visit("neighbourhood-calendar", "recouvrance")
        assert titles(page) == ["Premiers clics"]
        assert icalendar.Calendar.from_ical(page.html)["name"] == "Ateliers numériques, Recouvrance"
        assert titles(visit("commune-calendar", "29019")) == ["Premiers clics"]
        assert titles(visit("commune-calendar", "29232")) == []

    def test_are_of_a_search_asked_like_the_agenda(self, row, visit):
        theme = ThemeFactory(code="emploi")
        OccurrenceFactory(workshop=WorkshopFactory(title="CV", themes=[theme]))
        assert titles(visit("agenda-calendar", theme="emploi")) == ["CV"]
        assert titles(visit("agenda-calendar", day="2026-09-09")) == []

    def test_keep_the_last_month_and_what_is_cancelled(self, visit):
        for days in (-40, -20):
            at = dt.datetime(2026, 9, 8, 12, tzinfo=dt.UTC) + dt.timedelta(days=days)
            OccurrenceFactory(workshop=WorkshopFactory(title=f"{days}"), starts_at=at)
        OccurrenceFactory(workshop=WorkshopFactory(title="Clics"), status="CANCELLED")
        assert titles(visit("agenda-calendar")) == ["-20", "Annulé\u00a0: Clics"]

    def test_that_cannot_be_read_are_refused_in_french(self, visit):
        page = visit("agenda-calendar", day="demain")
        assert page.status == 400
        assert page.html == "Choisissez une date, par exemple 24/12/2026."

    @pytest.mark.parametrize("name", ["workshop-calendar", "place-calendar", "neighbourhood-calendar"])
    def test_of_what_does_not_exist_are_not_there(self, name, visit):
        assert visit(name, "rien-de-tel").status == 404

    def test_of_what_is_not_online_are_not_there(self, row, visit):
        type(row.workshop).objects.update(state="DRAFT")
        assert visit("workshop-calendar", row.workshop.slug).status == 404
        assert visit("occurrence-calendar", row.workshop.slug, row.slot).status == 404
        assert titles(visit("place-calendar", row.workshop.place.slug)) == []

    def test_are_not_sent_again_to_who_has_them(self, row, client):
        first = client.get("/agenda.ics")
        etag = first.headers["ETag"]
        again = client.get("/agenda.ics", headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert "max-age=900" in first.headers["Cache-Control"]
        row.status = "CANCELLED"
        row.save()
        assert client.get("/agenda.ics", headers={"If-None-Match": etag}).status_code == 200
        row.delete()
        assert client.get("/agenda.ics", headers={"If-None-Match": etag}).status_code == 200

    def test_are_asked_in_as_many_queries_for_many_as_for_few(self, client, django_assert_max_num_queries):
        for _row in range(10):
            OccurrenceFactory()
            OccurrenceFactory(workshop=WorkshopFactory(host_partner=PartnerFactory()))
        with django_assert_max_num_queries(4):
            assert client.get("/agenda.ics").content.count(b"BEGIN:VEVENT") == 20


class TestLinks:
    def test_follow_the_search_that_is_shown(self, row, visit):
        page = visit("agenda", free="1", page="1")
        assert 'href="webcal://testserver/agenda.ics?free=1"' in page
        assert "http://testserver/agenda.ics?free=1" in page

    def test_follow_a_workshop_or_a_place(self, row, visit):
        path = f"/ateliers/{row.workshop.slug}.ics"
        assert f'href="webcal://testserver{path}"' in visit("workshop", row.workshop.slug)
        path = f"/lieux/{row.workshop.place.slug}.ics"
        assert f'href="webcal://testserver{path}"' in visit("place", row.workshop.place.slug)

    def test_add_one_session(self, row, visit):
        page = visit("occurrence", row.workshop.slug, row.slot)
        assert f'href="/ateliers/{row.workshop.slug}/{row.slot}.ics"' in page
        assert "Ajouter à mon agenda" in page
