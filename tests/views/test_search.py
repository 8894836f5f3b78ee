"""The home page, and results: what was understood, what answers it, and never a dead end."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from places.models import State
from places.search import rebuild
from tests.factories import (
    TOWN_HALL,
    AudienceFactory,
    CommuneFactory,
    FeeFactory,
    NeighbourhoodFactory,
    OccurrenceFactory,
    PlaceFactory,
    PlaceKindFactory,
    ServiceFactory,
    ThemeFactory,
    WorkshopFactory,
    beside,
)

pytestmark = pytest.mark.django_db
HERE = {"lon": "-4.4861", "lat": "48.3904"}


def names(page):
    return [place.name for place in page.context["page"]]


@pytest.fixture
def search(visit):
    def search(**query):
        rebuild()
        return visit("search", **query)

    return search


class TestHome:
    def test_asks_one_question_and_offers_needs(self, visit):
        page = visit("search")
        assert page.html.count('type="search"') == 1
        assert "De quoi avez-vous besoin\u00a0?" in page
        assert page.html.count('class="tile"') == 7

    def test_leads_to_towns_and_neighbourhoods_that_have_the_most_places(self, visit):
        quimper = CommuneFactory(insee_code="29232", name="Quimper")
        NeighbourhoodFactory(name="Recouvrance")
        NeighbourhoodFactory(name="Sans lieu", communes=[quimper], area=NeighbourhoodFactory.build().area)
        for _place in range(2):
            PlaceFactory(east_of=TOWN_HALL)
        PlaceFactory(commune=quimper)
        PlaceFactory(commune=CommuneFactory(insee_code="29151", name="Morlaix"), state=State.DRAFT)
        page = visit("search")
        assert [(town["name"], town["place_count"]) for town in page.context["towns"]] == [
            ("Brest", 2),
            ("Quimper", 1),
        ]
        assert "2 lieux" in page
        assert "1 lieu<" in page
        assert "Morlaix" not in page
        assert len(page.context["top_neighbourhoods"]) == 1

    def test_shows_sessions_that_will_be_held(self, visit):
        OccurrenceFactory(workshop=WorkshopFactory(title="Premiers clics"))
        OccurrenceFactory(workshop=WorkshopFactory(title="Annulé exprès"), status="CANCELLED")
        page = visit("search")
        assert "Premiers clics" in page
        assert "Annulé exprès" not in page

    def test_of_an_empty_directory_stands_all_the_same(self, visit):
        page = visit("search")
        assert page.status == 200
        for title in ("Par ville", "Par quartier", "Prochains ateliers"):
            assert title not in page

    def test_is_what_empty_fields_lead_to(self, visit):
        assert visit("search", q="", commune="").context["is_home"]


class TestResults:
    def test_find_by_name_town_postcode_and_neighbourhood(self, search):
        NeighbourhoodFactory(name="Recouvrance")
        PlaceFactory(name="L’Escale", east_of=TOWN_HALL)
        for typed in ("escale", "ESCALE brest", "29200", "Recouvrance", "escalle"):
            assert names(search(q=typed)) == ["L’Escale"], typed

    def test_leave_out_what_is_not_online(self, search):
        PlaceFactory(name="L’Escale", state=State.PENDING)
        page = search(q="escale")
        assert not page.context["total"]
        assert "/lieux/l-escale-brest/" not in page

    def test_are_counted_in_good_french(self, search):
        PlaceFactory()
        assert "1 lieu<" in search(commune="29019")
        PlaceFactory()
        assert "2 lieux<" in search(commune="29019")

    def test_come_by_twenty_with_their_filters_kept(self, search):
        for number in range(25):
            PlaceFactory(name=f"Lieu {number:02}")
        page = search(commune="29019")
        assert len(names(page)) == 20
        assert "?commune=29019&amp;page=2" in page
        assert len(names(search(commune="29019", page=2))) == 5

    def test_near_a_position_are_nearest_first_with_metres_and_minutes(self, search):
        for by_m in (900, 100, 2_500):
            PlaceFactory(name=f"À {by_m} m", east_of=TOWN_HALL, by_m=by_m)
        page = search(**HERE, radius="1000")
        assert names(page) == ["À 100 m", "À 900 m"]
        assert "100\u00a0m" in page
        assert "14\u00a0min à pied" in page

    def test_far_away_tell_no_minutes_on_foot(self, search):
        PlaceFactory(east_of=TOWN_HALL, by_m=20_000)
        page = search(**HERE)
        assert "20\u00a0km" in page
        assert "min à pied" not in page

    def test_in_order_of_opening_those_that_are_open_come_first_then_the_nearest(self, search):
        for name, by_m, days in (("Fermé", 100, "We"), ("Plus loin", 900, "Tu"), ("Ouvert", 500, "Tu")):
            PlaceFactory(name=name, east_of=TOWN_HALL, by_m=by_m, opening_hours=f"{days} 09:00-12:00")
        page = search(**HERE, sort="opening")
        assert names(page) == ["Ouvert", "Plus loin", "Fermé"]
        sorts = {sort["name"]: sort["selected"] for sort in page.context["sorts"]}
        assert sorts == {"Distance": False, "Pertinence": False, "Ouverture": True}

    def test_without_a_position_are_not_sorted_by_distance(self, search):
        PlaceFactory(), PlaceFactory()
        sorts = search(commune="29019", sort="distance").context["sorts"]
        assert [(sort["name"], sort["selected"]) for sort in sorts] == [
            ("Pertinence", True),
            ("Ouverture", False),
        ]

    def test_tell_first_and_louder_what_was_asked_for(self, search):
        others = [ServiceFactory(code=code, name=code.title(), rank=rank) for rank, code in enumerate("abc")]
        asked = ServiceFactory(code="cv", name="Faire un CV", rank=9)
        PlaceFactory(services=[*others, asked])
        page = search(service="cv", commune="29019")
        assert "<strong>Faire un CV</strong> · A · B</p>" in page.html

    def test_open_now_are_those_that_surely_are(self, search):
        PlaceFactory(name="Ouvert", opening_hours="Tu 09:00-12:00")
        PlaceFactory(name="Fermé", opening_hours="We 09:00-12:00")
        PlaceFactory(name="Inconnu")
        assert names(search(open="1", commune="29019")) == ["Ouvert"]

    @pytest.mark.parametrize(
        ("field", "link", "factory"),
        [
            ("service", "services", ServiceFactory),
            ("audience", "audiences", AudienceFactory),
            ("kind", "kinds", PlaceKindFactory),
            ("fee", "fees", FeeFactory),
        ],
    )
    def test_are_filtered_by_code_and_say_so(self, field, link, factory, search):
        wanted, other = factory(code="voulu", name="Voulu"), factory(code="autre", name="Autre")
        PlaceFactory(name="Oui", **{link: [wanted]})
        PlaceFactory(name="Non", **{link: [other]})
        page = search(**{field: "voulu"})
        assert names(page) == ["Oui"]
        assert [chip["label"] for chip in page.context["chips"]] == ["Voulu"]
        assert set(names(search(**{field: ["voulu", "autre"]}))) == {"Oui", "Non"}

    def test_on_an_axis_are_those_whose_help_is_on_it(self, search):
        theme = ThemeFactory(code="emploi", name="Emploi")
        PlaceFactory(name="Oui", services=[ServiceFactory(code="cv", themes=[theme])])
        PlaceFactory(name="Non")
        assert names(search(theme="emploi")) == ["Oui"]

    def test_of_a_filter_are_announced_before_it_is_chosen(self, search):
        printing = ServiceFactory(code="imprimer", name="Imprimer")
        for _place in range(3):
            PlaceFactory(services=[printing])
        PlaceFactory()
        (facet,) = [one for one in search(commune="29019").context["facets"] if one["field"] == "service"]
        assert [(option["name"], option["count"]) for option in facet["options"]] == [("Imprimer", 3)]
        assert search(commune="29019", service="imprimer").context["total"] == 3

    def test_are_undone_chip_by_chip(self, search):
        PlaceFactory(services=[ServiceFactory(code="cv", name="Faire un CV")])
        chips = search(service="cv", commune="29019").context["chips"]
        assert {chip["label"]: chip["remove_url"] for chip in chips} == {
            "Faire un CV": "/?commune=29019",
            "Brest (29)": "/?service=cv",
        }


class TestNoDeadEnd:
    def test_when_nothing_answers_the_nearest_places_are_offered(self, search):
        PlaceFactory(name="Tout près", east_of=TOWN_HALL, by_m=300)
        page = search(**HERE, service=ServiceFactory(code="cv").code)
        assert not page.context["total"]
        assert [place.name for place in page.context["nearby"]] == ["Tout près"]
        assert "Aucun lieu ne répond à tout cela" in page

    def test_each_criterion_can_be_loosened(self, search):
        ServiceFactory(code="cv", name="Faire un CV")
        PlaceFactory()
        page = search(service="cv", commune="29019")
        labels = [link["label"] for link in page.context["loosen"]]
        assert "Enlever «\u00a0Faire un CV\u00a0»" in labels
        assert "Enlever «\u00a0Brest (29)\u00a0»" in labels

    def test_what_cannot_be_understood_is_said_and_shows_no_place(self, search):
        PlaceFactory(name="L’Escale")
        page = search(lon="500", lat="48")
        assert "Une position s’écrit en degrés" in page
        assert "L’Escale" not in page


class TestTrip:
    def test_hours_are_told_on_each_card_as_of_now(self, search):
        PlaceFactory(name="L’Escale", opening_hours="Mo-Fr 09:00-12:00")
        assert "Ouvert, ferme à 12\u00a0h" in search(commune="29019")

    def test_a_closure_of_today_is_known_to_the_list(self, search):
        place = PlaceFactory(name="L’Escale", opening_hours="Mo-Fr 09:00-12:00")
        place.closures.create(starts_on=dt.date(2026, 9, 7), ends_on=dt.date(2026, 9, 9))
        page = search(commune="29019")
        assert "Ouvert, ferme" not in page
        assert not search(commune="29019", open="1").context["total"]


class TestQueries:
    """So many, whatever is found, however much is chosen."""

    @pytest.fixture
    def queries(self, client):
        def count(**query):
            rebuild()
            client.get("/", query)  # a worker reads its vocabulary once
            with CaptureQueriesContext(connection) as asked:
                assert client.get("/", query).status_code == 200
            return len(asked)

        return count

    def test_are_ten_at_most_and_as_many_for_six_places_as_for_twelve(self, queries):
        service, fee = ServiceFactory(code="aide"), FeeFactory(code="gratuit")
        counts = []
        for _round in range(2):
            for _place in range(6):
                place = PlaceFactory(name="Imprimer ici", east_of=TOWN_HALL)
                place.services.add(service)
                place.fees.add(fee)
            asked = [{"q": "imprimer"}, {"q": "imprimer brest"}, HERE, {**HERE, "q": "imprimer"}]
            asked.append({"q": "brest", "service": "aide", "fee": "gratuit", "open": "1"})
            counts.append([queries(**query) for query in asked])
        assert counts[0] == counts[1]
        assert max(counts[0]) <= 10

    def test_are_ten_at_most_where_nobody_does_what_is_asked_and_others_do_further_away(self, queries):
        brest = CommuneFactory(name="Brest", location=TOWN_HALL)
        bellevue = NeighbourhoodFactory(name="Bellevue", communes=[brest])
        PlaceFactory(name="La Maison", commune=brest, location=TOWN_HALL).serves.add(bellevue)
        PlaceFactory(name="Imprimer ici", location=beside(TOWN_HALL, east_m=25_000))
        asked = [{"q": "imprimer belevue brest"}, {"q": "imprimer brest"}, {**HERE, "q": "imprimer"}]
        asked += [{"q": "imprimer", "commune": brest.insee_code}]
        assert max(queries(**query) for query in asked) <= 10
