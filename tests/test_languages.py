"""The site in seven languages: the address says which, and nothing of a listing is translated by itself."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from places.models import Service, read_filter_lists, read_short_lists
from places.search import rebuild
from places.templatetags import display
from tests.factories import OccurrenceFactory, PlaceFactory, ServiceFactory
from tests.messages import LANGUAGES, catalogue, messages

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
OTHERS = [code for code, _name in settings.LANGUAGES if code != "fr"]


class TestAddresses:
    def test_are_those_of_french_without_a_prefix_whatever_the_browser_prefers(self, client):
        response = client.get("/", headers={"accept-language": "en-GB,en;q=0.9"})
        assert '<html lang="fr">' in response.content.decode()
        assert "set-cookie" not in {name.lower() for name in response.headers}

    @pytest.mark.parametrize("code", OTHERS)
    @pytest.mark.parametrize("path", ["/", "/?q=imprimer", "/quartiers/", "/agenda/", "/aide/", "/orienter/"])
    def test_begin_with_the_language(self, code, path, client):
        html = client.get(f"/{code}{path}", headers={"accept-language": "fr"}).content.decode()
        assert f'<html lang="{code}"' in html
        assert ('dir="rtl"' in html.partition("<head>")[0]) == (code == "ar")

    def test_lead_to_pages_of_the_same_language(self, client):
        with override("en"):
            place = PlaceFactory()
            assert place.get_absolute_url().startswith("/en/lieux/")
        html = client.get(f"/en/lieux/{place.slug}/").content.decode()
        assert 'href="/en/quartiers/"' in html
        assert 'href="/quartiers/"' not in html

    @pytest.mark.parametrize("name", ["map-points", "health", "robots", "offline-worker", "manifest"])
    def test_of_machines_are_the_same_for_all(self, name):
        with override("en"):
            assert not reverse(name).startswith("/en/")

    def test_of_the_admin_are_french(self, client):
        assert client.get("/en/admin/").status_code == 404


class TestChoice:
    def test_leads_to_the_same_page_and_question_by_the_name_its_speakers_give(self, client):
        html = client.get("/ar/agenda/?when=week").content.decode()
        for code, name in settings.LANGUAGES:
            prefix = "" if code == "fr" else f"/{code}"
            if code != "ar":
                assert f'<a href="{prefix}/agenda/?when=week" lang="{code}" hreflang="{code}"' in html
            assert name in html

    def test_says_what_is_written_once_for_each_language_in_the_language_of_the_page(self, client):
        for path, word in [("/aide/", "Vie privée"), ("/en/aide/", "Privacy"), ("/aide/", "Vie privée")]:
            assert f">{word}</a>" in client.get(path).content.decode()

    def test_is_told_to_search_engines(self, client):
        html = client.get("/aide/").content.decode()
        assert '<link rel="alternate" hreflang="uk" href="http://testserver/uk/aide/">' in html
        assert '<link rel="alternate" hreflang="fr" href="http://testserver/aide/">' in html

    def test_does_not_trust_what_an_address_holds(self, client):
        html = client.get('/en/?q="><script>alert(1)</script>').content.decode()
        assert "<script>alert" not in html


class TestNames:
    @pytest.fixture
    def service(self):
        """A help whose name the English catalogue has."""
        name = "Éviter les arnaques, protéger ses comptes"
        assert catalogue("en")[(name, "", "")][0]
        return ServiceFactory(code="utilisation-securisee-du-numerique", name=name)

    def test_of_the_lists_are_in_the_language_of_the_page(self, service):
        english = catalogue("en")[(service.name, "", "")][0]
        with override("en"):
            assert Service.objects.get().name == english
            assert list(Service.objects.values_list("name", flat=True)) == [english]
            assert read_filter_lists()["service"][0].name == english
            place = PlaceFactory()
            place.services.add(service)
            read_short_lists([place])
            assert place.services.all()[0].name == english
        with override("fr"):
            assert Service.objects.get().name == service.name

    def test_that_an_editor_adds_are_shown_as_written(self):
        ServiceFactory(name="Réparer son vélo électrique")
        with override("uk"):
            assert Service.objects.get().name == "Réparer son vélo électrique"

    def test_of_listings_stay_french_and_say_so(self, client):
        place = PlaceFactory(name="La Toile", summary="Un lieu pour tous.")
        html = client.get(f"/en/lieux/{place.slug}/").content.decode()
        assert '<h1 data-epn-say lang="fr" dir="ltr">La Toile</h1>' in html
        assert '<p class="lead" lang="fr" dir="ltr">Un lieu pour tous.</p>' in html
        assert 'lang="fr" dir="ltr"' not in client.get(f"/lieux/{place.slug}/").content.decode()


class TestDates:
    @pytest.mark.parametrize(
        ("code", "said"),
        [
            ("fr", "lundi 1er mars · 1er mars 2027 · mars 2027"),
            ("en", "Monday 1 March · 1 March 2027 · March 2027"),
            ("es", "lunes 1 de marzo · 1 de marzo de 2027 · marzo de 2027"),
            ("pt", "segunda-feira, 1 de março · 1 de março de 2027 · março de 2027"),
            ("tr", "Pazartesi 1 Mart · 1 Mart 2027 · Mart 2027"),
            ("uk", "понеділок, 1 березня · 1 березня 2027 · березень 2027"),
        ],
    )
    def test_are_said_as_in_the_language_of_the_page(self, code, said):
        with override(code):
            assert " · ".join([display.day(MONDAY), display.full_day(MONDAY), display.month(MONDAY)]) == said

    def test_an_hour_stays_on_the_line_of_its_half_of_the_day(self):
        with override("en"):
            assert display.hour(MONDAY) == "9\u00a0a.m."

    def test_a_distance_reads_from_the_left_in_arabic(self):
        with override("ar"):
            assert display.distance(200) == "\u2066200\u00a0m\u2069"


class TestTextMessages:
    """A telephone's alphabet has no Arabic: half a message would be lost."""

    def message_in(self, code, client):
        occurrence = OccurrenceFactory(starts_at=MONDAY, ends_at=MONDAY + dt.timedelta(hours=2))
        with override(code):
            page = client.get(occurrence.get_absolute_url())
        return page.context["sms_text"], page.content.decode()

    @pytest.mark.parametrize("code", ["ar", "uk"])
    def test_are_french_where_the_alphabet_lacks_the_letters_but_lead_to_the_page_of_the_reader(
        self, code, client
    ):
        text, html = self.message_in(code, client)
        assert "lundi" in text.lower()
        assert f"/{code}/ateliers/" in text
        assert '<blockquote class="sms" lang="fr" dir="ltr"' in html

    def test_are_in_the_language_of_the_page_elsewhere(self, client):
        text, html = self.message_in("en", client)
        assert "monday" in text.lower()
        assert '<blockquote class="sms" id=' in html


def test_the_labels_of_the_correction_form_are_messages_of_visitors():
    found = messages()
    assert ("ce qui ne va pas", "", "") in found
    assert ("suite donnée", "", "") not in found


class TestQueries:
    def test_are_as_many_as_in_french(self, client):
        PlaceFactory()
        rebuild()

        def asked(path):
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            return len(queries)

        assert asked("/ar/?q=imprimer") == asked("/?q=imprimer")


def test_every_language_of_the_site_has_a_catalogue():
    assert sorted(LANGUAGES) == sorted(OTHERS)
