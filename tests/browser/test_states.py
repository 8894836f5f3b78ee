"""The pages that residents meet, as their eyes and their devices want them: dark, in colours of their own,
narrow, large, still."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from places.models import Neighbourhood, Place
from tests.conftest import DESKTOP, PHONE
from tests.factories import TOWN_HALL

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STATES = {
    "dark on a phone": {"size": PHONE, "color_scheme": "dark"},
    "dark on a desktop": {"size": DESKTOP, "color_scheme": "dark"},
    "forced colours": {"size": PHONE, "forced_colors": "active"},
    "forced colours, dark": {"size": DESKTOP, "forced_colors": "active", "color_scheme": "dark"},
    "320 px": {"size": {"width": 320, "height": 568}},
    "zoom of 200 %": {"size": {"width": 640, "height": 400}, "device_scale_factor": 2},
}
MOVES = """() => [...document.querySelectorAll("*")].filter((node) => {
  const { transitionDuration, animationDuration } = getComputedStyle(node);
  return `${transitionDuration},${animationDuration}`.split(",").some((time) => parseFloat(time) > 0.01);
}).map((node) => node.outerHTML.slice(0, 100))"""


@pytest.fixture
def addresses(live_server):
    call_command("load_demonstration", verbosity=0)
    places = Place.objects.published().exclude(phone="").exclude(opening_hours="")
    return [
        "/",
        "/?q=imprimer+brest",
        f"/?lon={TOWN_HALL.x}&lat={TOWN_HALL.y}",
        places.filter(neighbourhood__isnull=False).first().get_absolute_url(),
        Neighbourhood.objects.filter(places__partnerships__isnull=False).first().get_absolute_url(),
    ]


def test_only_the_section_that_is_shown_is_marked_where_colours_are_forced(addresses, open_page):
    page = open_page("/", forced_colors="active")
    colours = page.locator(".site-nav a").evaluate_all(
        "nodes => nodes.map((a) => getComputedStyle(a).borderBottomColor)"
    )
    assert len(set(colours[1:])) == 1
    assert colours[0] != colours[1]


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_pages_are_within_reach_and_fit(state, addresses, open_page):
    # Axe sets styles of its own, which the policy of the pages refuses.
    page = open_page("/robots.txt", bypass_csp=True, reduced_motion="reduce", **state)
    # Where colours are forced, a browser tells of letters the colour that it does not show.
    contrast = {"color-contrast": {"enabled": "forced_colors" not in state}}
    rules = {"runOnly": RULES, "rules": contrast}
    for path in addresses:
        page.goto(path, wait_until="networkidle")
        page.locator("main details").evaluate_all("nodes => nodes.forEach((node) => { node.open = true; })")
        found = Axe().run(page, options=rules).response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_nothing_moves_for_who_asks_for_stillness(addresses, open_page):
    page = open_page("/robots.txt", size=PHONE, reduced_motion="reduce")
    for path in addresses:
        page.goto(path, wait_until="networkidle")
        assert page.evaluate(MOVES) == [], path


@pytest.mark.parametrize("size", [DESKTOP, {"width": 480, "height": 800}], ids=["desktop", "large phone"])
def test_letters_twice_as_large_fit(size, addresses, open_page):
    page = open_page("/robots.txt", size=size, bypass_csp=True)
    for path in addresses:
        page.goto(path, wait_until="networkidle")
        page.add_style_tag(content="html { font-size: 200% }")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
