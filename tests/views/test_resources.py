"""What actors lend one another and look for, and the projects that others can make again."""

import pytest

from places.models import State
from tests.factories import (
    TOWN_HALL,
    CommuneFactory,
    NeighbourhoodFactory,
    OfferFactory,
    PartnerFactory,
    PlaceFactory,
    ProjectFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def titles(page):
    return [offer.title for offer in page.context["page"]]


class TestResources:
    def test_tell_what_is_given_and_what_is_looked_for(self, visit):
        OfferFactory(title="Grande salle", conditions="Dix jours avant", contact="Accueil")
        OfferFactory(title="Des tablettes", kind="EQUIPMENT", is_wanted=True)
        page = visit("resources")
        assert titles(page) == ["Grande salle"]
        assert [offer.title for offer in page.context["wanted"]] == ["Des tablettes"]
        assert "Dix jours avant" in page
        assert "contact\u00a0: Accueil" in page

    def test_are_found_by_words_in_any_number_and_case(self, visit):
        OfferFactory(title="Un ordinateur portable", place=PlaceFactory(name="L’Escale"))
        OfferFactory(title="Une salle")
        for words in ("ordinateurs", "PORTABLE", "escale ordinateur"):
            assert titles(visit("resources", q=words)) == ["Un ordinateur portable"], words

    def test_are_found_by_kind_town_neighbourhood_and_giver(self, visit):
        area, morlaix = (
            NeighbourhoodFactory(name="Recouvrance"),
            CommuneFactory(name="Morlaix", insee_code="29151"),
        )
        inside = OfferFactory(title="A", place=PlaceFactory(location=TOWN_HALL))
        of_actor = OfferFactory(
            title="B",
            place=None,
            partner=PartnerFactory(neighbourhoods=[area], commune=morlaix),
            kind="WEBSITE",
        )
        OfferFactory(title="C", kind="TRAINING")
        assert titles(visit("resources", neighbourhood=area.slug)) == ["A", "B"]
        assert titles(visit("resources", q="recouvrance")) == ["A", "B"]
        assert titles(visit("resources", commune=morlaix.insee_code)) == ["B"]
        assert titles(visit("resources", kind=["WEBSITE", "TRAINING"])) == ["C", "B"]
        assert titles(visit("resources", place=inside.place.slug)) == ["A"]
        assert titles(visit("resources", partner=of_actor.partner.slug)) == ["B"]

    def test_what_is_asked_stays_in_the_form_and_can_be_taken_away(self, visit):
        area = NeighbourhoodFactory(name="Recouvrance")
        OfferFactory(place=PlaceFactory(location=TOWN_HALL))
        page = visit("resources", neighbourhood=area.slug, q="salle")
        assert '<input type="hidden" name="neighbourhood" value="recouvrance">' in page
        assert 'href="/ressources/?q=salle"' in page

    def test_hide_what_is_not_online(self, visit):
        OfferFactory(is_published=False)
        OfferFactory(place=PlaceFactory(state=State.DRAFT))
        OfferFactory(place=None, partner=PartnerFactory(is_published=False))
        assert titles(visit("resources")) == []

    def test_where_there_is_none_the_nearest_others_are_shown(self, visit):
        morlaix = CommuneFactory(name="Morlaix", insee_code="29151")
        area = NeighbourhoodFactory(name="Recouvrance", communes=[morlaix])
        near = OfferFactory(place=PlaceFactory(commune=morlaix))
        OfferFactory(title="Loin")
        page = visit("resources", neighbourhood=area.slug)
        assert "Rien de tel ici" in page
        assert list(page.context["others"]) == [near]
        assert len(visit("resources", neighbourhood=area.slug, q="piscine").context["others"]) == 2

    @pytest.mark.parametrize(
        "query", [{"kind": "CHATEAU"}, {"neighbourhood": "nulle-part"}, {"q": "\x00"}, {"page": "99999"}]
    )
    def test_nonsense_is_answered_calmly(self, visit, query):
        OfferFactory()
        assert visit("resources", **query).response.status_code == 200

    def test_take_as_many_queries_for_thirty_as_for_one(self, visit, django_assert_max_num_queries):
        for _number in range(30):
            OfferFactory()
        with django_assert_max_num_queries(6):
            visit("resources")

    def test_are_told_on_the_pages_of_those_concerned(self, visit):
        area = NeighbourhoodFactory(name="Recouvrance")
        place, partner = PlaceFactory(location=TOWN_HALL), PartnerFactory(neighbourhoods=[area])
        OfferFactory(title="Grande salle", place=place)
        OfferFactory(title="Une camionnette", place=None, partner=partner)
        OfferFactory(title="Des bénévoles", place=None, partner=partner, is_wanted=True)
        page = visit("partner", partner.slug)
        assert [offer.title for offer in page.context["given"]] == ["Une camionnette"]
        assert [offer.title for offer in page.context["wanted"]] == ["Des bénévoles"]
        assert "1 ressource à partager" in visit("place", place.slug)
        at_area = visit("neighbourhood", area.slug)
        for title in ("Grande salle", "Une camionnette", "Des bénévoles"):
            assert title in at_area


class TestProjects:
    def test_are_listed_the_latest_first_and_found_by_words_axis_and_neighbourhood(self, visit):
        area, life = NeighbourhoodFactory(name="Recouvrance"), ThemeFactory(code="vie-de-quartier")
        radio = ProjectFactory(title="Radio du port", started_on="2026-05-01", theme=life)
        ProjectFactory(
            title="Carte des récits",
            started_on="2025-05-01",
            neighbourhoods=[area],
            theme=ThemeFactory(code="education"),
        )
        assert titles(visit("projects")) == ["Radio du port", "Carte des récits"]
        assert titles(visit("projects", q="radios")) == ["Radio du port"]
        assert titles(visit("projects", theme="education")) == ["Carte des récits"]
        assert titles(visit("projects", neighbourhood=area.slug)) == ["Carte des récits"]
        empty = visit("projects", q="piscine")
        assert "Aucun projet trouvé" in empty
        assert radio in empty.context["others"]

    def test_page_tells_what_it_took_and_how_to_make_it_again(self, visit):
        place, partner = PlaceFactory(name="L’Escale"), PartnerFactory(name="Le collège")
        project = ProjectFactory(
            title="Radio du port",
            story="Tout est parti d’un micro.",
            equipment="Deux micros",
            steps="Écouter ensemble.\n\nEnregistrer.",
            places=[place],
            partners=[partner],
        )
        page = visit("project", project.slug)
        for words in ("Tout est parti d’un micro.", "Deux micros", "L’Escale", "Le collège"):
            assert words in page
        assert page.context["project"].step_list == ["Écouter ensemble.", "Enregistrer."]
        assert "1 projet de quartier" in visit("place", place.slug)
        assert "Radio du port" in visit("partner", partner.slug)

    def test_that_is_a_draft_is_not_there(self, visit, client):
        draft = ProjectFactory(is_published=False)
        assert titles(visit("projects")) == []
        assert client.get(draft.get_absolute_url()).status_code == 404

    def test_do_not_name_a_place_that_is_not_online(self, visit):
        project = ProjectFactory(places=[PlaceFactory(name="En travaux", state=State.DRAFT)])
        assert "En travaux" not in visit("project", project.slug)
