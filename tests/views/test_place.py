"""The page of a place: what a resident needs first, and never a no where nobody knows."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest

from places.models import Certainty, State
from tests.factories import (
    TOWN_HALL,
    AccessModeFactory,
    AudienceFactory,
    ClosureFactory,
    CommuneFactory,
    DepartmentFactory,
    FeeFactory,
    LabelFactory,
    LanguageFactory,
    NeighbourhoodFactory,
    OccurrenceFactory,
    PartnerFactory,
    PartnershipFactory,
    PlaceFactory,
    PlaceKindFactory,
    ServiceFactory,
    SourceFactory,
    SupportModeFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db

YES = [
    *("has_printing", "has_scanning", "has_wifi", "has_webcam_booth", "welcomes_own_device", "has_headset"),
    *("has_large_screen", "is_step_free", "has_adapted_toilets", "has_accessible_parking"),
    *("has_hearing_loop", "has_adapted_workstation", "companion_welcome"),
]


def page_of(visit, **values):
    return visit("place", PlaceFactory(**values).slug)


def words_of(html):
    main = re.search(r"<main.*?>(.*)</main>", html, re.S)[1]
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]*>", " ", main))


class TestPlaceOfWhichEverythingIsKnown:
    @pytest.fixture
    def page(self, visit):
        neighbourhood = NeighbourhoodFactory(name="Recouvrance")
        place = PlaceFactory(
            **dict.fromkeys(YES, True),
            name="L’Escale",
            summary="Un lieu pour tous.",
            description="Ouvert en 2011.",
            east_of=TOWN_HALL,
            address="12 rue de Siam",
            address_complement="Au fond de la cour",
            directions="Tram A, arrêt Liberté.",
            phone="+33298000000",
            emails="bonjour@example.org\naccueil@example.org",
            website="https://escale.example.org/",
            booking_url="https://rdv.example.org/",
            opening_hours="Mo-Fr 09:00-12:00,14:00-18:00",
            opening_hours_text="Fermé à Noël.",
            parent_structure="Ville de Brest",
            computer_count=8,
            printing_price="10 centimes la page",
            accessibility_notes="Sonnette à droite.",
            acceslibre_url="https://acceslibre.example.org/escale",
            what_to_bring="Vos papiers.",
            verified_at=dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC),
            kinds=[PlaceKindFactory(code="EPN", name="Espace public numérique")],
            services=[ServiceFactory(name="Imprimer ses papiers")],
            audiences=[AudienceFactory(name="Jeunes")],
            fees=[FeeFactory(code="gratuit", name="Gratuit")],
            labels=[LabelFactory(name="Aidants Connect")],
            languages=[LanguageFactory(name="Breton")],
            access_modes=[AccessModeFactory(name="Sans rendez-vous")],
            support_modes=[SupportModeFactory(name="En tête-à-tête")],
            serves=[NeighbourhoodFactory(name="Pontanézen")],
        )
        ClosureFactory(place=place, starts_on=dt.date(2026, 9, 14), message="Travaux")
        OccurrenceFactory(workshop=WorkshopFactory(place=place, title="Premiers clics"))
        PartnershipFactory(place=place, partner=PartnerFactory(name="Mission locale"))
        PlaceFactory(name="La Médiathèque", east_of=TOWN_HALL, by_m=400)
        assert place.neighbourhood == neighbourhood
        return visit("place", place.slug)

    @pytest.mark.parametrize(
        "words",
        [
            *("L’Escale", "Un lieu pour tous.", "Ouvert en 2011.", "12 rue de Siam", "Au fond de la cour"),
            *("Tram A, arrêt Liberté.", "bonjour@example.org", "accueil@example.org", "Fermé à Noël."),
            *("10 centimes la page", "Sonnette à droite.", "Vos papiers.", "Imprimer ses papiers", "Jeunes"),
            *("Gratuit", "Aidants Connect", "Breton", "Sans rendez-vous", "En tête-à-tête", "Pontanézen"),
            *("Recouvrance", "Premiers clics", "Mission locale", "La Médiathèque", "Travaux"),
            *(
                "Vérifié en septembre 2026",
                "vérifiées le 1er septembre 2026",
                "Ville de Brest",
                "La rédaction",
            ),
            *("Ordinateurs : <span>8</span>", "Vous pouvez venir avec quelqu’un."),
        ],
    )
    def test_says_it(self, words, page):
        assert words in page

    def test_says_first_that_it_is_open_and_until_when(self, page):
        assert words_of(page.html).index("Ouvert, ferme à 12 h") < words_of(page.html).index("Horaires")

    def test_has_a_phone_number_to_touch_written_as_people_read_it(self, page):
        assert 'href="tel:+33298000000"' in page
        assert "02 98 00 00 00".replace(" ", "\u00a0") in page or "02 98 00 00 00" in page

    def test_has_a_map_that_opens_on_it_and_a_way_to_go_there(self, page):
        assert 'data-center="-4.4861,48.3904"' in page
        assert 'href="geo:48.3904,-4.4861?q=48.3904,-4.4861(L%E2%80%99Escale)"' in page
        assert "directions?to=48.3904%2C-4.4861" in page

    def test_leads_to_its_neighbourhood_and_to_saying_what_is_wrong(self, page):
        assert 'href="/quartiers/recouvrance/"' in page
        assert 'href="/lieux/l-escale-brest/signaler/"' in page

    def test_says_nothing_against_it(self, page):
        assert "fact--no" not in page
        assert "fact--unknown" not in page

    def test_is_described_for_search_engines(self, page):
        assert '<meta name="description" content="Un lieu pour tous.">' in page
        assert "<title>L’Escale, Brest" in page


class TestPlaceOfWhichNothingIsKnown:
    @pytest.fixture
    def page(self, visit):
        return page_of(visit, name="Mairie", city="", postcode="", commune=None)

    def test_never_says_no_where_nobody_knows(self, page):
        assert "fact--no" not in page
        assert not re.search(r"[:\u00a0] non\b", words_of(page.html))
        assert "Sur place" not in page

    def test_says_that_hours_and_price_are_not_known(self, page):
        assert "Horaires non connus" in page
        assert "Les horaires ne sont pas connus. Appelez avant de venir." in page
        assert "Non précisé" in page
        assert "Fermé" not in words_of(page.html)

    def test_asks_about_the_step_at_the_door_since_that_decides_a_visit(self, page):
        assert "On ne sait pas encore</strong>\u00a0: entrée sans marche, " in page

    def test_has_no_empty_part(self, page):
        for title in ("On vous aide pour", "Prochains ateliers", "Avec qui ce lieu travaille", "Tout près"):
            assert title not in page
        assert "tel:" not in page
        assert "geo:" not in page
        assert 'data-center=""' not in page
        assert "Vérifié" not in page


class TestFacts:
    @pytest.mark.parametrize(("value", "said"), [(True, "Wifi"), (False, "Wifi\u00a0: non"), (None, "")])
    def test_are_yes_no_or_left_out(self, value, said, visit):
        words = words_of(page_of(visit, has_wifi=value, has_printing=True).html)
        assert ("Wifi" in words) == bool(said)
        assert said in words
        assert (said.endswith("non")) == ("Wifi\u00a0: non" in words)

    def test_no_computer_is_a_no(self, visit):
        assert "Ordinateurs\u00a0: non" in page_of(visit, computer_count=0)


class TestHours:
    @pytest.mark.parametrize(
        ("hours", "said"),
        [
            ("Mo-Fr 09:00-12:00", "Ouvert, ferme à 12 h"),
            ("Mo-Fr 14:00-18:00", "Fermé, ouvre à 14 h"),
            ("We 09:00-12:00", "Fermé, ouvre demain à 9 h"),
            ("24/7", "Ouvert"),
            ("", "Horaires non connus"),
        ],
    )
    def test_are_told_as_of_now(self, hours, said, visit):
        words = words_of(page_of(visit, opening_hours=hours).html)
        assert said.replace("\u00a0", " ") in words.replace("\u00a0", " ")

    def test_are_those_of_the_clock_on_the_wall_of_the_place(self, visit, it_is):
        reunion = CommuneFactory(
            insee_code="97411",
            name="Saint-Denis",
            department=DepartmentFactory(code="974", name="La Réunion"),
        )
        it_is(dt.datetime(2026, 9, 8, 7, 30, tzinfo=ZoneInfo("Europe/Paris")))  # 9:30 there
        page = page_of(visit, opening_hours="Mo-Fr 09:00-12:00", commune=reunion, postcode="97400")
        assert "Ouvert, ferme à 12 h" in page

    def test_mark_today_and_only_today(self, visit):
        page = page_of(visit, opening_hours="Mo-Fr 09:00-12:00")
        assert page.html.count("aujourd’hui") == 1
        assert re.search(r'week__today"[^>]*>\s*<th scope="row">mardi', page.html)

    def test_give_way_to_a_closure_which_is_told_with_its_reason(self, visit):
        place = PlaceFactory(opening_hours="Mo-Fr 09:00-12:00")
        ClosureFactory(place=place, message="Congés d’été", ends_on=dt.date(2026, 9, 11))
        page = visit("place", place.slug)
        assert "Ouvert" not in words_of(page.html)
        assert "Congés d’été" in page
        assert "du mardi 8 septembre au vendredi 11 septembre" in page

    def test_of_a_closure_that_is_over_or_far_ahead_nothing_is_said(self, visit):
        place = PlaceFactory(opening_hours="Mo-Fr 09:00-12:00")
        ClosureFactory(place=place, starts_on=dt.date(2026, 9, 1), message="Passé")
        ClosureFactory(place=place, starts_on=dt.date(2026, 12, 24), message="Noël")
        page = visit("place", place.slug)
        assert "Passé" not in page
        assert "Noël" not in page

    def test_that_do_not_parse_are_shown_as_they_are_written(self, visit):
        page = page_of(visit, opening_hours_text="Le lundi, selon la saison")
        assert "Le lundi, selon la saison" in page
        assert "Les horaires ne sont pas connus" not in page


class TestWhatIsAround:
    def test_are_the_three_nearest_that_are_online_and_not_itself(self, visit):
        here = PlaceFactory(name="Ici", east_of=TOWN_HALL)
        for name, by_m in (("Quatrième", 900), ("Deuxième", 500), ("Premier", 100), ("Troisième", 700)):
            PlaceFactory(name=name, east_of=TOWN_HALL, by_m=by_m)
        PlaceFactory(name="Brouillon", east_of=TOWN_HALL, by_m=10, state=State.DRAFT)
        page = visit("place", here.slug)
        assert [place.name for place in page.context["nearby"]] == ["Premier", "Deuxième", "Troisième"]

    def test_shows_sessions_to_come_and_none_that_is_over(self, visit):
        place = PlaceFactory()
        OccurrenceFactory(workshop=WorkshopFactory(place=place, title="Demain"))
        OccurrenceFactory(
            workshop=WorkshopFactory(place=place, title="Hier"),
            starts_at=dt.datetime(2026, 9, 7, 8, tzinfo=dt.UTC),
        )
        OccurrenceFactory(workshop=WorkshopFactory(place=place, title="Caché", state=State.DRAFT))
        page = visit("place", place.slug)
        assert "Demain" in page
        assert "Hier" not in words_of(page.html)
        assert "Caché" not in page

    def test_says_that_a_session_is_cancelled(self, visit):
        occurrence = OccurrenceFactory(status="CANCELLED", message="Animateur absent")
        page = visit("place", occurrence.workshop.place.slug)
        assert "Annulé" in page
        assert "Animateur absent" in page

    def test_shows_no_partnership_that_has_ended_or_whose_partner_is_offline(self, visit):
        place = PlaceFactory()
        PartnershipFactory(place=place, partner=PartnerFactory(name="Terminé avec lui"), status="ENDED")
        PartnershipFactory(place=place, partner=PartnerFactory(name="Hors ligne", is_published=False))
        page = visit("place", place.slug)
        assert "Terminé avec lui" not in page
        assert "Hors ligne" not in page


class TestTrust:
    def test_an_example_is_told_to_be_one_on_its_page_and_on_every_page(self, visit):
        demonstration = SourceFactory(code="demonstration", is_demonstration=True)
        place = PlaceFactory(source=demonstration)
        assert "Cette fiche est un exemple" in visit("place", place.slug)
        assert "Site de démonstration" in visit("about")

    def test_a_real_place_is_not(self, visit):
        assert "exemple :" not in page_of(visit)
        assert "Site de démonstration" not in visit("about")

    def test_without_a_check_the_date_of_the_source_is_told(self, visit):
        page = page_of(visit, source_updated_on=dt.date(2026, 3, 2))
        assert "mises à jour le 2 mars 2026 par leur source" in page

    @pytest.mark.parametrize(
        ("by_m", "certainty"), [(0, Certainty.INSIDE), (480, Certainty.EDGE), (520, Certainty.EDGE)]
    )
    def test_the_neighbourhood_is_told_with_its_certainty(self, by_m, certainty, visit):
        NeighbourhoodFactory(name="Recouvrance")
        page = page_of(visit, east_of=TOWN_HALL, by_m=by_m)
        assert f"{certainty.label}\u00a0: Recouvrance" in page or f"{certainty.label} : Recouvrance" in page
