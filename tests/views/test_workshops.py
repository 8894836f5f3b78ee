"""The agenda, and the page of a workshop."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import (
    TOWN_HALL,
    CommuneFactory,
    DepartmentFactory,
    FeeFactory,
    NeighbourhoodFactory,
    OccurrenceFactory,
    PartnerFactory,
    PlaceFactory,
    ThemeFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db


def session(title="Premiers clics", at=dt.datetime(2026, 9, 8, 12, tzinfo=dt.UTC), place=None, **values):
    workshop = WorkshopFactory(title=title, place=place or PlaceFactory(), themes=values.pop("themes", ()))
    return OccurrenceFactory(workshop=workshop, starts_at=at, **values)


def titles(page):
    return [row.workshop.title for row in page.context["page"]]


class TestAgenda:
    def test_goes_day_by_day_and_soonest_first(self, visit):
        session("Jeudi", dt.datetime(2026, 9, 10, 8, tzinfo=dt.UTC))
        session("Mardi")
        page = visit("agenda")
        assert titles(page) == ["Mardi", "Jeudi"]
        assert "mardi 8 septembre" in page
        assert page.html.index("mardi 8 septembre") < page.html.index("jeudi 10 septembre")

    def test_keeps_what_is_going_on_and_drops_what_is_over(self, visit):
        session("En cours", dt.datetime(2026, 9, 8, 7, tzinfo=dt.UTC))  # till 11:00, it is 10:00
        session("Finie", dt.datetime(2026, 9, 8, 5, tzinfo=dt.UTC))
        assert titles(visit("agenda")) == ["En cours"]

    def test_says_the_hours_of_the_place(self, visit):
        reunion = CommuneFactory(
            insee_code="97411",
            name="Saint-Denis",
            department=DepartmentFactory(code="974", name="La Réunion"),
        )
        session(place=PlaceFactory(commune=reunion), at=dt.datetime(2026, 9, 8, 22, tzinfo=dt.UTC))
        page = visit("agenda")
        assert "mercredi 9 septembre" in page
        assert "2\u00a0h – 4\u00a0h" in page

    def test_is_narrowed_by_axis_neighbourhood_commune_and_day(self, visit):
        theme = ThemeFactory(code="emploi")
        neighbourhood = NeighbourhoodFactory(name="Recouvrance")
        quimper = CommuneFactory(insee_code="29232", name="Quimper")
        session("Au quartier", place=PlaceFactory(east_of=TOWN_HALL))
        session("À Quimper", place=PlaceFactory(commune=quimper))
        session("Emploi", themes=[theme], at=dt.datetime(2026, 9, 20, 8, tzinfo=dt.UTC))
        assert titles(visit("agenda", neighbourhood=neighbourhood.slug)) == ["Au quartier"]
        assert titles(visit("agenda", commune="29232")) == ["À Quimper"]
        assert titles(visit("agenda", theme="emploi")) == ["Emploi"]
        assert titles(visit("agenda", day="2026-09-15")) == ["Emploi"]

    def test_of_a_commune_holds_that_of_its_boroughs(self, visit):
        paris = CommuneFactory(insee_code="75056", name="Paris", department=DepartmentFactory(code="75"))
        twentieth = CommuneFactory(
            insee_code="75120", name="Paris 20e", kind="ARM", parent=paris, department=paris.department
        )
        session("Belleville", place=PlaceFactory(commune=twentieth))
        assert titles(visit("agenda", commune="75056")) == ["Belleville"]

    def test_says_what_is_cancelled_full_or_almost(self, visit):
        session("A", status="CANCELLED", message="Grève")
        session("B", seats="FULL")
        session("C", seats="FEW")
        page = visit("agenda")
        for words in ("Annulé", "Grève", "Complet", "Dernières places", "session--cancelled"):
            assert words in page

    def test_without_a_session_says_what_to_do(self, visit):
        assert "Aucune séance trouvée" in visit("agenda")

    def test_says_in_french_that_a_date_is_none(self, visit):
        page = visit("agenda", day="demain")
        assert "Choisissez une date, par exemple 24/12/2026." in page

    def test_has_pages_that_keep_the_filters(self, visit):
        theme, place = ThemeFactory(code="emploi"), PlaceFactory()
        for day in range(1, 29):
            session(f"S{day}", dt.datetime(2026, 10, day, 8, tzinfo=dt.UTC), place, themes=[theme])
        for hour in range(6):
            session(f"N{hour}", dt.datetime(2026, 11, 2, hour + 6, tzinfo=dt.UTC), place, themes=[theme])
        page = visit("agenda", theme="emploi")
        assert "Page 1 sur 2" in page
        assert "?theme=emploi&amp;page=2" in page
        assert titles(visit("agenda", theme="emploi", page=2)) == ["N2", "N3", "N4", "N5"]


class TestWorkshop:
    def test_says_what_when_where_and_for_how_much(self, visit):
        workshop = WorkshopFactory(
            title="Écrire son CV",
            summary="Repartez avec un CV.",
            description="Apportez un ancien CV si vous en avez un.",
            place=PlaceFactory(name="L’Escale", phone="+33298000000"),
            fee=FeeFactory(name="Gratuit"),
            themes=[ThemeFactory(name="Emploi")],
            capacity=8,
            level="BEGINNER",
            what_to_bring="Une clé USB",
            booking_url="https://rdv.example.org/",
        )
        OccurrenceFactory(workshop=workshop)
        page = visit("workshop", workshop.slug)
        for words in (
            *(
                "Écrire son CV",
                "Repartez avec un CV.",
                "Apportez un ancien CV",
                "L’Escale",
                "Gratuit",
                "Emploi",
            ),
            *(
                "Débutant",
                "Une clé USB",
                "tel:+33298000000",
                "https://rdv.example.org/",
                "14\u00a0h – 16\u00a0h",
            ),
        ):
            assert words in page

    def test_without_dates_says_whom_to_call(self, visit):
        assert "Pas de séance annoncée pour l’instant." in visit("workshop", WorkshopFactory().slug)

    def test_held_elsewhere_says_where(self, visit):
        host = PartnerFactory(name="Mission locale", address="1 rue Haute")
        OccurrenceFactory(workshop=WorkshopFactory(title="Hors les murs", host_partner=host))
        assert "Mission locale" in visit("workshop", "hors-les-murs-brest")
        assert "chez Mission locale" in visit("agenda")
        OccurrenceFactory(workshop=WorkshopFactory(title="Au marché", host_address="Halles Saint-Louis"))
        assert "Halles Saint-Louis" in visit("workshop", "au-marche-brest")

    def test_shows_the_ten_next_sessions_and_none_that_is_over(self, visit):
        workshop = WorkshopFactory()
        for day in range(1, 21):
            OccurrenceFactory(workshop=workshop, starts_at=dt.datetime(2026, 9, day, 12, tzinfo=dt.UTC))
        page = visit("workshop", workshop.slug)
        assert [row.local_date.day for row in page.context["occurrences"]] == list(range(8, 18))

    def test_leads_back_to_the_agenda(self, visit):
        assert f'href="{reverse("agenda")}"' in visit("workshop", WorkshopFactory().slug)
