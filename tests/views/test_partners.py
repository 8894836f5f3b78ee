"""The actors of city policy: who, with whom, for what, and which of their numbers everybody may know."""

import pytest

from places.models import State
from tests.factories import (
    TOWN_HALL,
    CommuneFactory,
    NeighbourhoodFactory,
    OccurrenceFactory,
    PartnerContactFactory,
    PartnerFactory,
    PartnershipFactory,
    PlaceFactory,
    ThemeFactory,
    WorkshopFactory,
    beside,
)

pytestmark = pytest.mark.django_db


def names(page):
    return [partner.name for partner in page.context["page"]]


class TestList:
    def test_is_in_order_of_names_as_people_read_them(self, visit):
        for name in ("Zénith", "École Kerichen", "eau et rivières"):
            PartnerFactory(name=name)
        assert names(visit("partners")) == ["eau et rivières", "École Kerichen", "Zénith"]

    def test_is_narrowed_by_words_kind_axis_and_neighbourhood(self, visit):
        theme, recouvrance = ThemeFactory(code="emploi"), NeighbourhoodFactory(name="Recouvrance")
        PartnerFactory(name="Mission locale", kind="MISSION_LOCALE", themes=[theme])
        PartnerFactory(name="Centre social", kind="SOCIAL_CENTRE", neighbourhoods=[recouvrance])
        assert names(visit("partners", q="mission")) == ["Mission locale"]
        assert names(visit("partners", q="recouvrance social")) == ["Centre social"]
        assert names(visit("partners", kind="SOCIAL_CENTRE")) == ["Centre social"]
        assert names(visit("partners", theme="emploi")) == ["Mission locale"]
        assert names(visit("partners", neighbourhood="recouvrance")) == ["Centre social"]
        assert names(visit("partners", commune="29019")) == ["Centre social", "Mission locale"]
        assert (
            names(visit("partners", commune=CommuneFactory(insee_code="29151", name="Morlaix").insee_code))
            == []
        )
        assert names(visit("partners", kind=["SOCIAL_CENTRE", "MISSION_LOCALE"])) == [
            "Centre social",
            "Mission locale",
        ]

    def test_filters_tell_how_many_they_would_leave_and_none_leads_to_nothing(self, visit):
        theme = ThemeFactory(code="emploi")
        PartnerFactory(kind="SCHOOL", themes=[theme])
        PartnerFactory(kind="SCHOOL")
        PartnerFactory(kind="CAF", themes=[theme])

        def counts(**asked):
            facets = visit("partners", **asked).context["facets"]
            return {facet["field"]: {o["code"]: o["count"] for o in facet["options"]} for facet in facets}

        assert counts() == {"theme": {"emploi": 2}, "kind": {"SCHOOL": 2, "CAF": 1}}
        assert counts(theme="emploi") == {"theme": {"emploi": 2}, "kind": {"SCHOOL": 1, "CAF": 1}}
        assert counts(kind="SCHOOL") == {"theme": {"emploi": 1}, "kind": {"SCHOOL": 2, "CAF": 1}}

    def test_what_is_asked_can_be_taken_away_piece_by_piece(self, visit):
        recouvrance = NeighbourhoodFactory(name="Recouvrance")
        page = visit("partners", q="cap", neighbourhood=recouvrance.slug, kind=["CAF", "SCHOOL"])
        assert {chip["label"]: chip["remove_url"] for chip in page.context["chips"]} == {
            "«\u00a0cap\u00a0»": "/partenaires/?neighbourhood=recouvrance&kind=CAF&kind=SCHOOL",
            "Recouvrance": "/partenaires/?q=cap&kind=CAF&kind=SCHOOL",
            "Caf": "/partenaires/?q=cap&neighbourhood=recouvrance&kind=SCHOOL",
            "Établissement scolaire": "/partenaires/?q=cap&neighbourhood=recouvrance&kind=CAF",
        }

    def test_are_on_a_map_those_of_other_pages_too(self, visit):
        for number in range(32):
            PartnerFactory(name=f"Partenaire {number:02}", location=beside(TOWN_HALL, east_m=100 * number))
        PartnerFactory(name="Sans adresse")
        page = visit("partners")
        assert len(page.context["map"]["spots"]) == 32
        assert '"Partenaire 31", "partenaire-31"' in page
        assert visit("partners", q="sans").context["map"] is None

    def test_take_as_many_queries_for_thirty_as_for_three(self, visit, django_assert_max_num_queries):
        for _number in range(30):
            PartnerFactory(themes=[ThemeFactory(code="emploi")], location=TOWN_HALL)
        with django_assert_max_num_queries(9):
            visit("partners")

    def test_counts_in_good_french(self, visit):
        assert "Aucun partenaire trouvé" in visit("partners")
        PartnerFactory()
        assert "1 partenaire<" in visit("partners")
        PartnerFactory()
        assert "2 partenaires<" in visit("partners")

    def test_leaves_out_who_is_not_online(self, visit):
        PartnerFactory(name="Hors ligne", is_published=False)
        assert "Hors ligne" not in visit("partners")

    def test_counts_places_once_and_only_those_it_still_works_with(self, visit):
        partner, place = PartnerFactory(), PlaceFactory()
        PartnershipFactory(partner=partner, place=place, activity="LOAN")
        PartnershipFactory(partner=partner, place=place, activity="PROJECT")
        PartnershipFactory(partner=partner, status="ENDED")
        PartnershipFactory(partner=partner, place=PlaceFactory(state=State.DRAFT))
        (row,) = visit("partners").context["page"]
        assert row.place_count == 1


class TestPage:
    def test_says_what_it_does_with_which_place(self, visit):
        partner = PartnerFactory(
            name="Mission locale",
            summary="Pour les moins de 26 ans.",
            address="1 rue Haute",
            postcode="29200",
        )
        PartnershipFactory(
            partner=partner,
            place=PlaceFactory(name="L’Escale"),
            activity="PERMANENCE",
            description="Chaque jeudi matin.",
            since="2024-03-01",
            place_contact="Médiatrice",
        )
        page = visit("partner", partner.slug)
        for words in (
            *(
                "Mission locale",
                "Pour les moins de 26 ans.",
                "1 rue Haute",
                "L’Escale",
                "Chaque jeudi matin.",
            ),
            *("Permanence dans les locaux", "depuis mars 2024", "Médiatrice", "Actif"),
        ):
            assert words in page

    def test_without_partnership_says_so(self, visit):
        page = visit("partner", PartnerFactory().slug)
        assert "Nous ne connaissons pas encore de lien avec un lieu." in page

    def test_shows_neither_what_has_ended_nor_places_that_are_not_online(self, visit):
        partner = PartnerFactory()
        PartnershipFactory(partner=partner, place=PlaceFactory(name="Fini"), status="ENDED")
        PartnershipFactory(partner=partner, place=PlaceFactory(name="Brouillon", state=State.DRAFT))
        page = visit("partner", partner.slug)
        assert "Fini" not in page
        assert "Brouillon" not in page


class TestSessions:
    def test_held_at_the_partner_s_are_on_its_page(self, visit):
        partner = PartnerFactory(name="Mission locale")
        workshop = WorkshopFactory(title="CV hors les murs", host_partner=partner)
        OccurrenceFactory(workshop=workshop)
        OccurrenceFactory(workshop=WorkshopFactory(title="Ailleurs"))
        page = visit("partner", partner.slug)
        assert "Ateliers qui ont lieu ici" in page
        assert "CV hors les murs" in page
        assert "Ailleurs" not in page
        assert "CV hors les murs" in visit("place", workshop.place.slug)


class TestContacts:
    @pytest.fixture
    def partner(self):
        partner = PartnerFactory(
            name="Mission locale", neighbourhoods=[NeighbourhoodFactory(name="Recouvrance")]
        )
        PartnerContactFactory(partner=partner, function="Accueil", phone="+33298000001", visibility="PUBLIC")
        PartnerContactFactory(
            partner=partner,
            function="Référente insertion",
            phone="+33298000002",
            email="insertion@example.org",
            visibility="PROFESSIONAL",
        )
        return partner

    def test_for_everybody_are_shown_by_their_function(self, partner, visit):
        page = visit("partner", partner.slug)
        assert "Accueil\u00a0: 02\u00a098\u00a000\u00a000\u00a001" in page
        assert "tel:+33298000001" in page

    def test_for_professionals_only_are_nowhere_on_the_public_site(self, partner, client):
        place = PlaceFactory(name="L’Escale")
        PartnershipFactory(partner=partner, place=place)
        paths = [
            "/partenaires/",
            partner.get_absolute_url(),
            place.get_absolute_url(),
            "/quartiers/recouvrance/",
        ]
        for path in [*paths, "/?q=mission+locale", "/partenaires/?q=insertion", "/sitemap-partenaires.xml"]:
            html = client.get(path).content.decode()
            for secret in ("33298000002", "insertion@example.org", "02\u00a098\u00a000\u00a000\u00a002"):
                assert secret not in html, path

    def test_are_for_professionals_until_somebody_says_otherwise(self, visit):
        contact = PartnerContactFactory(email="discret@example.org")
        assert "discret@example.org" not in visit("partner", contact.partner.slug)
