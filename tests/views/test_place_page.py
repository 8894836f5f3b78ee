"""What the page of a place says and what one takes away from it: message, sheet, contact, data."""

import datetime as dt
import html
import json
import re
from urllib.parse import unquote

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from places.domain import sms
from places.models import AccessMode, State
from places.templatetags.place_page import ACCESS_SENTENCES, SERVICE_ICONS
from tests.factories import (
    TOWN_HALL,
    AccessModeFactory,
    AudienceFactory,
    ClosureFactory,
    CommuneFactory,
    FeeFactory,
    LanguageFactory,
    NeighbourhoodFactory,
    OccurrenceFactory,
    PartnershipFactory,
    PlaceFactory,
    PlaceKindFactory,
    ServiceFactory,
    SourceFactory,
    WorkshopFactory,
    square,
)

pytestmark = pytest.mark.django_db

ESCALE = {
    "name": "L’Escale",
    "address": "12 rue de Siam",
    "phone": "+33298001122",
    "opening_hours": "Mo-Fr 09:00-12:00; PH off",
}


def words_of(page):
    main = re.search(r"<main.*?>(.*)</main>", page.html, re.S)[1]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main)))


def before(first, second, words):
    return words.index(first) < words.index(second)


class TestFirstThingsFirst:
    def test_are_open_or_not_whom_to_call_how_to_go_and_what_for(self, visit):
        place = PlaceFactory(**ESCALE, east_of=TOWN_HALL, services=[ServiceFactory(name="Imprimer")])
        words = words_of(visit("place", place.slug))
        order = [
            "L’Escale",
            "Ouvert, ferme",
            "02 98 00 11 22",
            "Y aller",
            "Imprimer",
            "Horaires",
            "Comment venir",
        ]
        assert [words.index(word) for word in order] == sorted(words.index(word) for word in order)

    def test_unknown_phone_and_help_are_said_to_be_unknown(self, visit):
        words = words_of(visit("place", PlaceFactory().slug))
        assert "Téléphone non connu" in words
        assert "Les aides proposées ne sont pas connues." in words

    def test_without_a_position_the_address_is_looked_up(self, visit):
        page = visit("place", PlaceFactory(address="12 rue de Siam").slug)
        assert "openstreetmap.org/search?query=12%20rue%20de%20Siam%2C%2029200%20Brest" in page
        assert "geo:" not in page


class TestWayIn:
    @pytest.fixture(autouse=True)
    def _reference_lists(self):
        call_command("loaddata", "fixtures/reference.json", verbosity=0)

    def said(self, visit, *codes):
        place = PlaceFactory(phone="+33298001122")
        place.access_modes.set(AccessMode.objects.filter(code__in=codes))
        return words_of(visit("place", place.slug))

    def test_every_value_of_the_standard_has_its_sentence_and_every_service_its_sign(self):
        assert set(AccessMode.objects.values_list("code", flat=True)) == set(ACCESS_SENTENCES)
        assert len(SERVICE_ICONS) == 9

    def test_to_come_by_is_without_an_appointment(self, visit):
        words = self.said(visit, "se-presenter")
        assert "Sans rendez-vous : venez aux heures d’ouverture." in words
        assert "Sur rendez-vous" not in words

    @pytest.mark.parametrize("code", ["telephoner", "contacter-par-mail"])
    def test_to_call_or_to_write_is_no_appointment(self, code, visit):
        words = self.said(visit, code)
        assert "endez-vous" not in words.replace("s’il faut un rendez-vous", "")

    def test_only_to_book_online_is_an_appointment(self, visit):
        assert "Sur rendez-vous, à prendre en ligne." in self.said(visit, "prendre-un-rdv-en-ligne")

    def test_two_ways_are_both_told(self, visit):
        words = self.said(visit, "se-presenter", "telephoner")
        assert "Sans rendez-vous" in words
        assert "Par téléphone : appelez le lieu." in words

    def test_a_place_that_receives_nobody_says_so_before_its_address(self, visit):
        words = self.said(visit, "ce-lieu-n-accueille-pas-de-public")
        assert before("ne vous déplacez pas", "29200 Brest", words)

    def test_unknown_is_unknown(self, visit):
        words = self.said(visit)
        assert "On ne sait pas s’il faut un rendez-vous." in words
        assert "Sans rendez-vous" not in words


class TestFirstVisit:
    @pytest.mark.parametrize(
        ("welcome", "said"),
        [
            (True, "Vous pouvez venir avec quelqu’un."),
            (False, "On vous reçoit seul."),
            (None, "Ce lieu ne le précise pas. Demandez en appelant."),
        ],
    )
    def test_says_whether_one_may_come_with_somebody(self, welcome, said, visit):
        words = words_of(visit("place", PlaceFactory(companion_welcome=welcome).slug))
        assert said in words

    def test_general_advice_is_told_from_what_the_place_asks(self, visit):
        assert "Ce lieu ne le précise pas. Pour une démarche" in words_of(visit("place", PlaceFactory().slug))
        words = words_of(visit("place", PlaceFactory(what_to_bring="Votre avis d’imposition").slug))
        assert "Votre avis d’imposition" in words
        assert "Pour une démarche" not in words


class TestAccessibility:
    def test_tells_known_from_unknown(self, visit):
        place = PlaceFactory(is_step_free=True, has_adapted_toilets=False)
        words = words_of(visit("place", place.slug))
        assert "Toilettes adaptées : non" in words
        assert "On ne sait pas encore : parking adapté, boucle magnétique, poste adapté." in words


class TestChangedHours:
    def test_are_told_in_words(self, visit):
        place = PlaceFactory(opening_hours="Mo-Fr 09:00-12:00")
        ClosureFactory(place=place, kind="CHANGED_HOURS", opening_hours="Mo-Fr 14:00-16:00")
        assert "Du lundi au vendredi, 14 h – 16 h" in words_of(visit("place", place.slug))

    def test_of_a_year_whose_weeks_differ_are_told_beside_this_week(self, visit):
        words = words_of(visit("place", PlaceFactory(opening_hours="Sep-Jun: Mo 09:00-12:00").slug))
        assert "Au fil de l’année : De septembre à juin" in words

    def test_that_are_the_same_each_week_are_told_once(self, visit):
        assert "Au fil de l’année" not in words_of(visit("place", PlaceFactory(**ESCALE).slug))


class TestTextMessage:
    def sent(self, visit, **values):
        page = visit("place", PlaceFactory(**ESCALE | values).slug)
        return unquote(html.unescape(re.search(r'href="sms:\?&amp;body=([^"]*)"', page.html)[1])), page

    def test_holds_name_phone_address_and_hours(self, visit):
        text, _page = self.sent(visit)
        assert text.startswith("L'Escale\n02 98 00 11 22\n12 rue de Siam, 29200 Brest\n")
        assert "Du lundi au vendredi, 9 h - 12 h" in text

    @pytest.mark.parametrize("name", ["Ça", "Maison de quartier « Le Chêne »" * 4, "[" * 150])
    def test_is_one_message_whatever_the_name(self, name, visit):
        text, _page = self.sent(visit, name=name)
        assert sms.fits(text)
        assert sms.length(text) <= 160

    def test_is_shown_before_it_is_sent_and_can_be_copied(self, visit):
        text, page = self.sent(visit)
        shown = html.unescape(re.search(r'id="texte-sms"[^>]*>(.*?)</blockquote>', page.html, re.S)[1])
        assert shown == text
        assert 'data-epn-copy="texte-sms"' in page


class TestSheet:
    def test_says_what_one_needs_on_the_way(self, visit):
        NeighbourhoodFactory(name="Recouvrance")
        place = PlaceFactory(
            **ESCALE,
            east_of=TOWN_HALL,
            directions="Tram A, arrêt Liberté.",
            what_to_bring="Vos papiers.",
            services=[ServiceFactory(name="Imprimer")],
            fees=[FeeFactory(code="gratuit", name="Gratuit")],
        )
        words = words_of(visit("place-print", place.slug))
        for said in ("L’Escale", "12 rue de Siam, 29200 Brest", "02 98 00 11 22", "Imprimer", "Tram A"):
            assert said in words
        assert "Du lundi au vendredi, 9 h – 12 h" in words
        assert "Fermé les jours fériés" in words
        assert "http://testserver/lieux/l-escale-brest/" in words
        assert "Imprimé le 8 septembre 2026." in words
        assert "Recouvrance" in words
        assert "500 m" in words

    def test_does_not_say_open_now(self, visit):
        assert "Ouvert" not in words_of(visit("place-print", PlaceFactory(**ESCALE).slug))

    def test_unknown_is_said_or_left_out_and_never_no(self, visit):
        words = words_of(visit("place-print", PlaceFactory().slug))
        assert "Téléphone non connu" in words
        assert "Non connus. Appelez avant de venir." in words
        assert "marche" not in words
        assert "Plan" not in words

    def test_is_drawn_in_the_commune_outside_any_neighbourhood(self, visit):
        commune = CommuneFactory(area=square(half_m=3_000))
        page = visit("place-print", PlaceFactory(east_of=TOWN_HALL, commune=commune).slug)
        assert 'aria-label="Plan\u00a0: ' in page
        assert 'class="sketch__area"' in page

    def test_has_a_code_to_scan_and_no_style_that_the_policy_refuses(self, visit):
        page = visit("place-print", PlaceFactory(**ESCALE).slug)
        assert 'class="segno"' in page
        assert not re.search(r"<(?!script)[^>]+ style=|<style", page.html)

    def test_is_not_for_search_engines(self, visit):
        assert '<meta name="robots" content="noindex">' in visit("place-print", PlaceFactory().slug)


class TestContact:
    def test_is_a_card_of_what_is_known(self, visit):
        place = PlaceFactory(**ESCALE, east_of=TOWN_HALL, emails="a@example.org\nb@example.org")
        page = visit("place-contact", place.slug)
        assert page.headers["Content-Type"] == "text/vcard; charset=utf-8"
        assert page.headers["Content-Disposition"] == 'attachment; filename="l-escale-brest.vcf"'
        lines = page.html.replace("\r\n ", "").split("\r\n")
        assert lines[:3] == ["BEGIN:VCARD", "VERSION:3.0", "N:L’Escale;;;;"]
        assert "TEL;TYPE=WORK,VOICE:+33298001122" in lines
        assert "ADR;TYPE=WORK:;;12 rue de Siam;Brest;;29200;France" in lines
        assert "GEO:48.390400;-4.486100" in lines
        assert [line for line in lines if line.startswith("EMAIL")] == [
            "EMAIL;TYPE=INTERNET:a@example.org",
            "EMAIL;TYPE=INTERNET:b@example.org",
        ]
        assert any(line.startswith("NOTE:Du lundi au vendredi\\, 9\u00a0h – 12\u00a0h") for line in lines)

    def test_invents_nothing(self, visit):
        place = PlaceFactory(city="", postcode="", commune=None)
        card = visit("place-contact", place.slug).html
        for name in ("TEL", "EMAIL", "ADR", "GEO", "\r\nURL"):
            assert name not in card


class TestDataForSearchEngines:
    def read(self, visit, **values):
        page = visit("place", PlaceFactory(**values).slug)
        written = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.html, re.S)
        return written and json.loads(written[1])

    def test_says_what_is_known(self, visit):
        said = self.read(
            visit,
            **ESCALE,
            east_of=TOWN_HALL,
            has_wifi=True,
            is_step_free=False,
            kinds=[PlaceKindFactory(code="BIB")],
            fees=[FeeFactory(code="gratuit")],
        )
        assert (said["@type"], said["name"], said["telephone"]) == ("Library", "L’Escale", "+33298001122")
        assert said["url"] == "http://testserver/lieux/l-escale-brest/"
        assert said["address"] == {
            "@type": "PostalAddress",
            "streetAddress": "12 rue de Siam",
            "postalCode": "29200",
            "addressLocality": "Brest",
            "addressCountry": "FR",
        }
        assert said["geo"] == {"@type": "GeoCoordinates", "latitude": 48.3904, "longitude": -4.4861}
        assert said["isAccessibleForFree"] is True
        assert {row["name"]: row["value"] for row in said["amenityFeature"]} == {
            "Wifi": True,
            "Entrée sans marche": False,
        }

    def test_tells_the_hours_of_every_week_and_of_public_holidays(self, visit):
        week, holidays = self.read(visit, **ESCALE)["openingHoursSpecification"]
        assert week["dayOfWeek"][0] == "https://schema.org/Monday"
        assert len(week["dayOfWeek"]) == 5
        assert (week["opens"], week["closes"]) == ("09:00", "12:00")
        assert holidays["dayOfWeek"] == ["https://schema.org/PublicHolidays"]
        assert (holidays["opens"], holidays["closes"]) == ("00:00", "00:00")

    def test_day_and_night_is_written_as_search_engines_read_it(self, visit):
        [always] = self.read(visit, opening_hours="24/7")["openingHoursSpecification"]
        assert (always["opens"], always["closes"], len(always["dayOfWeek"])) == ("00:00", "23:59", 7)

    def test_tells_a_closure_ahead_and_changed_hours_with_their_dates(self, visit):
        place = PlaceFactory(**ESCALE)
        ClosureFactory(place=place, starts_on=dt.date(2026, 9, 14), ends_on=dt.date(2026, 9, 15))
        ClosureFactory(
            place=place, starts_on=dt.date(2026, 9, 16), kind="CHANGED_HOURS", opening_hours="We 14:00-16:00"
        )
        page = visit("place", place.slug)
        said = json.loads(re.search(r'ld\+json">(.*?)</script>', page.html, re.S)[1])
        closed, changed = said["openingHoursSpecification"][-2:]
        assert (closed["validFrom"], closed["validThrough"]) == ("2026-09-14", "2026-09-15")
        assert (closed["opens"], closed["closes"]) == ("00:00", "00:00")
        assert (changed["validFrom"], changed["opens"], changed["closes"]) == ("2026-09-16", "14:00", "16:00")

    def test_invents_nothing(self, visit):
        said = self.read(visit, city="", postcode="", commune=None, name="Mairie")
        assert set(said) == {"@context", "@type", "@id", "url", "name"}
        assert said["@type"] == "Place"

    @pytest.mark.parametrize(
        "hours", ["Jun-Aug: Mo 09:00-12:00", 'Mo 09:00-12:00; "sur rendez-vous"', "n’importe"]
    )
    def test_says_no_hours_that_it_cannot_say_exactly(self, hours, visit):
        assert "openingHoursSpecification" not in self.read(visit, opening_hours=hours)

    def test_cannot_end_its_element(self, visit):
        name = "</script><script>alert(1)</script><!-- &amp;"
        assert self.read(visit, name=name)["name"] == name

    def test_of_an_example_there_is_none(self, visit):
        assert self.read(visit, source=SourceFactory(code="demo", is_demonstration=True)) is None


class TestQueries:
    def count(self, client, place):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(place.get_absolute_url()).status_code == 200
        return len(captured)

    def test_are_eight_at_most_and_no_more_when_there_is_more_to_show(self, client):
        bare = PlaceFactory(east_of=TOWN_HALL, by_m=50_000)
        NeighbourhoodFactory(name="Recouvrance")
        full = PlaceFactory(
            **ESCALE,
            east_of=TOWN_HALL,
            kinds=[PlaceKindFactory(code=code) for code in ("EPN", "BIB")],
            services=ServiceFactory.create_batch(4),
            audiences=AudienceFactory.create_batch(3),
            languages=LanguageFactory.create_batch(3),
            access_modes=AccessModeFactory.create_batch(2),
            fees=FeeFactory.create_batch(2),
            serves=[NeighbourhoodFactory(name="Bellevue")],
        )
        ClosureFactory(place=full, starts_on=dt.date(2026, 9, 14))
        for number in range(4):
            PlaceFactory(**ESCALE | {"name": f"Autre {number}"}, east_of=TOWN_HALL, by_m=100 * number + 100)
            OccurrenceFactory(workshop=WorkshopFactory(place=full))
            PartnershipFactory(place=full)
        OccurrenceFactory(workshop=WorkshopFactory(place=bare))
        self.count(client, bare)
        assert self.count(client, full) == self.count(client, bare) <= 8


@pytest.mark.parametrize("name", ["place", "place-print", "place-contact", "place-correction"])
def test_a_place_that_is_not_online_has_no_page_of_any_kind(name, visit):
    assert visit(name, PlaceFactory(state=State.DRAFT).slug).status == 404
