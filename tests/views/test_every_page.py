"""What holds for every page: it answers, in French, to GET and HEAD only, whatever is asked of it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from places.models import State
from tests.factories import (
    TOWN_HALL,
    NeighbourhoodFactory,
    OccurrenceFactory,
    PartnerFactory,
    PartnershipFactory,
    PlaceFactory,
    ProjectFactory,
    ServiceFactory,
    ThemeFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db

LISTS = ["search", "neighbourhoods", "agenda", "partners", "resources", "projects"]
TEXTS = ["about", "help", "accessibility", "legal", "privacy"]
MACHINES = ["map-points", "map-background", "map-communes", "map-neighbourhoods", "suggestions"]
MACHINES += ["health", "robots", "sitemap-index"]
ROWS = ["place", "place-correction", "place-correction-thanks", "neighbourhood", "workshop", "partner"]
ROWS += ["project", "occurrence", "occurrence-poster", "place-month", "neighbourhood-month"]


@pytest.fixture
def address_of():
    """address_of("place"): the path of a page of that name, with a row behind it where it needs one."""
    rows = {
        "place": lambda: [PlaceFactory().slug],
        "neighbourhood": lambda: [NeighbourhoodFactory().slug],
        "workshop": lambda: [WorkshopFactory().slug],
        "occurrence": lambda: [(row := OccurrenceFactory()).workshop.slug, row.slot],
        "partner": lambda: [PartnerFactory().slug],
        "project": lambda: [ProjectFactory().slug],
    }

    def path(name):
        row = rows.get(name.partition("-")[0]) if name in ROWS else None
        return reverse(name, args=row() if row else [])

    return path


class TestAnswers:
    @pytest.mark.parametrize("name", [*LISTS, *TEXTS, *ROWS])
    def test_a_page_in_french_with_one_title_and_a_way_to_its_content(self, name, client, address_of):
        response = client.get(address_of(name))
        html = response.content.decode()
        assert response.status_code == 200
        assert '<html lang="fr">' in html
        assert html.count("<h1") == 1
        assert 'href="#contenu"' in html
        assert 'id="contenu"' in html
        title = re.search(r"<title>(.*?)</title>", html, re.S)[1].strip()
        assert len(title) > 10
        assert not re.search(r"None|\[\]|&lt;|<|\{\{", title)

    @pytest.mark.parametrize("name", [*LISTS, *TEXTS, *ROWS])
    def test_no_page_says_none_or_a_broken_plural(self, name, client, address_of):
        html = client.get(address_of(name)).content.decode()
        words = re.sub(r"<script.*?</script>|<[^>]*>", " ", html, flags=re.S)
        assert not re.search(r"\b(None|True|False|nan|undefined)\b", words)
        assert not re.search(r"\b0 (lieux|partenaires|séances|ateliers|quartiers)\b", words)

    @pytest.mark.parametrize("name", [*LISTS, *TEXTS, *ROWS, *MACHINES])
    def test_head_as_well(self, name, client, address_of):
        assert client.head(address_of(name)).status_code == 200

    @pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "trace"])
    @pytest.mark.parametrize("name", [*LISTS, *TEXTS, *ROWS, *MACHINES[:-1]])
    def test_no_other_method(self, name, method, client, address_of):
        if (name, method) == ("place-correction", "post"):
            return  # the one form that visitors send
        assert getattr(client, method)(address_of(name)).status_code == 405

    @pytest.mark.parametrize("name", ROWS)
    def test_404_in_french_for_what_does_not_exist(self, name, visit):
        page = visit(name, *["rien-de-tel"] * (2 if name.startswith("occurrence") else 1))
        assert page.status == 404
        assert "Cette page n’existe pas, ou plus" in page

    def test_404_in_french_for_an_address_that_nobody_gave(self, client):
        response = client.get("/nulle-part/")
        assert response.status_code == 404
        assert "Cette page n’existe pas, ou plus" in response.content.decode()

    @pytest.mark.parametrize("state", [State.DRAFT, State.PENDING, State.ARCHIVED])
    @pytest.mark.parametrize("name", ["place", "place-correction", "place-correction-thanks"])
    def test_404_for_a_place_that_is_not_online(self, name, state, visit):
        assert visit(name, PlaceFactory(state=state).slug).status == 404

    @pytest.mark.parametrize("state", [State.DRAFT, State.PENDING, State.ARCHIVED])
    def test_404_for_a_workshop_that_is_not_online_or_whose_place_is_not(self, state, visit):
        assert visit("workshop", WorkshopFactory(state=state).slug).status == 404
        assert visit("workshop", WorkshopFactory(place=PlaceFactory(state=state)).slug).status == 404

    def test_404_for_a_partner_that_is_not_online(self, visit):
        assert visit("partner", PartnerFactory(is_published=False).slug).status == 404


class TestSafety:
    @pytest.mark.parametrize("name", [*LISTS, *TEXTS, *ROWS])
    def test_each_page_runs_its_own_scripts_only_and_is_in_no_frame(self, name, client, address_of):
        response = client.get(address_of(name))
        policy = response.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        html = response.content.decode()
        assert not re.search(r"<[^>]+ (style|on\w+)=", html)
        # json_script and JSON-LD are data, which a browser does not run.
        assert not re.search(r"<script(?![^>]*(src=|application/(ld\+)?json))", html)

    @pytest.mark.parametrize(
        "name", [*LISTS, *TEXTS, "place", "neighbourhood", "workshop", "occurrence", "partner"]
    )
    def test_reading_sets_no_cookie(self, name, client, address_of):
        assert not client.get(address_of(name)).cookies

    @pytest.mark.parametrize("name", ["place", "workshop", "partner"])
    def test_what_people_wrote_is_text_and_never_markup(self, name, client):
        nasty = '<script>alert("1")</script>'
        place = PlaceFactory(name=nasty, summary=nasty, description=nasty, opening_hours_text=nasty)
        partner = PartnerFactory(name=nasty, summary=nasty, description=nasty)
        workshop = WorkshopFactory(place=place, title=nasty, summary=nasty, description=nasty)
        PartnershipFactory(place=place, partner=partner, description=nasty)
        row = {"place": place, "workshop": workshop, "partner": partner}[name]
        html = client.get(row.get_absolute_url()).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html


HOSTILE = [
    "\0",
    "a\0b",
    "💥" * 300,
    "x" * 20_000,
    "'; DROP TABLE places_place; --",
    "%00%ff",
    "-1",
    "0",
    "99999999999999999999",
    "1e400",
    "NaN",
    "-inf",
    "<script>",
    "\u202e\ud7ff",
    "[]",
    " ",
]
FIELDS = {
    "search": [
        *("q", "service", "theme", "audience", "kind", "fee", "open", "commune", "neighbourhood"),
        *("lon", "lat", "radius", "sort", "page"),
    ],
    "map-points": ["q", "service", "commune", "neighbourhood", "lon", "radius"],
    "map-communes": ["bbox"],
    "map-neighbourhoods": ["bbox"],
    "neighbourhoods": ["q", "department"],
    "agenda": [
        *("q", "neighbourhood", "commune", "lon", "lat", "radius", "when", "day", "month", "moment"),
        *("free", "theme", "audience", "level", "language", "fee", "page"),
    ],
    "agenda-calendar": ["q", "day", "when", "lon"],
    "partners": ["q", "kind", "theme", "neighbourhood", "page"],
    "suggestions": ["q"],
}


class TestHostileQueries:
    @pytest.mark.parametrize("name", FIELDS)
    def test_are_answered_in_words_and_never_break(self, name, client):
        PlaceFactory(east_of=TOWN_HALL)
        for field in FIELDS[name]:
            for value in HOSTILE:
                response = client.get(reverse(name), {field: value})
                assert response.status_code in {200, 400}, (field, value)

    def test_together_do_not_break_either(self, client):
        query = {
            "lon": "4.8",
            "lat": "NaN",
            "radius": "-5",
            "page": "0",
            "sort": "?",
            "service": ["a", "a\0"],
        }
        assert client.get(reverse("search"), query).status_code in {200, 400}

    def test_bytes_that_are_no_text_do_not_break(self, client):
        for name in FIELDS:
            assert client.get(f"{reverse(name)}?q=%ff%fe%c0&bbox=%ff&page=%ff").status_code in {200, 400}

    def test_are_told_apart_in_french(self, visit):
        page = visit("search", service="nawak", radius="deux", lon="500", lat="12")
        assert "message--wrong" in page
        assert not re.search(r"Select a valid|Enter a|This field", page.html)

    @pytest.mark.parametrize("page", ["0", "-1", "999", "deux", ""])
    @pytest.mark.parametrize("name", ["search", "agenda", "partners"])
    def test_for_a_page_that_is_not_there_lead_to_one_that_is(self, name, page, visit):
        for _row in range(2):
            OccurrenceFactory()
        found = visit(name, page=page, **({"q": "brest"} if name == "search" else {}))
        assert found.status == 200


def fill(count):
    """So many places, partners and sessions, all linked to each other, in one neighbourhood."""
    theme, service = ThemeFactory(code="emploi"), ServiceFactory(code="imprimer")
    for number in range(count):
        place = PlaceFactory(
            east_of=TOWN_HALL, by_m=number, services=[service], opening_hours="Mo-Fr 09:00-12:00"
        )
        workshop = WorkshopFactory(place=place, themes=[theme])
        OccurrenceFactory(workshop=workshop)
        OccurrenceFactory(workshop=WorkshopFactory(place=place, host_partner=PartnerFactory()))
        PartnershipFactory(place=place, partner=PartnerFactory(themes=[theme]), theme=theme)


class TestQueries:
    """As many for thirty rows as for six: a list never asks for one row at a time."""

    @pytest.mark.parametrize(
        ("name", "query"),
        [
            ("search", {}),
            ("search", {"commune": "29019"}),
            ("search", {"lon": "-4.4861", "lat": "48.3904"}),
            ("map-points", {}),
            ("map-neighbourhoods", {"bbox": "-4.6,48.3,-4.4,48.5"}),
            ("neighbourhoods", {"q": "brest"}),
            ("agenda", {}),
            ("agenda", {"q": "brest", "when": "week"}),
            ("agenda", {"month": "2026-09", "lon": "-4.4861", "lat": "48.3904"}),
            ("partners", {}),
        ],
    )
    def test_of_a_list_do_not_grow_with_its_rows(self, name, query, client):
        counts = []
        for rows in (6, 24):  # with fewer than five results, the nearest others are looked for
            NeighbourhoodFactory.create_batch(rows)
            fill(rows)
            counts.append(self.count(client, reverse(name), query))
        assert counts[0] == counts[1]
        assert counts[1] <= 25

    def test_of_the_page_of_a_place_do_not_grow_with_what_is_linked_to_it(self, client):
        place, counts = PlaceFactory(east_of=TOWN_HALL), []
        for rows in (3, 27):
            for _row in range(rows):
                PartnershipFactory(place=place)
                OccurrenceFactory(workshop=WorkshopFactory(place=place))
                PlaceFactory(east_of=TOWN_HALL, by_m=50)
            counts.append(self.count(client, place.get_absolute_url()))
        assert counts[0] == counts[1] <= 25

    def test_of_the_page_of_a_neighbourhood_do_not_grow_with_its_places(self, client):
        neighbourhood, counts = NeighbourhoodFactory(), []
        for rows in (3, 27):
            fill(rows)
            for number in range(rows):
                PlaceFactory(east_of=TOWN_HALL, by_m=600 + number)
                PlaceFactory(east_of=TOWN_HALL, by_m=5_000 + number, serves=[neighbourhood])
            counts.append(self.count(client, neighbourhood.get_absolute_url()))
        assert counts[0] == counts[1] <= 30

    @pytest.mark.parametrize("name", ["partner", "workshop", "occurrence"])
    def test_of_the_page_of_a_partner_or_workshop_do_not_grow(self, name, client):
        partner, workshop, counts = PartnerFactory(), WorkshopFactory(), []
        rows_of = {
            "partner": partner,
            "workshop": workshop,
            "occurrence": OccurrenceFactory(workshop=workshop),
        }
        for rows in (3, 27):
            for number in range(rows):
                PartnershipFactory(partner=partner)
                OccurrenceFactory(
                    workshop=workshop,
                    starts_at=OccurrenceFactory.starts_at.replace(day=9, minute=rows + number),
                )
            counts.append(self.count(client, rows_of[name].get_absolute_url()))
        assert counts[0] == counts[1] <= 15

    def count(self, client, path, query=None):
        client.get(path, query)  # what a process reads once is read
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path, query).status_code == 200
        return len(queries)
