"""The search box while somebody types: by keyboard, by touch, aloud, on a slow line, without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from places.models import Need
from places.search import rebuild, suggestions
from tests.conftest import DESKTOP, PHONE
from tests.factories import CommuneFactory, NeighbourhoodFactory, PlaceFactory

NARROW = {"width": 320, "height": 568}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def brest(live_server, monkeypatch):
    monkeypatch.setattr(suggestions, "PLACES_HOLD_S", 0)
    CommuneFactory(population=140_000)
    CommuneFactory(name="Bressuire", insee_code="79049", postcodes="79300", population=20_000)
    NeighbourhoodFactory(name="Bretagne")
    PlaceFactory(name="Médiathèque Brestoise", phone="+33298000000")
    Need.objects.create(words="bref", name="Écrire bref")
    rebuild()


@pytest.fixture
def box(open_page, brest):
    """box("bre", size=PHONE): the box in which that was typed, its list shown."""

    def typed(text, **options):
        page = open_page("/", **options)
        box = page.get_by_role("combobox")
        box.press_sequentially(text)
        page.get_by_role("option").first.wait_for()
        return box

    return typed


def labels(page):
    return page.locator(".suggestion__label").all_inner_texts()


def chosen(page):
    """What a screen reader is told to be chosen, and the option that looks so: they are one."""
    pointed = page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.innerText"
    )
    selected = page.locator("[role=option][aria-selected=true] .suggestion__label").all_inner_texts()
    assert bool(pointed) == bool(selected)
    return selected[0] if selected else None


class TestList:
    def test_shows_needs_towns_neighbourhoods_and_places(self, box):
        page = box("bre").page
        assert labels(page) == ["Écrire bref", "Brest", "Bressuire", "Bretagne", "Médiathèque Brestoise"]
        groups = page.get_by_role("listbox", name="Propositions").get_by_role("group")
        assert [group.get_attribute("aria-labelledby") for group in groups.all()]
        expect(page.get_by_role("option", name="Brest , commune, Finistère")).to_be_visible()

    def test_is_announced_in_french_with_its_count(self, box):
        page = box("bre").page
        expect(page.locator(".search-box [role=status]")).to_have_text("5 propositions")

    def test_nothing_known_is_announced_too(self, open_page, brest):
        page = open_page("/")
        page.get_by_role("combobox").press_sequentially("zzzz")
        expect(page.locator(".search-box [role=status]")).to_have_text("Aucune proposition")
        expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")

    def test_closes_when_the_box_is_left_or_emptied(self, box):
        field = box("bre")
        field.fill("b")
        expect(field).to_have_attribute("aria-expanded", "false")
        field.press_sequentially("re")
        expect(field).to_have_attribute("aria-expanded", "true")
        field.press("Tab")
        expect(field).to_have_attribute("aria-expanded", "false")
        assert field.input_value() == "bre"


class TestKeyboard:
    def test_arrows_go_round_through_the_options_and_the_box(self, box):
        field = box("bre")
        page = field.page
        seen = [field.press("ArrowDown") or chosen(page) for _turn in range(7)]
        assert seen == [*labels(page), None, "Écrire bref"]
        assert [field.press("ArrowUp") or chosen(page) for _turn in range(2)] == [
            None,
            "Médiathèque Brestoise",
        ]
        assert field.input_value() == "bre"

    def test_home_and_end_go_to_the_first_and_last_option_once_one_is_chosen(self, box):
        field = box("bre")
        field.press("Home")
        assert chosen(field.page) is None
        field.press("ArrowDown")
        field.press("End")
        assert chosen(field.page) == "Médiathèque Brestoise"
        field.press("Home")
        assert chosen(field.page) == "Écrire bref"

    def test_escape_closes_and_keeps_what_was_typed_and_an_arrow_opens_again(self, box):
        field = box("bre")
        field.press("ArrowDown")
        field.press("Escape")
        expect(field).to_have_attribute("aria-expanded", "false")
        assert (field.input_value(), chosen(field.page)) == ("bre", None)
        field.press("ArrowDown")
        expect(field).to_have_attribute("aria-expanded", "true")
        assert chosen(field.page) == "Écrire bref"

    def test_enter_goes_to_the_chosen_town(self, box):
        field = box("bre")
        field.press("ArrowDown")
        field.press("ArrowDown")
        field.press("Enter")
        field.page.wait_for_url("**/?commune=29019")

    def test_enter_without_a_choice_asks_for_what_was_typed(self, box):
        field = box("bre")
        field.press("Enter")
        field.page.wait_for_url("**/?q=bre")


class TestTouch:
    def test_a_place_is_one_tap_away(self, box):
        page = box("brestoise", size=PHONE, has_touch=True).page
        page.get_by_role("option", name="Médiathèque Brestoise").tap()
        page.wait_for_url("**/lieux/mediatheque-brestoise-brest/")

    def test_a_need_goes_into_the_box_and_keeps_the_rest_of_the_search(self, open_page, brest):
        page = open_page("/?commune=29019", size=PHONE)
        page.get_by_role("combobox").fill("bre")
        page.get_by_role("option", name="Écrire bref").click()
        page.wait_for_url("**/?q=bref&commune=29019")
        assert page.get_by_role("combobox").input_value() == "bref"

    @pytest.mark.parametrize("size", [NARROW, PHONE, DESKTOP], ids=["narrow", "phone", "desktop"])
    def test_rows_are_large_and_the_list_stays_on_the_screen(self, size, box):
        page = box("bre", size=size).page
        heights = [option.bounding_box()["height"] for option in page.get_by_role("option").all()]
        assert min(heights) >= 44
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        sheet = page.get_by_role("listbox").bounding_box()
        assert sheet["y"] + sheet["height"] <= size["height"]


class TestSlowLine:
    def test_an_answer_that_comes_late_does_not_replace_a_newer_one(self, open_page, brest):
        page = open_page("/")
        held = []
        page.route("**/suggestions.json?q=bre", lambda route: held.append(route))
        field = page.get_by_role("combobox")
        with page.expect_request("**/suggestions.json?q=bre"):
            field.press_sequentially("bre")
        field.press_sequentially("to")
        page.get_by_role("option", name="Brest").or_(
            page.get_by_role("option", name="Bretagne")
        ).first.wait_for()
        shown = labels(page)
        for route in held:
            route.abort()
        page.wait_for_timeout(200)
        assert labels(page) == shown

    def test_fast_typing_asks_once(self, open_page, brest):
        page = open_page("/")
        asked = []
        page.on("request", lambda request: "suggestions" in request.url and asked.append(request.url))
        page.get_by_role("combobox").press_sequentially("brest")
        page.get_by_role("option").first.wait_for()
        assert len(asked) <= 2

    def test_without_an_answer_the_box_works_as_ever(self, open_page, brest):
        page = open_page("/")
        page.route("**/suggestions.json*", lambda route: route.fulfill(status=503, body="<p>Plus tard"))
        field = page.get_by_role("combobox")
        with page.expect_response("**/suggestions.json*"):
            field.press_sequentially("brest")
        expect(field).to_have_attribute("aria-expanded", "false")
        field.press("Enter")
        page.wait_for_url("**/?q=brest")


class TestEverybody:
    @pytest.mark.parametrize("path", ["/", "/?q=brest"])
    @pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_no_fault_in_the_open_list(self, path, size, scheme, open_page, brest):
        page = open_page(path, size=size, color_scheme=scheme)
        page.get_by_role("combobox").fill("bre")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        faults = Axe().run(page, options=RULES).response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in faults] == []

    def test_without_javascript_it_is_a_plain_search_box(self, open_page, brest):
        page = open_page("/", javascript=False)
        expect(page.get_by_role("combobox")).to_have_count(0)
        page.get_by_role("searchbox").fill("brest")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?q=brest")
