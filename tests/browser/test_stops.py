"""Sessions held elsewhere than at their place: in the list, and on the map as such."""

import datetime as dt

import pytest
from django.utils import timezone

from places.models import WINDOW_DAYS
from tests.factories import TOWN_HALL, PlaceFactory, WorkshopFactory, beside


@pytest.fixture
def bus(live_server):
    """A place that travels: its sessions are its stops, of which one has no position."""
    today = timezone.localdate()
    place = PlaceFactory(name="Le Bus", location=TOWN_HALL, is_itinerant=True)
    stops = {"Rue du Phare": beside(TOWN_HALL, east_m=900), "Place Haute": None}
    for rank, (address, position) in enumerate(stops.items()):
        workshop = WorkshopFactory(
            title=f"Arrêt {address}",
            place=place,
            frequency="ONCE",
            weekdays="",
            starts_on=today + dt.timedelta(days=1 + rank),
            host_address=address,
            host_location=position,
        )
        workshop.schedule(today + dt.timedelta(days=WINDOW_DAYS), since=today)
    return place


def test_a_bus_shows_its_stops_on_its_map_and_in_its_list(bus, open_page):
    page = open_page(bus.get_absolute_url())
    assert page.locator(".session").count() == 2
    page.get_by_role("link", name="Voir ses prochains arrêts").click()
    page.locator("[data-epn-map]").scroll_into_view_if_needed()
    stop = page.get_by_role("button", name="Arrêt Rue du Phare")
    stop.click()
    popup = page.locator(".leaflet-popup")
    assert "Rue du Phare" in popup.inner_text()
    popup.get_by_role("link").click()
    page.wait_for_url("**/ateliers/arret-rue-du-phare-**")


def test_a_bus_that_tells_no_stop_is_to_be_called(live_server, open_page):
    place = PlaceFactory(name="Le Bus", location=TOWN_HALL, is_itinerant=True)
    assert "appelez pour savoir où il sera" in open_page(place.get_absolute_url()).content()
