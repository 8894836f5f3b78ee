"""The public site in a browser, on the territory of examples: the main path, each page for everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from places.models import Neighbourhood, Occurrence, Partner, Place, Project, Workshop
from tests.conftest import DESKTOP, PHONE

# The middle of Bellevue, in Brest.
BELLEVUE = {"latitude": 48.4007, "longitude": -4.5228}
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def territory(live_server):
    """The examples: after live_server, which empties the database behind each test."""
    call_command("load_demonstration", verbosity=0)


def addresses():
    place = Place.objects.published().filter(neighbourhood__isnull=False).exclude(phone="").first()
    return [
        "/",
        "/?q=imprimer+brest",
        "/?q=xyzzyx",
        f"/?lon={BELLEVUE['longitude']}&lat={BELLEVUE['latitude']}",
        place.get_absolute_url(),
        f"{place.get_absolute_url()}signaler/",
        "/quartiers/",
        "/quartiers/?q=brest",
        Neighbourhood.objects.filter(places__isnull=False).first().get_absolute_url(),
        "/agenda/",
        f"/agenda/?lon={BELLEVUE['longitude']}&lat={BELLEVUE['latitude']}&when=week",
        "/agenda/?q=brest&month=2026-12",
        Occurrence.objects.visible().last().get_absolute_url(),
        Workshop.objects.published().first().get_absolute_url(),
        "/partenaires/",
        Partner.objects.published().first().get_absolute_url(),
        *("/ressources/", "/projets/", Project.objects.published().first().get_absolute_url()),
        f"/selection/?places={place.pk}",
        f"/selection/fiche/?places={place.pk}",
        "/integrer/?view=list&where=brest",
        *("/orienter/", "/orienter/rien-ne-convient/", "/donnees/", "/connexion/", "/couverture/"),
        f"{Neighbourhood.objects.filter(places__partnerships__isnull=False).first().get_absolute_url()}liens/",
        *("/a-propos/", "/aide/", "/accessibilite/", "/mentions-legales/", "/vie-privee/"),
        "/une-page-qui-n-existe-pas/",
    ]


def faults_of(page):
    """What axe finds, target sizes included: [(rule, first element)]."""
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=options).response["violations"]
    return [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found]


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.usefixtures("territory")
class TestMainPath:
    def test_from_home_to_a_phone_number_in_two_taps(self, open_page):
        page = open_page("/", size=PHONE, geolocation=BELLEVUE, permissions=["geolocation"])
        page.get_by_role("button", name="Autour de moi").click()
        page.wait_for_url("**/?*lon=*")
        call = page.locator(".place-card .call-link").first
        assert call.get_attribute("href").startswith("tel:+33")
        page.locator(".place-card a").first.click()
        page.wait_for_url("**/lieux/*/")
        assert page.locator("a[href^='tel:']").first.is_visible()

    def test_a_position_that_is_refused_leads_to_help_and_not_to_nothing(self, open_page):
        page = open_page("/", size=PHONE, permissions=[])
        page.get_by_role("button", name="Autour de moi").click()
        page.get_by_text("écrivez").first.wait_for()

    def test_a_need_in_one_tap_leads_to_what_is_near(self, open_page):
        page = open_page("/", size=PHONE, geolocation=BELLEVUE, permissions=["geolocation"])
        page.get_by_role("link", name="Imprimer un document").click()
        page.wait_for_url("**/?q=imprimer&lon=-4.5228&lat=48.4007&sort=distance")
        assert page.locator(".place-card__distance").first.is_visible()

    def test_a_need_leads_to_the_town_that_was_typed(self, open_page):
        page = open_page("/", size=PHONE, permissions=[])
        page.locator("#q").fill("Grigny")
        page.locator("#q").blur()
        page.get_by_role("link", name="Imprimer un document").click()
        page.wait_for_url("**/?q=imprimer+Grigny")

    @pytest.mark.parametrize("javascript", [True, False])
    def test_a_need_leads_somewhere_without_a_position(self, javascript, open_page):
        page = open_page("/", size=PHONE, permissions=[], javascript=javascript)
        page.get_by_role("link", name="Chercher du travail").click()
        page.wait_for_url("**/?theme=emploi")
        assert page.locator(".place-card").count()

    def test_words_lead_to_a_place_with_javascript_and_without(self, open_page):
        for javascript in (True, False):
            page = open_page("/", size=PHONE, javascript=javascript)
            page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill("mediateque brest")
            page.keyboard.press("Enter")
            page.wait_for_url("**/?*q=mediateque*")
            assert "diath" in page.locator(".place-card").first.inner_text()

    def test_filters_work_without_javascript(self, open_page):
        page = open_page("/?q=brest", size=PHONE, javascript=False)
        page.locator("[data-epn-filters] > summary").click()
        page.get_by_label("Gratuit", exact=False).first.check()
        page.locator("[data-epn-filters] button[type=submit]").click()
        page.wait_for_url("**fee=*")
        assert page.locator(".chips").get_by_text("Gratuit").count() == 1
        assert page.locator(".place-card .badge", has_text="Gratuit").count()

    def test_the_keyboard_alone_reaches_content_and_results(self, open_page):
        page = open_page("/?q=brest")
        page.wait_for_load_state("networkidle")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#contenu"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "contenu"
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('.place-card') !== null"):
                break
        assert page.evaluate("document.activeElement.closest('.place-card') !== null")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"


# A browser with one voice, whatever those of the machine are. What is said is kept.
ONE_VOICE = """
    window.SpeechSynthesisUtterance = class extends EventTarget {
        constructor(text) { super(); this.text = text; }
    };
    window.said = [];
    speechSynthesis.getVoices = () => [{ lang: "fr-FR" }];
    speechSynthesis.speak = (one) => said.push(one);
    speechSynthesis.dispatchEvent(new Event("voiceschanged"));
"""


@pytest.mark.usefixtures("territory")
class TestListening:
    def place(self):
        return Place.objects.published().exclude(phone="").exclude(opening_hours="").first()

    def test_is_not_offered_without_a_voice(self, open_page):
        page = open_page(self.place().get_absolute_url(), size=PHONE)
        page.evaluate(ONE_VOICE.replace("fr-FR", "de-DE"))
        assert page.locator("[data-epn-listen]").is_hidden()

    def test_reads_name_state_address_phone_help_and_hours_then_offers_itself_again(self, open_page):
        place = self.place()
        page = open_page(place.get_absolute_url(), size=PHONE)
        page.evaluate(ONE_VOICE)
        button = page.locator("[data-epn-listen]")
        button.click()
        assert button.inner_text() == "Arrêter"
        said = page.evaluate("said.map((one) => one.text)")
        assert said[0] == place.name
        assert any(place.phone_display.replace("\u00a0", " ") in text for text in said)
        assert any(place.address in text for text in said)
        assert set(page.evaluate("said.map((one) => one.lang)")) == {"fr"}
        assert not any("–" in text or "·" in text for text in said)
        page.evaluate("said.at(-1).dispatchEvent(new Event('end'))")
        assert button.inner_text() == "Écouter"


@pytest.mark.usefixtures("territory")
class TestMap:
    def test_shows_all_results_and_a_card_that_is_pointed_at(self, open_page):
        page = open_page("/?q=brest")
        page.wait_for_selector(".leaflet-marker-icon")
        page.locator(".place-card").first.hover()
        page.wait_for_selector(".marker.is-shown")

    def test_offers_to_search_where_it_was_moved_to(self, open_page):
        page = open_page("/?q=brest")
        page.wait_for_selector(".leaflet-marker-icon")
        here = page.get_by_role("link", name="Chercher dans cette zone")
        assert not here.is_visible()
        box = page.locator(".leaflet-container").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + 60
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 80, y + 40, steps=5)
        page.mouse.up()
        here.click()
        page.wait_for_url("**radius=*")
        # The town gave way to the map, the rest of the search stays.
        assert "q=brest" not in page.url

    def test_on_a_phone_waits_until_it_is_asked_for(self, open_page):
        page = open_page("/?q=brest", size=PHONE)
        assert page.locator(".leaflet-container").count() == 0
        page.get_by_role("button", name="Voir la carte").click()
        page.wait_for_selector(".leaflet-marker-icon")
        page.get_by_role("button", name="Cacher la carte").click()
        assert not page.locator(".leaflet-container").is_visible()


@pytest.mark.usefixtures("territory")
class TestEveryPage:
    @pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
    def test_is_within_reach_of_everybody_and_fits_the_screen(self, size, open_page):
        # Axe sets styles of its own, which the policy of the pages refuses.
        page = open_page("/robots.txt", size=size, bypass_csp=True, reduced_motion="reduce")
        for path in addresses():
            page.goto(path, wait_until="networkidle")
            assert faults_of(page) == [], path
            assert fits(page), path

    def test_fits_a_narrow_screen_without_javascript_and_has_one_title(self, open_page):
        page = open_page("/robots.txt", size=NARROW, javascript=False)
        for path in addresses():
            page.goto(path)
            assert page.locator("h1").count() == 1, path
            widest = page.locator("html").evaluate("node => node.scrollWidth")
            assert widest <= NARROW["width"], path
