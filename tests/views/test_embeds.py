"""What other sites show of this one: frames, oEmbed, GeoJSON, and nothing of their visitors kept."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from places.models import State
from places.search import rebuild
from tests.factories import (
    TOWN_HALL,
    CommuneFactory,
    NeighbourhoodFactory,
    OccurrenceFactory,
    PlaceFactory,
    ServiceFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
FRAMED = [("embed", "map"), ("embed", "list"), ("embed", "agenda")]


def framers(response):
    policy = response.headers["Content-Security-Policy"]
    return next(part for part in policy.split(";") if "frame-ancestors" in part).split()[1:]


@pytest.fixture
def embedded(client):
    def get(view, **query):
        rebuild()
        return client.get(reverse("embed", args=[view]), query)

    return get


class TestFrames:
    @pytest.mark.parametrize("view", ["map", "list", "agenda"])
    def test_may_stand_on_any_site_and_set_no_cookie_there(self, view, embedded, client):
        response = embedded(view)
        assert response.status_code == 200
        assert framers(response) == ["*"]
        assert "X-Frame-Options" not in response.headers
        assert not client.cookies

    def test_are_the_only_pages_that_may(self, client):
        for name in ("search", "neighbourhoods", "agenda", "embed-builder", "data-use", "orientation"):
            response = client.get(reverse(name))
            assert framers(response) == ["'none'"]
            assert response.headers["X-Frame-Options"] == "DENY"

    def test_show_what_the_same_search_shows(self, embedded):
        PlaceFactory(name="La Toile", commune=CommuneFactory(insee_code="29019"))
        PlaceFactory(name="Ailleurs", commune=CommuneFactory(insee_code="29232", name="Quimper"))
        for view in ("map", "list"):
            html = embedded(view, commune="29019").content.decode()
            assert "La Toile" in html
            assert "Ailleurs" not in html
            assert f'href="{reverse("search")}?commune=29019"' in html

    def test_of_the_list_load_no_map(self, embedded):
        PlaceFactory()
        assert "data-epn-map" not in embedded("list").content.decode()
        assert "data-epn-map" in embedded("map").content.decode()

    def test_of_the_agenda_show_the_sessions_of_the_neighbourhood(self, embedded):
        here = NeighbourhoodFactory(name="Bellevue")
        OccurrenceFactory(workshop__title="Ici", workshop__place__location=TOWN_HALL)
        away = CommuneFactory(insee_code="29232", name="Quimper")
        OccurrenceFactory(workshop__title="Loin", workshop__place__commune=away)
        html = embedded("agenda", neighbourhood=here.slug).content.decode()
        assert "Ici" in html
        assert "Loin" not in html

    def test_open_links_beside_and_never_inside(self, embedded):
        assert '<base target="_blank">' in embedded("list").content.decode()

    @pytest.mark.parametrize("view", ["map", "list", "agenda"])
    def test_say_when_their_address_is_wrong(self, view, embedded):
        response = embedded(view, neighbourhood="nulle-part", commune="x")
        assert response.status_code == 400
        assert "Cette adresse n’est pas juste" in response.content.decode()

    def test_of_another_kind_are_not_there(self, embedded):
        assert embedded("film").status_code == 404


class TestBuilder:
    def test_shows_a_form_and_no_code_at_first(self, visit):
        page = visit("embed-builder")
        assert page.context["code"] == ""
        assert "Que montrer" in page

    def test_writes_the_code_and_shows_what_will_be_seen(self, visit):
        area = NeighbourhoodFactory(name="Bellevue")
        ThemeFactory(code="emploi")
        ServiceFactory(code="aide")
        rebuild()
        asked = {"view": "map", "where": "bellevue", "theme": "emploi", "service": "aide", "height": "500"}
        page = visit("embed-builder", **asked)
        code = page.context["code"]
        assert code.startswith('<iframe src="http://testserver/integre/map/?')
        assert 'height="500"' in code
        assert 'title="Carte des espaces numériques, Bellevue"' in code
        url = urlsplit(page.context["url"])
        assert parse_qs(url.query) == {"neighbourhood": [area.slug], "theme": ["emploi"], "service": ["aide"]}
        assert f'src="{page.context["url"].replace("&", "&amp;")}"' in page

    def test_of_a_town_and_of_all_of_france(self, visit):
        CommuneFactory(insee_code="29019", name="Brest")
        rebuild()
        assert visit("embed-builder", view="agenda", where="Brest").context["url"].endswith("?commune=29019")
        assert visit("embed-builder", view="list").context["url"] == "http://testserver/integre/list/"

    def test_lets_its_own_page_frame_the_preview(self, visit):
        assert "frame-src 'self'" in visit("embed-builder").headers["Content-Security-Policy"]

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("where", "Zzyzxville", "Nous ne connaissons pas ce nom"),
            ("height", "12", "Donnez 300 au moins."),
            ("height", "haut", "Donnez un nombre"),
            ("height", "999999", "au plus."),
        ],
    )
    def test_says_what_to_mend(self, field, value, sentence, visit):
        rebuild()
        page = visit("embed-builder", **{"view": "map", field: value})
        assert sentence in page
        assert page.context["code"] == ""


class TestOembed:
    def oembed(self, client, url, **query):
        return client.get(reverse("oembed"), {"url": url, **query})

    def test_answers_for_a_neighbourhood_a_search_and_the_agenda(self, client):
        area = NeighbourhoodFactory()
        for path, view in [
            (reverse("neighbourhood", args=[area.slug]), f"integre/map/?neighbourhood={area.slug}"),
            (f"{reverse('search')}?q=imprimer", "integre/map/?q=imprimer"),
            (f"{reverse('agenda')}?theme=emploi", "integre/agenda/?theme=emploi"),
        ]:
            response = self.oembed(client, f"http://testserver{path}", maxheight="400")
            told = response.json()
            assert (told["version"], told["type"], told["height"]) == ("1.0", "rich", 400)
            assert f'src="http://testserver/{view}"' in told["html"]
            assert response.headers["Access-Control-Allow-Origin"] == "*"

    @pytest.mark.parametrize(
        "url",
        ["", "x", "http://example.org/quartiers/x/", "http://testserver/admin/", "http://[", "javascript:1"],
    )
    def test_knows_no_other_page(self, url, client):
        assert self.oembed(client, url).status_code == 404

    @pytest.mark.parametrize(("said", "height"), [("", 640), ("9", 300), ("99999999", 640), ("²", 640)])
    def test_keeps_to_sensible_sizes(self, said, height, client):
        told = self.oembed(client, f"http://testserver{reverse('agenda')}", maxheight=said).json()
        assert told["height"] == height

    def test_speaks_json_alone(self, client):
        assert self.oembed(client, "http://testserver/", format="xml").status_code == 501

    def test_is_told_of_by_the_pages_that_it_shows(self, visit, client):
        page = visit("neighbourhood", NeighbourhoodFactory().slug)
        [_before, after] = page.html.split('type="application/json+oembed" href="')
        assert client.get(after.partition('"')[0].replace("&amp;", "&")).status_code == 200


class TestGeojson:
    def test_holds_the_outline_and_its_places_told_apart(self, client):
        area = NeighbourhoodFactory(name="Bellevue")
        PlaceFactory(name="Dedans", location=TOWN_HALL, phone="+33298000001")
        PlaceFactory(name="Brouillon", location=TOWN_HALL, state=State.DRAFT)
        far = CommuneFactory(insee_code="29232", name="Quimper")
        serving = PlaceFactory(name="Le Bus", commune=far, location=None)
        serving.serves.add(area)
        response = client.get(reverse("neighbourhood-geojson", args=[area.slug]))
        told = json.loads(response.content)
        outline, inside = told["features"]
        assert outline["geometry"]["type"] == "MultiPolygon"
        assert outline["properties"]["name"] == "Bellevue"
        assert inside["geometry"] == {"type": "Point", "coordinates": [-4.4861, 48.3904]}
        assert inside["properties"]["name"] == "Dedans"
        assert inside["properties"]["lien"] == "Dans le quartier"
        assert inside["properties"]["url"].startswith("http://testserver/lieux/")
        assert response.headers["Content-Type"] == "application/geo+json"
        assert response.headers["Access-Control-Allow-Origin"] == "*"

    def test_is_not_sent_twice_when_nothing_has_changed(self, client):
        address = reverse("neighbourhood-geojson", args=[NeighbourhoodFactory().slug])
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304

    def test_of_no_neighbourhood_is_not_there(self, client):
        assert client.get("/quartiers/nulle-part.geojson").status_code == 404


class TestDataPage:
    def test_gives_each_way_with_an_address_that_answers(self, visit, client):
        area = NeighbourhoodFactory()
        PlaceFactory(location=TOWN_HALL)
        page = visit("data-use")
        assert reverse("embed-builder") in page
        assert reverse("oembed") in page
        assert client.get(reverse("neighbourhood-geojson", args=[area.slug])).status_code == 200
        assert reverse("neighbourhood-geojson", args=[area.slug]) in page
