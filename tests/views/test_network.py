"""Who works with whom in a territory, and who could be brought together."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from places.models import Coverage, OrientationCount, UnmetNeed
from places.search import rebuild
from tests.factories import (
    TOWN_HALL,
    CommuneFactory,
    NeighbourhoodFactory,
    OfferFactory,
    PartnerFactory,
    PartnershipFactory,
    PlaceFactory,
    ServiceFactory,
    ThemeFactory,
)
from tests.views.conftest import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def bellevue():
    return NeighbourhoodFactory(name="Bellevue")


@pytest.fixture
def themes():
    return {code: ThemeFactory(code=code, name=name) for code, name in [("emploi", "Emploi"), ("vie", "Vie")]}


def row_of(page, place):
    return next(row for row in page.context["rows"] if row["place"] == place)


class TestMatrix:
    def test_tells_for_each_place_and_axis_who_works_with_it(self, visit, bellevue, themes):
        place, partner = (
            PlaceFactory(name="La Toile", location=TOWN_HALL),
            PartnerFactory(name="Mission locale"),
        )
        partner.neighbourhoods.add(bellevue)
        PartnershipFactory(place=place, partner=partner, theme=themes["emploi"], status="ACTIVE")
        page = visit("links-of-neighbourhood", bellevue.slug)
        work, life = row_of(page, place)["cells"]
        assert (work["theme"], work["status"]) == ("Emploi", "ACTIVE")
        assert [link["partner"] for link in work["links"]] == [partner]
        assert (life["status"], life["links"]) == ("", [])
        assert "Mission locale" in page
        assert "Pas encore de lien" in page

    def test_marks_a_link_that_is_past_its_review(self, visit, bellevue, themes):
        place, partner = PlaceFactory(location=TOWN_HALL), PartnerFactory()
        partner.neighbourhoods.add(bellevue)
        PartnershipFactory(
            place=place, partner=partner, theme=themes["emploi"], review_on=TODAY - dt.timedelta(days=3)
        )
        assert "À revoir depuis le 5 septembre 2026" in visit("links-of-neighbourhood", bellevue.slug)

    def test_proposes_who_could_be_brought_together_and_says_why(self, visit, bellevue, themes):
        place = PlaceFactory(name="La Toile", location=TOWN_HALL)
        service = ServiceFactory()
        service.themes.add(themes["emploi"])
        place.services.add(service)
        partner = PartnerFactory(name="Mission locale", location=TOWN_HALL)
        partner.neighbourhoods.add(bellevue)
        partner.themes.add(themes["emploi"])
        page = visit("links-of-neighbourhood", bellevue.slug)
        [proposal] = page.context["proposals"]
        assert (proposal["place"], proposal["partner"]) == (place, partner)
        assert "Même quartier\u00a0: Bellevue" in proposal["sentence"]
        assert "Emploi" in proposal["sentence"]
        assert "Mission locale" in [each.name for each in page.context["lonely_partners"]]

    def test_tells_inside_serving_and_next_door_apart(self, visit, bellevue, themes):
        inside, next_door = PlaceFactory(location=TOWN_HALL), PlaceFactory(east_of=TOWN_HALL, by_m=900)
        serving = PlaceFactory(commune=CommuneFactory(insee_code="29232", name="Quimper"), location=None)
        serving.serves.add(bellevue)
        rows = visit("links-of-neighbourhood", bellevue.slug).context["rows"]
        assert [row["place"] for row in rows] == [inside, serving, next_door]
        assert rows[0]["place"].relation == "Dans le quartier"
        assert rows[1]["place"].relation == "Dessert le quartier"
        assert rows[2]["place"].relation.endswith("du quartier")

    def test_tells_what_was_not_found_and_how_many_were_oriented(self, visit, bellevue, themes):
        service, commune = ServiceFactory(name="Imprimer"), bellevue.communes.get()
        asked = {
            "service": service,
            "commune": commune,
            "neighbourhood": bellevue,
            "half_day": "mercredi-soir",
        }
        for weeks in (0, 1, 30):  # the last one is long ago
            UnmetNeed.objects.add(on=TODAY - dt.timedelta(weeks=weeks), **asked)
        OrientationCount.objects.add(on=TODAY, neighbourhood=bellevue, theme=None)
        page = visit("links-of-neighbourhood", bellevue.slug)
        assert page.context["unmet_needs"] == [{"service": "Imprimer", "moment": "mercredi soir", "total": 2}]
        assert "1 personne orientée depuis trois mois" in page

    def test_asks_as_much_of_the_database_for_six_places_as_for_two(self, client, bellevue, themes):
        def queries(count):
            for _n in range(count):
                partner = PartnerFactory()
                partner.neighbourhoods.add(bellevue)
                PartnershipFactory(
                    place=PlaceFactory(location=TOWN_HALL), partner=partner, theme=themes["emploi"]
                )
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("links-of-neighbourhood", args=[bellevue.slug]))
            return len(asked)

        assert queries(2) == queries(4)


class TestTerritories:
    def test_are_a_commune_and_an_intercommunality_too(self, visit, bellevue, themes):
        commune = bellevue.communes.get()
        commune.epci_code, commune.epci_name = "242900314", "Brest Métropole"
        commune.save()
        Coverage.objects.refresh(at=NOW)
        for page in (visit("links-of-commune", "29019"), visit("links-of-epci", "242900314")):
            assert page.status == 200
            assert [row.neighbourhood for row in page.context["out_of_reach"]] == [bellevue]

    @pytest.mark.parametrize(
        ("name", "key"),
        [("links-of-neighbourhood", "x"), ("links-of-commune", "99999"), ("links-of-epci", "1")],
    )
    def test_that_nobody_knows_are_not_there(self, name, key, client):
        assert client.get(reverse(name, args=[key])).status_code == 404


class TestFiles:
    @pytest.mark.parametrize("kind", ["neighbourhood", "commune", "epci"])
    def test_hold_the_matrix_in_words(self, kind, client, bellevue, themes):
        commune = bellevue.communes.get()
        commune.epci_code, commune.epci_name = "242900314", "Brest Métropole"
        commune.save()
        partner = PartnerFactory(name="Mission locale")
        partner.neighbourhoods.add(bellevue)
        place = PlaceFactory(name="=La Toile", location=TOWN_HALL)
        PartnershipFactory(place=place, partner=partner, theme=themes["emploi"], status="WISHED")
        key = {"neighbourhood": bellevue.slug, "commune": "29019", "epci": "242900314"}[kind]
        names = {
            "neighbourhood": "links-file-of-neighbourhood",
            "commune": "links-file-of-commune",
            "epci": "links-file-of-epci",
        }
        response = client.get(reverse(names[kind], args=[key, "csv"]))
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
        assert rows[0][:2] == ["Lieu", "Situation"]
        assert rows[1][0].lstrip("'") == "=La Toile"
        assert rows[1][0] != "=La Toile"  # no spreadsheet runs it
        assert "Souhaité\u00a0: Mission locale" in rows[1][2]
        assert client.get(reverse(names[kind], args=[key, "xlsx"])).content[:2] == b"PK"
        assert client.get(reverse(names[kind], args=[key, "exe"])).status_code == 404


class TestPrivacy:
    def test_no_private_contact_is_told(self, client, bellevue, themes):
        partner = PartnerFactory()
        partner.neighbourhoods.add(bellevue)
        partner.contacts.create(function="Direction", email="prive@example.org", phone="+33298000099")
        for name, args in [
            ("links-of-neighbourhood", [bellevue.slug]),
            ("links-file-of-neighbourhood", [bellevue.slug, "csv"]),
        ]:
            assert b"prive@example.org" not in client.get(reverse(name, args=args)).content


class TestOffers:
    def test_what_one_seeks_and_the_other_gives_is_a_reason_to_meet(self, bellevue, visit):
        place = PlaceFactory(name="L’Escale", east_of=TOWN_HALL)
        partner = PartnerFactory(name="Les Amis", neighbourhoods=[bellevue])
        OfferFactory(place=place, kind="ROOM")
        OfferFactory(place=place, kind="OTHER")
        assert visit("links-of-neighbourhood", bellevue.slug).context["proposals"] == []
        OfferFactory(place=None, partner=partner, kind="OTHER", is_wanted=True)
        assert visit("links-of-neighbourhood", bellevue.slug).context["proposals"] == []
        OfferFactory(place=None, partner=partner, kind="ROOM", is_wanted=True)
        assert "Les Amis cherche ce que propose L’Escale\u00a0: salle." in visit(
            "links-of-neighbourhood", bellevue.slug
        )


class TestWayThere:
    """From the home page: the neighbourhood that is searched, its page, its links."""

    @pytest.fixture
    def area(self):
        area = NeighbourhoodFactory(name="Bellevue")
        PlaceFactory(east_of=TOWN_HALL)
        rebuild()
        return area

    def test_is_three_clicks_long(self, area, visit):
        page = area.get_absolute_url()
        for asked in ({"q": "bellevue brest"}, {"neighbourhood": area.slug}):
            assert f'<a class="text-button" href="{page}">' in visit("search", **asked)
        assert reverse("links-of-neighbourhood", args=[area.slug]) in visit("neighbourhood", area.slug)

    def test_begins_at_the_figures_and_at_an_actor_too(self, area, visit):
        links = reverse("links-of-neighbourhood", args=[area.slug])
        Coverage.objects.refresh(at=NOW)
        page = visit("coverage", commune="29019")
        assert links in page
        assert reverse("links-of-commune", args=["29019"]) in page
        assert links in visit("partner", PartnerFactory(neighbourhoods=[area]).slug)

    def test_is_not_shown_from_a_neighbourhood_of_2015_which_has_none(self, visit):
        former = NeighbourhoodFactory(kind="PRIORITY", generation=2015, code="QP029001")
        assert "/liens/" not in visit("neighbourhood", former.slug)
