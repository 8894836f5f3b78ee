"""Orienting somebody: choose, hand over, and keep nothing of the person."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from places.models import OrientationCount, State, UnmetNeed
from places.search import rebuild
from tests.factories import (
    TOWN_HALL,
    CommuneFactory,
    NeighbourhoodFactory,
    OccurrenceFactory,
    PartnerFactory,
    PlaceFactory,
    ServiceFactory,
    ThemeFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 9, 7)


@pytest.fixture
def press(client):
    """press("selection-change", add="place-1"): the page one comes to."""

    def post(name, follow=True, **fields):
        return client.post(reverse(name), fields, follow=follow)

    return post


def choices_of(response):
    return response.context["chosen"]


class TestChoosing:
    def test_begins_on_a_page_of_its_own_and_goes_on_to_what_is_searched(self, press, client):
        assert client.get(reverse("orientation")).status_code == 200
        response = press("orientation-start", q="imprimer  Brest", follow=False)
        assert response.url == f"{reverse('search')}?q=imprimer+Brest"

    def test_is_offered_on_each_card_from_then_on_and_to_nobody_else(self, press, client, visit):
        place = PlaceFactory(name="La Toile")
        rebuild()
        assert "Choisir" not in visit("search", q="toile")
        press("orientation-start")
        page = visit("search", q="toile")
        assert f'name="add" value="place-{place.pk}"' in page
        press("selection-change", add=f"place-{place.pk}")
        page = visit("search", q="toile")
        assert f'name="remove" value="place-{place.pk}"' in page
        assert "1 choix" in page

    @pytest.mark.parametrize(("choice", "spot"), [("place-12", "#lieu-12"), ("occurrence-7", "#seance-7")])
    def test_leads_back_to_the_page_and_the_line_where_one_was(self, choice, spot, client):
        here = "http://testserver/?q=toile&page=2"
        response = client.post(reverse("selection-change"), {"add": choice}, headers={"referer": here})
        assert response.url == f"{here}{spot}"

    def test_of_a_session_is_offered_wherever_one_reads_of_it(self, press, visit):
        area, host = NeighbourhoodFactory(), PartnerFactory()
        place = PlaceFactory(east_of=TOWN_HALL)
        workshop = WorkshopFactory(place=place, host_partner=host, title="Ma première souris")
        row = OccurrenceFactory(workshop=workshop)
        pages = [
            *(("agenda",), ("search",), ("place", place.slug), ("neighbourhood", area.slug)),
            *(("workshop", workshop.slug), ("partner", host.slug), ("occurrence", workshop.slug, row.slot)),
        ]
        button = f'name="add" value="occurrence-{row.pk}"'
        assert [page[0] for page in pages if button in visit(*page)] == []
        press("orientation-start")
        assert [page[0] for page in pages if button not in visit(*page)] == []
        press("selection-change", add=f"occurrence-{row.pk}")
        assert [page[0] for page in pages if button.replace("add", "remove") not in visit(*page)] == []

    def test_is_of_no_session_that_is_cancelled(self, press, visit):
        row = OccurrenceFactory(status="CANCELLED")
        press("orientation-start")
        assert f"occurrence-{row.pk}" not in visit("workshop", row.workshop.slug)

    @pytest.mark.parametrize("referer", ["https://example.org/", "javascript:alert(1)", "//example.org", ""])
    def test_leads_to_no_other_site(self, referer, client):
        response = client.post(reverse("selection-change"), {"add": "place-12"}, headers={"referer": referer})
        assert response.url == reverse("selection")

    @pytest.mark.parametrize("value", ["", "place-", "place-x", "place--1", "partner-1", "place-" + "9" * 99])
    def test_passes_over_what_is_no_choice(self, value, press, client):
        press("orientation-start")
        assert press("selection-change", add=value).status_code == 200

    def test_says_when_a_selection_is_full(self, press):
        press("orientation-start", places=".".join(map(str, range(1, 13))))
        response = press("selection-change", add="place-99")
        assert "Une sélection tient 12 choix" in response.content.decode()
        assert choices_of(response).count == 12

    def test_ends_without_leaving_a_trace(self, press, client):
        press("orientation-start", places="1")
        response = press("orientation-end")
        assert choices_of(response) is None
        assert settings.SESSION_COOKIE_NAME not in client.cookies or not (
            client.cookies[settings.SESSION_COOKIE_NAME].value
        )


class TestVisitors:
    @pytest.mark.parametrize("name", ["search", "orientation", "agenda"])
    def test_get_no_session_and_ask_for_none(self, name, client):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(name))
        assert settings.SESSION_COOKIE_NAME not in client.cookies
        assert not any("django_session" in query["sql"] for query in asked)


class TestSelection:
    def test_stands_in_the_address_and_is_read_by_whoever_has_it(self, visit):
        places = [PlaceFactory(name="La Toile"), PlaceFactory(name="Le Fil")]
        occurrence = OccurrenceFactory(workshop__title="Ma première souris")
        page = visit("selection", places=f"{places[1].pk}.{places[0].pk}", occurrences=str(occurrence.pk))
        assert [place for place, _message in page.context["places"]] == [places[1], places[0]]
        assert "Ma première souris" in page
        assert "Compléter cette sélection" in page

    def test_of_the_session_leads_to_its_address(self, press, client):
        place = PlaceFactory()
        press("selection-change", add=f"place-{place.pk}")
        response = client.get(reverse("selection"))
        assert response.url == f"{reverse('selection')}?places={place.pk}"
        assert "Chercher encore" in client.get(response.url).content.decode()

    def test_says_what_is_gone(self, visit):
        gone = PlaceFactory(state=State.ARCHIVED)
        over = OccurrenceFactory(starts_at=dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC))
        page = visit("selection", places=f"{PlaceFactory().pk}.{gone.pk}", occurrences=str(over.pk))
        assert "2 choix ne sont plus proposés" in page

    def test_that_is_empty_says_how_to_begin(self, visit):
        page = visit("selection")
        assert "Rien n’est encore choisi" in page
        assert reverse("orientation") in page

    @pytest.mark.parametrize("value", ["0", "²", "9" * 400, "'; DROP TABLE", "1.2.x"])
    def test_answers_whatever_is_asked(self, value, visit):
        assert visit("selection", places=value, occurrences=value).status == 200
        assert visit("slip", places=value, occurrences=value).status == 200

    def test_asks_as_much_of_the_database_for_six_places_as_for_two(self, client):
        def queries(count):
            keys = ".".join(str(PlaceFactory().pk) for _n in range(count))
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("selection"), {"places": keys})
            return len(asked)

        assert queries(2) == queries(6)

    def test_gives_a_message_for_each_choice_and_one_mail_for_all(self, visit):
        place = PlaceFactory(name="La Toile", phone="+33298000001")
        occurrence = OccurrenceFactory(workshop__title="Ma première souris")
        page = visit("selection", places=str(place.pk), occurrences=str(occurrence.pk))
        [[_place, message]] = page.context["places"]
        assert message.splitlines()[:2] == ["La Toile", "02 98 00 00 01"]
        [[_row, told]] = page.context["occurrences"]
        assert told.startswith("Ma première souris\n")
        assert len(told) <= 160
        mail = page.context["mail"]
        assert "La Toile" in mail["text"]
        assert "Ma première souris" in mail["text"]
        assert f"places={place.pk}" in mail["text"]
        assert mail["link"].startswith("mailto:?subject=")

    def test_is_no_page_for_search_engines(self, visit):
        assert '<meta name="robots" content="noindex">' in visit("selection")


class TestSlip:
    def test_has_a_sheet_for_each_choice_with_all_one_needs_to_go_there(self, visit):
        place = PlaceFactory(name="La Toile", phone="+33298000001", opening_hours="Mo 09:00-12:00")
        occurrence = OccurrenceFactory(
            workshop__title="Ma première souris", workshop__what_to_bring="Un stylo"
        )
        page = visit("slip", places=str(place.pk), occurrences=str(occurrence.pk))
        assert page.html.count('<article class="sheet">') == 2
        for words in (
            "La Toile",
            "02\u00a098\u00a000\u00a000\u00a001",
            "Ma première souris",
            "Un stylo",
            "demandez le médiateur",
        ):
            assert words in page
        assert page.html.count("<h1") == 1
        assert page.html.count("<svg") >= 2

    def test_is_counted_when_it_is_made_and_not_when_it_is_looked_at(self, press, visit):
        place, theme, area = PlaceFactory(), ThemeFactory(code="emploi"), NeighbourhoodFactory()
        for _time in range(2):
            press("slip-make", places=place.pk, theme="emploi", neighbourhood=area.slug)
        visit("slip", places=str(place.pk))
        count = OrientationCount.objects.get()
        assert (count.week, count.theme, count.neighbourhood, count.count) == (MONDAY, theme, area, 2)

    def test_is_made_without_a_word_on_the_person(self, press):
        place = PlaceFactory()
        response = press("slip-make", places=place.pk, theme="", neighbourhood="")
        assert response.redirect_chain[-1][0] == f"{reverse('slip')}?places={place.pk}"
        count = OrientationCount.objects.get()
        assert (count.theme, count.neighbourhood, count.count) == (None, None, 1)

    def test_of_a_made_up_axis_or_of_nothing_is_not_counted(self, press):
        assert press("slip-make", places=PlaceFactory().pk, theme="x").status_code == 200
        assert press("slip-make", places="", theme="").status_code == 200
        assert not OrientationCount.objects.exists()

    def test_offers_the_neighbourhoods_of_the_towns_of_its_places(self, visit):
        area = NeighbourhoodFactory(name="Bellevue")
        NeighbourhoodFactory(name="Planoise", communes=[CommuneFactory(insee_code="25056", name="Besançon")])
        place = PlaceFactory(commune=area.communes.get())
        options = visit("selection", places=str(place.pk)).html
        assert "Bellevue</option>" in options
        assert "Planoise" not in options


class TestUnmetNeeds:
    def test_are_counted_by_help_territory_and_half_day(self, press):
        service, area = ServiceFactory(code="aide", name="Une aide"), NeighbourhoodFactory(name="Bellevue")
        rebuild()
        for _time in range(2):
            response = press("unmet-need", service="aide", where="bellevue brest", half_day="mercredi-soir")
        need = UnmetNeed.objects.get()
        assert (need.week, need.service, need.neighbourhood) == (MONDAY, service, area)
        assert (need.commune, need.half_day, need.count) == (area.communes.get(), "mercredi-soir", 2)
        assert "Merci. Ce besoin est compté" in response.content.decode()

    def test_of_a_town_are_counted_there(self, press):
        ServiceFactory(code="aide")
        commune = CommuneFactory()
        rebuild()
        press("unmet-need", service="aide", where=commune.name)
        assert (UnmetNeed.objects.get().commune, UnmetNeed.objects.get().neighbourhood) == (commune, None)

    def test_that_say_too_little_are_asked_for_again_with_what_was_said(self, press):
        ServiceFactory(code="aide", name="Une aide")
        response = press("unmet-need", service="", where="Zzyzxville", half_day="")
        html = response.content.decode()
        assert response.status_code == 400
        assert "Choisissez une aide." in html
        assert "Nous ne connaissons pas ce nom" in html
        assert 'value="Zzyzxville"' in html
        assert not UnmetNeed.objects.exists()


class TestForgery:
    @pytest.mark.parametrize("name", ["orientation-start", "selection-change", "slip-make", "unmet-need"])
    def test_is_refused(self, name):
        assert Client(enforce_csrf_checks=True).post(reverse(name), {"add": "place-1"}).status_code == 403


class TestPrivacy:
    def test_no_private_contact_is_on_a_slip(self, visit):
        occurrence = OccurrenceFactory(workshop__host_partner=PartnerFactory())
        contact = occurrence.workshop.host_partner.contacts.create(function="Direction", phone="+33298000099")
        page = visit("slip", occurrences=str(occurrence.pk))
        assert re.search(r"02\s98\s00\s00\s99", page.html) is None
        assert contact.pk
