"""/couverture/: what each neighbourhood has within reach, and the way to what is behind each figure."""

import datetime as dt
import re

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from places.models import Coverage
from tests.factories import (
    TOWN_HALL,
    CommuneFactory,
    DepartmentFactory,
    NeighbourhoodFactory,
    PlaceFactory,
    ServiceFactory,
    ThemeFactory,
    beside,
    square,
)
from tests.opendata.test_tables import cells_of, rows_of

from .conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def brest():
    """Bellevue has a place inside; Kérourien, 5 km away, has its nearest 2 km off."""
    employment = ThemeFactory(code="emploi", name="Accès à l’emploi")
    bellevue = NeighbourhoodFactory(name="Bellevue", population=8_000)
    far = beside(TOWN_HALL, east_m=5_000)
    kerourien = NeighbourhoodFactory(name="Kérourien", area=square(far))
    PlaceFactory(
        name="Maison de quartier",
        location=TOWN_HALL,
        opening_hours="Mo-Fr 09:00-12:00",
        services=[ServiceFactory(code="cv", name="Faire un CV", themes=[employment])],
    )
    PlaceFactory(name="Médiathèque", location=beside(far, east_m=2_500))
    Coverage.objects.refresh(at=NOW)
    return bellevue, kerourien


def names_in(page):
    return re.findall(r'<th scope="row"><a href="/quartiers/[^"]*">([^<]*)</a>', page.html)


@pytest.mark.usefixtures("brest")
class TestTable:
    def test_tells_how_far_the_nearest_place_is_with_the_way_to_it(self, visit):
        page = visit("coverage", department="29")
        assert "Dans le quartier" in page
        assert "2\u00a0km" in page
        assert 'href="/lieux/mediatheque-brest/"' in page

    def test_of_an_axis_leaves_out_the_places_that_do_not_help_on_it(self, visit):
        page = visit("coverage", department="29", measure="theme:emploi")
        assert "Accès à l’emploi" in page
        assert "/lieux/mediatheque-brest/" not in page

    def test_tells_the_hours_of_those_who_give_them(self, visit):
        page = visit("coverage", department="29")
        assert "15\u00a0h" in page
        assert "1 lieu sur 1 donne ses horaires" in page

    def test_tells_places_for_inhabitants_where_the_population_is_known(self, visit):
        assert visit("coverage", department="29").html.count("pour 10 000 habitants") == 1

    def test_each_figure_leads_to_what_is_behind_it(self, visit):
        page = visit("coverage", department="29")
        line = page.html.split("Bellevue</a>")[1].split("</tr>")[0]
        assert line.count('href="/quartiers/bellevue/#en-bref"') == 2  # hours, axes
        assert 'href="/quartiers/bellevue/"' in line  # the places within reach

    def test_unknown_is_said_and_is_no_zero(self, visit):
        assert "Pas connu à moins de 20\u00a0km" in visit("coverage", department="29", measure="step-free")

    @pytest.mark.parametrize(
        ("sort", "first"),
        [
            ("", "Bellevue"),
            ("-name", "Kérourien"),
            ("distance", "Bellevue"),
            ("-distance", "Kérourien"),
            ("-reach", "Bellevue"),
            ("-hours", "Bellevue"),
            ("hours", "Bellevue"),  # unknown comes last in both directions
        ],
    )
    def test_is_sorted_by_a_link(self, sort, first, visit):
        assert names_in(visit("coverage", department="29", sort=sort))[0] == first

    def test_says_to_a_screen_reader_by_what_it_is_sorted(self, visit):
        page = visit("coverage", department="29", sort="-distance")
        assert page.html.count("aria-sort=") == 1
        assert 'aria-sort="descending"' in page

    def test_a_link_that_sorts_keeps_what_was_asked(self, visit):
        page = visit("coverage", department="29", measure="theme:emploi")
        assert "department=29&amp;measure=theme%3Aemploi&amp;sort=-distance" in page


class TestTerritory:
    def test_without_one_is_all_of_france_by_departement(self, brest, visit):
        NeighbourhoodFactory(
            communes=[CommuneFactory(insee_code="75056", department=DepartmentFactory(code="75"))]
        )
        Coverage.objects.refresh(at=NOW)
        page = visit("coverage")
        assert re.findall(r'href="\?department=(\w+)"', page.html) == ["29", "75"]

    def test_without_one_is_sorted_by_a_link_too_and_passes_over_what_it_has_no_column_for(
        self, brest, visit
    ):
        paris = CommuneFactory(insee_code="75056", department=DepartmentFactory(code="75", name="Paris"))
        NeighbourhoodFactory(communes=[paris], area=square(beside(TOWN_HALL, east_m=12_000)))
        Coverage.objects.refresh(at=NOW)
        for sort, order in (("-name", "75 29"), ("-count", "29 75"), ("-median", "75 29"), ("axes", "29 75")):
            page = visit("coverage", sort=sort)
            assert re.findall(r'href="\?department=(\w+)"', page.html) == order.split()
        assert visit("coverage", department="29", sort="median").status == 200

    def test_can_be_a_commune_and_holds_its_boroughs(self, visit):
        lyon = CommuneFactory(insee_code="69123", name="Lyon", department=DepartmentFactory(code="69"))
        ninth = CommuneFactory(insee_code="69389", kind="ARM", parent=lyon, department=lyon.department)
        NeighbourhoodFactory(name="La Duchère", communes=[ninth])
        NeighbourhoodFactory(name="Bellevue")
        Coverage.objects.refresh(at=NOW)
        assert names_in(visit("coverage", commune="69123")) == ["La Duchère"]

    def test_can_be_an_intercommunality(self, visit):
        town = CommuneFactory(insee_code="29075", epci_code="242900314", epci_name="Brest Métropole")
        NeighbourhoodFactory(name="Ici", communes=[town])
        NeighbourhoodFactory(name="Ailleurs")
        Coverage.objects.refresh(at=NOW)
        page = visit("coverage", epci="242900314")
        assert "Brest Métropole" in page
        assert names_in(page) == ["Ici"]

    def test_leads_to_its_parts(self, brest, visit):
        assert '?commune=29019"' in visit("coverage", department="29")

    @pytest.mark.parametrize(
        "query", [{"department": "2Z"}, {"epci": "1"}, {"commune": "0"}, {"measure": "?"}]
    )
    def test_that_does_not_exist_leads_to_all_of_france(self, query, brest, visit):
        page = visit("coverage", **query)
        assert page.status == 200
        assert "Par département" in page


class TestFreshness:
    def test_the_moment_of_the_figures_is_told(self, brest, visit):
        assert "Calculés le 8 septembre 2026 à 10\u00a0h" in visit("coverage", department="29")

    def test_a_change_since_is_told(self, brest, visit, it_is):
        assert "Des fiches ont changé depuis" not in visit("coverage")
        it_is(NOW + dt.timedelta(minutes=1))
        PlaceFactory()
        assert "Des fiches ont changé depuis" in visit("coverage")

    def test_before_any_figure_the_page_says_so(self, visit):
        assert "Les chiffres ne sont pas encore calculés" in visit("coverage")

    def test_nothing_is_computed_in_a_visit(self, brest, visit):
        place = PlaceFactory(location=TOWN_HALL)
        visit("coverage", department="29")
        assert Coverage.objects.get(neighbourhood=place.neighbourhood).reach_count == 1


class TestPlan:
    def test_has_a_mark_for_each_neighbourhood_and_a_legend_in_words(self, brest, visit):
        page = visit("coverage", department="29")
        drawing = re.search(r"coverage-plan__map.*?</svg>", page.html, re.S)[0]
        assert re.findall(r'href="#band-(\w+)"', drawing) == ["inside", "near"]
        assert "De 1 à 3\u00a0km" in page

    def test_numbers_of_the_drawing_are_written_with_points(self, brest, visit):
        drawing = re.search(r"coverage-plan__map.*?</svg>", visit("coverage", department="29").html, re.S)[0]
        assert not re.search(r'(?:d|transform)="[^"]*\d,\d', drawing)


class TestFiles:
    def get(self, client, kind, **query):
        return client.get(reverse("coverage-file", args=[kind]), query)

    def test_a_table_has_a_line_for_each_neighbourhood_and_a_column_for_each_measure(self, brest, client):
        head, bellevue, kerourien = rows_of(self.get(client, "csv", department="29").content)
        row = dict(zip(head, bellevue, strict=True))
        assert row["Quartier"] == "Bellevue"
        assert row["Heures ouvertes par semaine"] == "15"
        assert row["Mètres jusqu’au plus proche\u00a0: Accès à l’emploi"] == "0"
        assert dict(zip(head, kerourien, strict=True))["Heures ouvertes par semaine"] == ""

    def test_the_workbook_says_the_same(self, brest, client):
        response = self.get(client, "xlsx", department="29")
        assert response["Content-Disposition"] == 'attachment; filename="couverture-finistere.xlsx"'
        assert [row[0] for row in cells_of(response.content)] == ["Quartier", "Bellevue", "Kérourien"]

    def test_a_name_that_looks_like_a_formula_is_not_run(self, client):
        NeighbourhoodFactory(name="=1+1")
        Coverage.objects.refresh(at=NOW)
        assert rows_of(self.get(client, "csv").content)[1][0] == "'=1+1"
        assert cells_of(self.get(client, "xlsx").content)[1][0] == "=1+1"

    def test_the_map_has_outlines_and_figures(self, brest, client):
        found = orjson.loads(self.get(client, "geojson", department="29").content)
        first = found["features"][0]
        assert first["geometry"]["type"] == "MultiPolygon"
        assert first["properties"]["nearest_m_any"] == 0
        assert first["properties"]["nearest_m_step-free"] is None

    @pytest.mark.parametrize(("kind", "query"), [("pdf", {}), ("csv", {"department": "?"})])
    def test_404_for_what_there_is_not(self, kind, query, client):
        assert self.get(client, kind, **query).status_code == 404


class TestQueries:
    @pytest.mark.parametrize(
        ("name", "args", "query"),
        [
            ("coverage", [], {}),
            ("coverage", [], {"department": "29"}),
            ("coverage", [], {"commune": "29019", "measure": "theme:emploi"}),
            ("coverage-file", ["csv"], {"department": "29"}),
            ("coverage-file", ["geojson"], {}),
        ],
    )
    def test_do_not_grow_with_the_neighbourhoods(self, name, args, query, client):
        counts = []
        ThemeFactory(code="emploi")
        for rows in (3, 17):
            NeighbourhoodFactory.create_batch(rows)
            PlaceFactory.create_batch(rows, location=TOWN_HALL)
            Coverage.objects.refresh(at=NOW)
            client.get(reverse(name, args=args), query)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(name, args=args), query).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 18
