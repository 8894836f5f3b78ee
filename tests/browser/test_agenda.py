"""The agenda without a mouse and without JavaScript; what is printed stands on one page each."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from places.search import rebuild
from tests.browser.test_public_site import faults_of, fits
from tests.conftest import DESKTOP, PHONE
from tests.factories import (
    TOWN_HALL,
    FeeFactory,
    NeighbourhoodFactory,
    OccurrenceFactory,
    PlaceFactory,
    WorkshopFactory,
)

# What margins of 14 mm leave of A4, at 96 dots per inch.
SHEET = {"width": 688, "height": 1017}


@pytest.fixture
def month(live_server):
    """The first day of the next month but one: nothing of it is over."""
    return (timezone.localdate().replace(day=1) + dt.timedelta(days=70)).replace(day=1)


def sessions(month, count, title="Café des mamans connectées, tous les matins", **values):
    """So many at one place in `month`, a few each day; the place."""
    NeighbourhoodFactory(name="Recouvrance")
    place = PlaceFactory(
        name="L’espace public numérique de Recouvrance",
        address="33 avenue des Lauriers-Roses",
        phone="+33298000000",
        east_of=TOWN_HALL,
    )
    workshop = WorkshopFactory(title=title, place=place, **values)
    for number in range(count):
        start = dt.datetime.combine(month, dt.time(8 + number // 28), tzinfo=dt.UTC)
        OccurrenceFactory(workshop=workshop, starts_at=start + dt.timedelta(days=number % 28))
    return place


def printed(page, path):
    """(pages of the PDF, whether nothing of the sheet is cut off)."""
    page.set_viewport_size(DESKTOP)
    page.goto(path, wait_until="networkidle")
    pdf = page.pdf(prefer_css_page_size=True)
    page.set_viewport_size(SHEET)
    page.emulate_media(media="print")
    whole = page.evaluate(
        """() => [...document.querySelectorAll(".poster, .month-sheet")].every(
            (node) => node.scrollHeight <= node.clientHeight && node.scrollWidth <= node.clientWidth)"""
    )
    page.emulate_media(media="null")
    return len(re.findall(rb"/Type\s*/Page\b", pdf)), whole


class TestPaper:
    @pytest.mark.parametrize("count", [0, 1, 9, 20, 28, 40, 56, 84, 140])
    def test_of_a_month_is_one_page_whatever_it_holds(self, count, month, open_page):
        place = sessions(month, count)
        page = open_page("/robots.txt")
        for path in (f"{place.get_absolute_url()}mois/", "/quartiers/recouvrance/mois/"):
            assert printed(page, f"{path}?month={month:%Y-%m}") == (1, True), path

    @pytest.mark.parametrize("words", [2, 6, 11, 22])
    def test_of_a_session_is_one_page_however_much_is_said(self, words, month, open_page):
        said = "Apporter un appareil chargé et de quoi écrire. " * 6
        place = sessions(
            month,
            1,
            title=("Ateliers " * words)[:160].strip(),
            fee=FeeFactory(name="Gratuit sous condition"),
            summary=said[: 25 * words][:280],
            what_to_bring=said[: 25 * words][:280],
            companion_welcome=True,
            level="BEGINNER",
        )
        row = place.workshops.get().occurrences.get()
        row.message = said[: 18 * words][:200]
        row.save()
        page = open_page("/robots.txt")
        assert printed(page, f"{row.get_absolute_url()}affiche/") == (1, True)
        row.status = "CANCELLED"
        row.save()
        assert printed(page, f"{row.get_absolute_url()}affiche/") == (1, True)

    def test_is_within_reach_of_everybody_on_the_screen(self, month, open_page):
        place = sessions(month, 30)
        row = place.workshops.get().occurrences.first()
        page = open_page("/robots.txt", size=PHONE, bypass_csp=True)
        paths = [f"{row.get_absolute_url()}affiche/", row.get_absolute_url()]
        paths += [f"{place.get_absolute_url()}mois/?month={month:%Y-%m}", f"/agenda/?month={month:%Y-%m}"]
        for path in paths:
            page.goto(path, wait_until="networkidle")
            assert faults_of(page) == [], path
            assert fits(page), path


class TestAgenda:
    def test_is_narrowed_without_javascript(self, month, open_page):
        sessions(month, 3, level="BEGINNER")
        page = open_page("/agenda/", size=PHONE, javascript=False)
        page.locator("summary", has_text="Affiner").click()
        page.get_by_label("Débutant").check()
        page.get_by_role("button", name="Voir les séances").click()
        page.wait_for_url("**level=BEGINNER**")
        assert page.locator(".session").count() == 3
        page.locator("summary", has_text="Suivre ces dates").click()
        assert page.get_by_role("link", name="Suivre dans mon agenda").is_visible()

    def test_is_led_to_by_what_is_proposed_while_one_types(self, month, open_page):
        sessions(month, 3)
        rebuild()
        page = open_page("/agenda/", size=PHONE)
        page.get_by_role("combobox").press_sequentially("recouvr")
        page.get_by_role("option", name="Recouvrance").click()
        page.wait_for_url("**/agenda/?neighbourhood=recouvrance")
        assert page.locator(".session").count() == 3

    def test_is_that_of_what_is_around_me(self, month, open_page):
        sessions(month, 3)
        here = {"longitude": TOWN_HALL.x, "latitude": TOWN_HALL.y}
        page = open_page("/agenda/?free=1", size=PHONE, geolocation=here, permissions=["geolocation"])
        page.get_by_role("button", name="Autour de moi").click()
        page.wait_for_url("**/agenda/?*lon=*")
        assert page.locator(".session").count() == 3

    def test_is_walked_through_with_the_keyboard(self, month, open_page):
        sessions(month, 3)
        page = open_page("/agenda/")
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('.session__title') !== null"):
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/ateliers/**")
        assert page.get_by_role("link", name="Ajouter à mon agenda").is_visible()

    def test_of_a_month_is_a_table_of_which_a_phone_shows_the_days_with_sessions(self, month, open_page):
        sessions(month, 3)
        page = open_page(f"/agenda/?month={month:%Y-%m}", size=PHONE)
        assert page.get_by_role("table").count() == 1
        assert page.get_by_role("cell").count() == 3
