"""Other languages in a browser: from right to left too, within reach of all, chosen without a script."""

import pytest

from places.models import Occurrence, Place
from tests.browser.test_public_site import faults_of, fits, territory
from tests.conftest import DESKTOP, PHONE

__all__ = ["territory"]  # a fixture
pytestmark = pytest.mark.usefixtures("territory")


def place():
    return Place.objects.published().exclude(phone="").exclude(address="").first()


class TestEveryLanguage:
    @pytest.mark.parametrize("code", ["ar", "en"])
    @pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
    def test_is_within_reach_of_everybody_and_fits_the_screen(self, size, code, open_page):
        # Axe sets styles of its own, which the policy of the pages refuses.
        page = open_page("/robots.txt", size=size, bypass_csp=True, reduced_motion="reduce")
        session = Occurrence.objects.visible().last()
        for path in ["/", "/?q=imprimer+brest", place().get_absolute_url(), session.get_absolute_url()]:
            page.goto(f"/{code}{path}", wait_until="networkidle")
            assert faults_of(page) == [], path
            assert fits(page), path

    def test_is_chosen_without_a_script_and_keeps_the_question(self, open_page):
        page = open_page("/?q=imprimer+brest", size=PHONE, javascript=False)
        page.locator(".languages > summary").click()
        page.get_by_role("link", name="العربية").click()
        page.wait_for_url("**/ar/?q=imprimer+brest")
        assert page.locator(".place-card").count()


class TestFromRightToLeft:
    def test_french_names_stand_at_the_right_edge_like_the_rest_and_read_from_the_left(self, open_page):
        page = open_page(f"/ar{place().get_absolute_url()}")
        title = page.locator("h1")
        assert title.evaluate("node => getComputedStyle(node).direction") == "ltr"
        ends = """node => {
            const words = document.createRange();
            words.selectNodeContents(node);
            return [words, node].map((box) => box.getBoundingClientRect().right);
        }"""
        words_end, box_end = title.evaluate(ends)
        assert words_end == pytest.approx(box_end, abs=2)

    def test_arrows_point_where_the_reading_goes(self, open_page):
        turned = "node => getComputedStyle(node).transform"
        assert open_page("/ar/").locator(".icon--way").first.evaluate(turned) == "matrix(-1, 0, 0, 1, 0, 0)"
        assert open_page("/").locator(".icon--way").first.evaluate(turned) == "none"
