"""Without a network: the places that were seen are there, with their day; all else says so."""

import pytest
from django.core.management import call_command

from places.models import Place
from tests.conftest import PHONE


@pytest.fixture
def place(live_server):
    call_command("load_demonstration", verbosity=0)
    return Place.objects.published().exclude(phone="").first()


@pytest.fixture
def page(open_page, place):
    """A phone on which the service worker is at work, and the page of the place was seen."""
    page = open_page("/", size=PHONE)
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    see(page, place)
    return page


def see(page, place):
    page.goto(page.url.split("/lieux/")[0].rstrip("/") + place.get_absolute_url())
    page.wait_for_function(
        "(path) => caches.match(path).then((seen) => seen !== undefined)", arg=place.get_absolute_url()
    )


def kept(page):
    return page.evaluate(
        "caches.open('epn-pages-1').then((cache) => cache.keys())"
        ".then((keys) => keys.map((key) => new URL(key.url).pathname))"
    )


class TestWithoutANetwork:
    def test_a_place_that_was_seen_is_there_with_the_day_of_it(self, page, place):
        page.context.set_offline(True)
        page.reload()
        assert page.locator("h1").inner_text() == place.name
        notice = page.locator(".notice-bar[role=status]")
        assert notice.inner_text().startswith("Vous êtes hors connexion. Informations du ")
        assert page.locator("a[href^='tel:']").first.is_visible()
        # Its styles are there too.
        assert "flex" in page.evaluate("getComputedStyle(document.querySelector('.button')).display")

    def test_any_other_page_says_so_and_lists_what_was_seen(self, page, place):
        origin = page.url.split("/lieux/")[0]
        page.context.set_offline(True)
        page.goto(f"{origin}/quartiers/")
        assert page.locator("h1").inner_text() == "Vous êtes hors connexion"
        page.get_by_role("link", name=place.name).click()
        page.wait_for_url(f"**{place.get_absolute_url()}")
        assert page.locator("h1").inner_text() == place.name

    def test_with_it_again_the_newest_page_is_shown(self, page, place):
        page.context.set_offline(True)
        page.reload()
        page.context.set_offline(False)
        Place.objects.filter(pk=place.pk).update(name="Un nouveau nom")
        page.reload()
        assert page.locator("h1").inner_text() == "Un nouveau nom"
        assert page.locator(".notice-bar[role=status]").count() == 0


class TestWhatIsKept:
    def test_is_places_and_neither_searches_nor_forms(self, page, place):
        origin = page.url.split("/lieux/")[0]
        for path in ("/?q=imprimer", "/quartiers/", f"{place.get_absolute_url()}signaler/", "/admin/login/"):
            page.goto(origin + path)
        assert kept(page) == [place.get_absolute_url()]

    def test_leaves_out_the_choice_of_somebody_who_orients(self, page):
        other = Place.objects.published().last()
        origin = page.url.split("/lieux/")[0]
        page.goto(f"{origin}/orienter/")
        page.fill("#q", "brest")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?q=brest")
        page.goto(origin + other.get_absolute_url())
        assert other.get_absolute_url() not in kept(page)
