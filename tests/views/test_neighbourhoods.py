"""Browsing by neighbourhood: what is inside, what is a walk away, what is open to its people from afar."""

import datetime as dt
import re

import pytest

from places.models import Coverage, Predecessor, State
from places.search import rebuild
from tests.factories import (
    TOWN_HALL,
    CommuneFactory,
    DepartmentFactory,
    NeighbourhoodFactory,
    OccurrenceFactory,
    PartnerFactory,
    PartnershipFactory,
    PlaceFactory,
    PlaceKindFactory,
    SourceFactory,
    ThemeFactory,
    WorkshopFactory,
    beside,
    square,
)
from tests.views.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def recouvrance():
    return NeighbourhoodFactory(name="Recouvrance", aliases="La Rive droite\nRecou")


def names(rows):
    return [row.name for row in rows]


class TestList:
    def test_leads_by_departement_with_the_number_of_neighbourhoods(self, recouvrance, visit):
        NeighbourhoodFactory()
        DepartmentFactory(code="69", name="Rhône")  # without any
        page = visit("neighbourhoods")
        assert [(row["code"], row["neighbourhood_count"]) for row in page.context["departments"]] == [
            ("29", 2)
        ]
        assert 'href="/quartiers/?department=29"' in page
        assert "Rhône" not in page

    def test_of_a_departement_is_by_commune(self, recouvrance, visit):
        quimper = CommuneFactory(insee_code="29232", name="Quimper")
        NeighbourhoodFactory(name="Kermoysan", communes=[quimper])
        page = visit("neighbourhoods", department="29")
        found = [(commune.name, names(rows)) for commune, rows in page.context["communes"]]
        assert found == [("Brest", ["Recouvrance"]), ("Quimper", ["Kermoysan"])]

    def test_shows_one_that_lies_in_two_communes_under_both(self, visit):
        guilers = CommuneFactory(insee_code="29069", name="Guilers")
        NeighbourhoodFactory(name="Entre deux", communes=[CommuneFactory(), guilers])
        page = visit("neighbourhoods", q="entre deux")
        assert [commune.name for commune, _rows in page.context["communes"]] == ["Brest", "Guilers"]

    @pytest.mark.parametrize("typed", ["recouvrance", "RECOU", "rive droite", "brest recouvrance", "Brést"])
    def test_is_searched_by_name_alias_and_town_whatever_the_accents(self, typed, recouvrance, visit):
        page = visit("neighbourhoods", q=typed)
        assert 'href="/quartiers/recouvrance/"' in page

    def test_says_so_when_there_is_none_and_still_offers_the_departements(self, recouvrance, visit):
        page = visit("neighbourhoods", q="nullepart")
        assert "Aucun quartier de ce nom" in page
        assert "Finistère" in page

    def test_counts_places_that_are_online_in_good_french(self, recouvrance, visit):
        assert "0 lieu<" in visit("neighbourhoods", q="recouvrance")
        PlaceFactory(east_of=TOWN_HALL)
        PlaceFactory(east_of=TOWN_HALL, state=State.DRAFT)
        assert "1 lieu<" in visit("neighbourhoods", q="recouvrance")
        PlaceFactory(east_of=TOWN_HALL)
        assert "2 lieux<" in visit("neighbourhoods", q="recouvrance")

    def test_leaves_out_the_former_generation(self, visit):
        NeighbourhoodFactory(name="Ancien", kind="PRIORITY", generation=2015, code="QP029001")
        assert not list(visit("neighbourhoods", q="ancien").context["communes"])


class TestPage:
    def test_tells_places_inside_a_walk_away_and_those_that_serve_it(self, recouvrance, visit):
        PlaceFactory(name="Dedans", east_of=TOWN_HALL)
        PlaceFactory(name="À pied loin", east_of=TOWN_HALL, by_m=1_300)
        PlaceFactory(name="À pied près", east_of=TOWN_HALL, by_m=900)
        PlaceFactory(name="Trop loin", east_of=TOWN_HALL, by_m=1_700)
        PlaceFactory(name="Loin mais ouvert", east_of=TOWN_HALL, by_m=9_000, serves=[recouvrance])
        PlaceFactory(name="Sans position")
        page = visit("neighbourhood", "recouvrance")
        assert names(page.context["inside"]) == ["Dedans"]
        assert names(page.context["within_walk"]) == ["À pied près", "À pied loin"]
        assert names(page.context["serving"]) == ["Loin mais ouvert"]
        assert "Trop loin" not in page
        assert "Sans position" not in page

    def test_counts_metres_from_its_limit_and_not_from_its_middle(self, recouvrance, visit):
        PlaceFactory(east_of=TOWN_HALL, by_m=900)
        (place,) = visit("neighbourhood", "recouvrance").context["within_walk"]
        assert place.distance_m == pytest.approx(400, abs=3)
        assert place.walk_min == 6

    def test_shows_no_place_twice(self, recouvrance, visit):
        PlaceFactory(name="Dedans et dessert", east_of=TOWN_HALL, serves=[recouvrance])
        PlaceFactory(name="À côté et dessert", east_of=TOWN_HALL, by_m=900, serves=[recouvrance])
        page = visit("neighbourhood", "recouvrance")
        shown = [*page.context["inside"], *page.context["within_walk"], *page.context["serving"]]
        assert len(shown) == len(set(shown)) == 2

    def test_shows_nothing_that_is_not_online(self, recouvrance, visit):
        place = PlaceFactory(name="Brouillon", east_of=TOWN_HALL, state=State.DRAFT, serves=[recouvrance])
        OccurrenceFactory(workshop=WorkshopFactory(place=place, title="Caché"))
        PartnershipFactory(place=place, partner=PartnerFactory(name="Lié à un brouillon"))
        PartnerFactory(name="Hors ligne", neighbourhoods=[recouvrance], is_published=False)
        page = visit("neighbourhood", "recouvrance")
        for words in ("Brouillon", "Caché", "Hors ligne"):
            assert words not in page

    def test_tells_sessions_partners_and_what_they_do_together(self, recouvrance, visit):
        place = PlaceFactory(east_of=TOWN_HALL)
        OccurrenceFactory(workshop=WorkshopFactory(place=place, title="Premiers clics"))
        PartnershipFactory(
            place=place, partner=PartnerFactory(name="Mission locale"), description="Le jeudi."
        )
        PartnerFactory(name="Centre social", neighbourhoods=[recouvrance])
        PartnerFactory(name="Ailleurs")
        page = visit("neighbourhood", "recouvrance")
        for words in ("Premiers clics", "Mission locale", "Le jeudi.", "Centre social"):
            assert words in page
        assert "Ailleurs" not in page

    def test_of_which_little_is_known_says_so_kindly(self, visit):
        NeighbourhoodFactory(name="Le Bourg", area=square(beside(TOWN_HALL, 50_000)))
        page = visit("neighbourhood", "le-bourg")
        assert "Nous ne connaissons pas encore de lieu dans ce quartier." in page
        assert "Aucun atelier annoncé pour l’instant." in page
        assert "habitants" not in page.html.partition("<main")[2].partition("</main")[0]

    def test_says_its_other_names_its_people_and_when_they_were_counted(self, visit):
        NeighbourhoodFactory(
            name="Pontanézen", aliases="Ponta\nLe Haut", population=12_345, population_year=2021
        )
        page = visit("neighbourhood", "pontanezen")
        assert "On dit aussi\u00a0: Ponta, Le Haut." in page
        assert "12\u00a0345 habitants" in page
        assert "(2021)" in page

    def test_draws_its_outline_from_numbers_that_are_data_and_no_script(self, recouvrance, visit):
        page = visit("neighbourhood", "recouvrance")
        assert page.context["map"]["outline"]["type"] == "MultiPolygon"
        assert '<script type="application/json">' in page

    def test_of_an_example_says_that_its_outline_is_not_official(self, visit):
        source = SourceFactory(code="demonstration", is_demonstration=True)
        NeighbourhoodFactory(name="Le Port", source=source)
        assert "Exemple, contour non officiel" in visit("neighbourhood", "le-port")


class TestInShort:
    """Whom to call, when it is open, how well it is covered."""

    def page(self, visit):
        return visit("neighbourhood", NeighbourhoodFactory(name="Bellevue").slug)

    def test_says_whom_to_call_first_an_epn_and_one_that_is_open(self, visit):
        area = NeighbourhoodFactory(name="Bellevue")
        PlaceFactory(name="Sans téléphone", location=TOWN_HALL)
        PlaceFactory(name="A fermé", location=TOWN_HALL, phone="+33298000001", opening_hours="Sa 09:00-12:00")
        PlaceFactory(
            name="B ouvert", location=TOWN_HALL, phone="+33298000002", opening_hours="Tu 09:00-12:00"
        )
        page = visit("neighbourhood", area.slug)
        assert page.context["call_first"].name == "B ouvert"
        epn = PlaceFactory(name="Z EPN", location=TOWN_HALL, phone="+33298000003")
        epn.kinds.add(PlaceKindFactory(code="EPN"))
        assert visit("neighbourhood", area.slug).context["call_first"] == epn

    def test_tells_what_is_open_this_evening_and_on_saturday(self, visit):
        area = NeighbourhoodFactory(name="Bellevue")
        late = PlaceFactory(location=TOWN_HALL, opening_hours="Tu 14:00-20:00")
        PlaceFactory(location=TOWN_HALL, opening_hours="Tu 09:00-18:00")
        saturday = PlaceFactory(location=TOWN_HALL, opening_hours="Sa 09:00-12:00")
        page = visit("neighbourhood", area.slug)
        assert page.context["evening"] == [(late, dt.time(20))]
        assert [place for place, _spans in page.context["saturday"]] == [saturday]
        assert "jusqu’à 20\u00a0h" in page

    def test_says_so_when_nothing_is_known_to_be_open(self, visit):
        assert self.page(visit).html.count("Rien d’ouvert que nous sachions.") == 2

    def test_gives_the_figures_of_the_coverage_and_how_they_are_made(self, visit):
        area = NeighbourhoodFactory(name="Bellevue")
        PlaceFactory(location=TOWN_HALL, opening_hours="Mo-Fr 09:00-12:00")
        Coverage.objects.refresh(at=NOW)
        page = visit("neighbourhood", area.slug)
        assert "Le lieu le plus proche est dans le quartier." in page
        assert "1 lieu à un quart d’heure au plus." in page
        assert "15 heures par semaine" in page
        assert "Comment ces chiffres sont faits" in page

    def test_gives_minutes_to_the_nearest_and_places_for_inhabitants_where_they_are_known(self, visit):
        area = NeighbourhoodFactory(name="Bellevue", population=5_000)
        PlaceFactory(location=beside(TOWN_HALL, east_m=900))  # 400 m from the limit
        Coverage.objects.refresh(at=NOW)
        words = " ".join(re.sub(r"<[^>]*>", "", visit("neighbourhood", area.slug).html).split())
        assert "Le lieu le plus proche est à 400 m. 6 min à pied." in words
        assert "1 lieu à un quart d’heure au plus. 2,0 pour 10 000 habitants." in words

    def test_names_the_partners_of_each_axis_and_the_neighbours(self, visit):
        area = NeighbourhoodFactory(name="Bellevue")
        work = ThemeFactory(code="emploi", name="Emploi")
        PartnerFactory(name="Mission locale", neighbourhoods=[area], themes=[work])
        near = NeighbourhoodFactory(name="Kerourien", area=square(beside(TOWN_HALL, 1_500, 0), half_m=300))
        page = visit("neighbourhood", area.slug)
        assert [(theme, [p.name for p in acting]) for theme, acting in page.context["partners_by_theme"]] == [
            (work, ["Mission locale"])
        ]
        assert page.context["neighbours"] == [near]


class TestGenerations:
    @pytest.fixture
    def bellevue(self):
        row = NeighbourhoodFactory(name="Bellevue", kind="PRIORITY", generation=2024, code="QN02904M")
        for code, name, former, new in (
            ("QP029001", "Quéliverzan", 0.9, 0.4),
            ("QP029002", "Kerbernier", 0.2, 0.1),
            ("QP029003", "Lambézellec", 0.01, 0.02),
        ):
            Predecessor.objects.create(
                neighbourhood=row, code=code, name=name, share_of_former=former, share_of_new=new
            )
        return row

    def test_before_are_told_by_name_and_code_wholly_or_in_part(self, bellevue, visit):
        words = " ".join(re.sub(r"<[^>]*>", "", visit("neighbourhood", bellevue.slug).html).split())
        assert "prend la suite de « Quéliverzan » (QP029001)." in words
        assert "Il reprend une partie de « Kerbernier » (QP029002)." in words
        assert "Lambézellec" not in words  # the two only touch

    def test_before_and_after_lead_to_each_other(self, bellevue, visit):
        former = NeighbourhoodFactory(name="Avant", kind="PRIORITY", generation=2015, code="QP029001")
        assert former.get_absolute_url() in visit("neighbourhood", bellevue.slug)
        page = visit("neighbourhood", former.slug)
        assert "il est remplacé par" in page
        assert bellevue.get_absolute_url() in page

    @pytest.mark.parametrize("q", ["queliverzan", "QP029001", "qn02904m"])
    def test_before_find_those_of_today_in_every_search(self, q, bellevue, visit):
        rebuild()
        assert "Bellevue" in visit("neighbourhoods", q=q)
        assert "Bellevue" in visit("suggestions", q=q)

    def test_of_a_neighbourhood_that_people_live_in_are_not_asked_for(self, visit):
        assert "prend la suite" not in visit("neighbourhood", NeighbourhoodFactory().slug)
