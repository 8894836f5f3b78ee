"""Sheets of A4 for a wall: the poster of a session, the month of a place or of a neighbourhood."""

import datetime as dt
import re

import pytest

from tests.factories import (
    TOWN_HALL,
    NeighbourhoodFactory,
    OccurrenceFactory,
    PartnerFactory,
    PlaceFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    NeighbourhoodFactory(name="Recouvrance")
    place = PlaceFactory(name="L’Escale", address="1 rue Haute", phone="+33298000000", east_of=TOWN_HALL)
    return OccurrenceFactory(workshop=WorkshopFactory(title="Premiers clics", place=place))


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.html).split())


class TestPoster:
    def test_says_what_when_where_and_whom_to_call_with_a_code_to_scan(self, row, visit):
        page = visit("occurrence-poster", row.workshop.slug, row.slot)
        for words in (
            *("Premiers clics", "Mardi 8 septembre", "14\u00a0h – 16\u00a0h", "L’Escale", "1 rue Haute"),
            *("02\u00a098\u00a000\u00a000\u00a000", "<svg", f"http://testserver{row.get_absolute_url()}"),
        ):
            assert words in page

    def test_of_a_session_that_is_cancelled_says_so(self, row, visit):
        row.status, row.message = "CANCELLED", "Grève"
        row.save()
        text = text_of(visit("occurrence-poster", row.workshop.slug, row.slot))
        assert "Annulé Grève" in text
        assert "Sans inscription" not in text

    def test_of_a_session_held_elsewhere_says_where_and_by_whom(self, row, visit):
        host = PartnerFactory(name="Mission locale", address="2 rue Basse")
        type(row.workshop).objects.update(host_partner=host)
        text = text_of(visit("occurrence-poster", row.workshop.slug, row.slot))
        assert "Mission locale" in text
        assert "Proposé par L’Escale" in text

    def test_is_offered_on_the_page_of_the_session(self, row, visit):
        assert f'href="{row.get_absolute_url()}affiche/"' in visit("occurrence", row.workshop.slug, row.slot)


class TestMonth:
    def test_of_a_place_is_what_is_still_to_come(self, row, visit):
        for day in (1, 22, 29):
            OccurrenceFactory(workshop=row.workshop, starts_at=row.starts_at.replace(day=day))
        OccurrenceFactory(workshop=row.workshop, starts_at=row.starts_at.replace(month=10))
        OccurrenceFactory()
        page = visit("place-month", row.workshop.place.slug)
        assert [date.day for date, _rows in page.context["days"]] == [8, 22, 29]
        assert "septembre 2026" in page
        assert "02\u00a098\u00a000\u00a000\u00a000" in page

    def test_of_another_month_is_asked_for(self, row, visit):
        october = dt.datetime(2026, 10, 6, 12, tzinfo=dt.UTC)
        OccurrenceFactory(workshop=row.workshop, starts_at=october)
        page = visit("place-month", row.workshop.place.slug, month="2026-10")
        assert [date for date, _rows in page.context["days"]] == [dt.date(2026, 10, 6)]
        assert 'href="?month=2026-11"' in page
        assert visit("place-month", row.workshop.place.slug, month="demain").status == 200

    def test_of_a_neighbourhood_names_each_place(self, row, visit):
        page = visit("neighbourhood-month", "recouvrance")
        assert "Premiers clics , L’Escale" in text_of(page) or "Premiers clics, L’Escale" in text_of(page)
        assert "http://testserver/agenda/?neighbourhood=recouvrance" in page

    def test_strikes_what_is_cancelled(self, row, visit):
        row.status = "CANCELLED"
        row.save()
        assert 'class="poster__off"' in visit("place-month", row.workshop.place.slug)

    def test_without_a_session_says_so(self, visit):
        assert "Aucune séance annoncée ce mois-ci." in visit("place-month", PlaceFactory().slug)

    def test_says_how_many_it_has_no_room_for(self, row, visit):
        for day in range(9, 31):
            for hour in range(10):
                at = dt.datetime(2026, 9, day, 6 + hour, tzinfo=dt.UTC)
                OccurrenceFactory(workshop=row.workshop, starts_at=at)
        page = visit("place-month", row.workshop.place.slug)
        left = page.context["left_out"]
        assert left > 50
        assert f"Et {left} autres séances, à voir en ligne." in page

    @pytest.mark.parametrize("name", ["place-month", "neighbourhood-month"])
    def test_of_what_does_not_exist_is_not_there(self, name, visit):
        assert visit(name, "rien-de-tel").status == 404

    def test_is_asked_in_as_many_queries_for_many_as_for_few(
        self, row, client, django_assert_max_num_queries
    ):
        for day in range(9, 31):
            OccurrenceFactory(
                workshop=WorkshopFactory(place=row.workshop.place), starts_at=row.starts_at.replace(day=day)
            )
        with django_assert_max_num_queries(8):
            client.get(f"/lieux/{row.workshop.place.slug}/mois/")
        with django_assert_max_num_queries(8):
            client.get("/quartiers/recouvrance/mois/")
