"""The map in a browser: nothing before it is seen, then all places from a small file, each with its name."""

import pytest

from places.models import IndexStamp
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
