"""The admin in a real browser: with a mouse, with the keyboard alone, without JavaScript.

`open_page` fails a test when a script raises, or when the content security policy refuses something.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from places.models import Correction, Neighbourhood, Place, Workshop
from tests.admin import rows
from tests.conftest import DESKTOP, PHONE

# Select2, with which Django draws its suggestions, puts a span among the items of its list.
OF_SELECT2 = {"list"}


@pytest.fixture
def work_at(open_page, admin, live_server):
    """work_at(path, **options of open_page): the page at that path, in the browser of a superuser."""

    def open_logged_in(path, **options):
        page = open_page("/robots.txt", **options)
        session = admin.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.goto(path)
        return page

    return open_logged_in


def form_of(place):
    return f"/admin/places/place/{place.pk}/change/"


def save(page, button="_save"):
    page.click(f"[name={button}]")
    page.wait_for_selector(".messagelist")


class TestPlace:
    def test_position_is_set_by_a_click_on_the_map(self, work_at):
        place = rows.place(location=rows.TOWN_HALL)
        page = work_at(form_of(place))
        page.click("[data-epn-point-map]", position={"x": 200, "y": 100})
        save(page)
        place.refresh_from_db()
        assert place.location.coords != rows.TOWN_HALL.coords
        assert place.location.distance(rows.TOWN_HALL) < 0.01

    def test_position_is_set_from_the_keyboard_alone(self, work_at):
        place = rows.place()
        page = work_at(form_of(place))
        page.focus("#id_location_0")
        page.keyboard.type("48.3904, -4.4861")
        page.keyboard.press("Tab")
        assert page.input_value("#id_location_1") == "-4.4861"
        page.keyboard.press("Enter")
        page.wait_for_selector(".messagelist")
        place.refresh_from_db()
        assert place.location.coords == rows.TOWN_HALL.coords

    def test_hours_are_read_back_while_they_are_typed(self, work_at):
        page = work_at(form_of(rows.place()))
        page.fill("#id_opening_hours", "Lu-Ve 9h-12h")
        page.wait_for_selector("text=Du lundi au vendredi")
        page.fill("#id_opening_hours", "souvent")
        page.wait_for_selector(".reading--refused")

    @pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
    def test_is_corrected_without_javascript(self, size, work_at):
        place = rows.place()
        page = work_at(form_of(place), size=size, javascript=False)
        page.fill("#id_opening_hours", "Lu-Ve 9h-12h")
        page.fill("#id_location_0", "48,3904")
        page.fill("#id_location_1", "-4,4861")
        save(page)
        place.refresh_from_db()
        assert place.opening_hours == "Mo-Fr 09:00-12:00"
        assert place.location.coords == rows.TOWN_HALL.coords

    def test_is_added_once_by_a_double_click(self, work_at):
        page = work_at("/admin/places/place/add/")
        page.fill("#id_name", "Le Comptoir")
        page.dblclick("[name=_save]")
        page.wait_for_selector(".messagelist")
        assert Place.objects.count() == 1

    def test_is_added_once_by_a_double_click_without_javascript(self, work_at):
        page = work_at("/admin/places/place/add/", javascript=False)
        page.fill("#id_name", "Le Comptoir")
        page.dblclick("[name=_save]")
        page.wait_for_selector(".messagelist")
        assert Place.objects.count() == 1

    def test_commune_is_suggested_while_it_is_typed(self, work_at):
        rows.commune("Évry", "29999", "91000")
        place = rows.place()
        page = work_at(form_of(place))
        page.click(".field-commune .select2-selection")
        page.keyboard.type("evry")
        page.click("li.select2-results__option:has-text('Évry')")
        save(page)
        place.refresh_from_db()
        assert place.commune.name == "Évry"


class TestWorkshop:
    def test_shows_the_fields_and_the_dates_of_its_frequency(self, work_at):
        place = rows.place()
        page = work_at(f"/admin/places/workshop/add/?place={place.pk}")
        page.fill("#id_title", "Café numérique")
        page.check("[name=weekdays][value=TU]")
        page.fill("#id_start_time", "14:00")
        page.fill("#id_end_time", "16:00")
        page.fill("#id_starts_on", timezone.localdate().isoformat())
        page.wait_for_selector("[data-epn-rule-sentence]:has-text('Tous les mardis')")
        assert page.locator("[data-epn-rule-dates] li").count() > 3
        assert not page.is_visible("#id_week_of_month")
        page.select_option("#id_frequency", "MONTHLY")
        assert page.is_visible("#id_week_of_month")
        page.select_option("#id_frequency", "DATES")
        assert not page.is_visible("#id_starts_on")
        page.select_option("#id_frequency", "WEEKLY")
        save(page)
        assert "programmées jusqu’au" in page.inner_text(".messagelist")
        assert Workshop.objects.get().occurrences.exists()

    @pytest.mark.parametrize("javascript", [True, False])
    def test_session_is_cancelled_in_the_list(self, javascript, work_at):
        session = rows.coming(rows.workshop())
        page = work_at("/admin/places/occurrence/", javascript=javascript)
        page.click("summary >> nth=0")
        page.fill(f"#message-{session.pk}", "Absente")
        if javascript:
            page.keyboard.press("Enter")
        else:
            page.click("text=Annuler cette séance >> nth=0")
        page.wait_for_selector(".messagelist")
        session.refresh_from_db()
        assert (session.is_cancelled, session.message) == (True, "Absente")


def test_a_report_is_accepted_on_a_phone(work_at):
    correction = rows.correction()
    page = work_at(f"/admin/places/correction/{correction.pk}/change/", size=PHONE)
    page.fill("#id_opening_hours", "Ma-Ve 9h-12h")
    page.click("[name=_accept]")
    page.wait_for_selector(".messagelist")
    correction.refresh_from_db()
    assert correction.status == Correction.Status.ACCEPTED
    assert correction.place.opening_hours == "Tu-Fr 09:00-12:00"


def test_an_outline_is_drawn_on_the_map(work_at):
    page = work_at("/admin/places/neighbourhood/add/")
    page.fill("#id_name", "Recouvrance")
    page.click(".leaflet-draw-draw-polygon")
    area = page.locator("[data-epn-area-map]")
    for x, y in ((450, 200), (520, 200), (520, 270), (450, 200)):
        area.click(position={"x": x, "y": y})
        page.wait_for_timeout(150)  # Leaflet.draw takes two clicks in a twentieth of a second for one
    save(page)
    assert Neighbourhood.objects.get().area.num_points == 4


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pages_are_within_reach_of_everybody_and_fit_the_screen(size, work_at):
    place = rows.place(location=rows.TOWN_HALL)
    workshop = rows.workshop(at=place)
    correction = rows.correction(at=place)
    # Axe sets styles of its own, which the policy of the pages refuses.
    page = work_at("/admin/", size=size, bypass_csp=True)
    for path in (
        "/admin/",
        "/admin/places/place/",
        form_of(place),
        f"/admin/places/workshop/{workshop.pk}/change/",
        "/admin/places/occurrence/",
        f"/admin/places/correction/{correction.pk}/change/",
        f"/admin/places/place/{place.pk}/history/",
        "/admin/places/theme/",
        "/admin/auth/group/add/",
    ):
        page.goto(path)
        page.wait_for_function("!document.querySelector('.select2-search__field:not([aria-label])')")
        found = [fault for fault in Axe().run(page).response["violations"] if fault["id"] not in OF_SELECT2]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_the_door_is_within_reach_of_everybody(open_page):
    page = open_page("/admin/login/", size=PHONE, bypass_csp=True)
    assert Axe().run(page).response["violations"] == []
