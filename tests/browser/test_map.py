"""The map in a browser: nothing before it is seen, then all places from a small file, each with its name."""

import pytest

from places.models import IndexStamp
from places.search import rebuild
from tests.factories import TOWN_HALL, PlaceFactory, beside

LOW = {"width": 1280, "height": 240}  # the map lies far below


@pytest.fixture
def places(live_server):
    """After live_server, which empties the database behind each test."""
    IndexStamp.renew()
    return [
        PlaceFactory(name="L’Escale", location=TOWN_HALL, opening_hours="24/7"),
        PlaceFactory(name="Le Relais", location=beside(TOWN_HALL, east_m=9_000)),
        *(PlaceFactory(location=beside(TOWN_HALL, east_m=-9_000)) for _place in range(3)),
    ]


class TestMapOfAllPlaces:
    @pytest.mark.usefixtures("places")
    def test_is_not_asked_for_before_it_is_seen_and_then_names_what_it_draws(self, open_page):
        page = open_page("/", size=LOW)
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.wait_for_load_state("networkidle")
        asked += page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
        assert [url for url in asked if "/carte/" in url or "leaflet" in url] == []
        page.locator("[data-epn-map]").scroll_into_view_if_needed()
        page.get_by_role("button", name="L’Escale", exact=True).wait_for()
        assert page.locator(".marker--open").get_attribute("aria-label") == "L’Escale"
        assert page.get_by_role("button", name="Le Relais", exact=True).is_visible()
        assert page.get_by_role("button", name="3 lieux, zoomer").is_visible()
        named = [url for url in asked if "points.json" in url]
        assert len(named) == 1
        assert "ids=" in named[0]

    def test_opens_the_page_of_a_place(self, places, open_page):
        page = open_page("/", size=LOW)
        page.locator("[data-epn-map]").scroll_into_view_if_needed()
        page.get_by_role("button", name="L’Escale", exact=True).click()
        page.locator(".leaflet-popup").get_by_role("link", name="L’Escale").click()
        page.wait_for_url(f"**{places[0].get_absolute_url()}")


class TestMapOfResults:
    @pytest.mark.usefixtures("places")
    def test_is_searched_where_it_was_moved_for_what_the_list_shows_by_now(self, open_page):
        rebuild()
        page = open_page("/?q=escale+brest")
        page.get_by_role("button", name="L’Escale", exact=True).wait_for()
        page.get_by_role("link", name="Enlever le critère : Escale").click()
        page.wait_for_url("**/?q=brest")
        box = page.locator("[data-epn-map]").bounding_box()
        page.mouse.move(box["x"] + 300, box["y"] + 300)
        page.mouse.down()
        page.mouse.move(box["x"] + 200, box["y"] + 250, steps=5)
        page.mouse.up()
        address = page.get_by_role("link", name="Chercher dans cette zone").get_attribute("href")
        assert "lon=" in address
        assert "escale" not in address

    @pytest.mark.usefixtures("places")
    def test_shows_where_the_search_stands_until_it_stands_nowhere(self, open_page):
        page = open_page(f"/?lon={TOWN_HALL.x}&lat={TOWN_HALL.y}&q=relais")
        page.get_by_role("img", name="Vous êtes ici").wait_for()
        page.get_by_role("link", name="Enlever le critère : Près de vous").click()
        page.get_by_role("img", name="Vous êtes ici").wait_for(state="detached")
