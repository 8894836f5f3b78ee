"""The agenda: coming sessions day by day, or a month of them as a table."""

import datetime as dt
import re

import pytest

from tests.factories import (
    TOWN_HALL,
    CommuneFactory,
    DepartmentFactory,
    NeighbourhoodFactory,
    OccurrenceFactory,
    PlaceFactory,
    ThemeFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db


def session(title="Premiers clics", at=dt.datetime(2026, 9, 8, 12, tzinfo=dt.UTC), place=None, **values):
    workshop = WorkshopFactory(title=title, place=place or PlaceFactory(), themes=values.pop("themes", ()))
    return OccurrenceFactory(workshop=workshop, starts_at=at, **values)


def titles(page):
    return [row.workshop.title for row in page.context["page"]]


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.html).split())


class TestList:
    def test_goes_day_by_day_and_soonest_first(self, visit):
        session("Jeudi", dt.datetime(2026, 9, 10, 8, tzinfo=dt.UTC))
        session("Mardi")
        page = visit("agenda")
        assert titles(page) == ["Mardi", "Jeudi"]
        assert "Aujourd’hui, mardi 8 septembre" in text_of(page)
        assert page.html.index("mardi 8 septembre") < page.html.index("jeudi 10 septembre")

    def test_keeps_what_is_going_on_and_drops_what_is_over(self, visit):
        session("En cours", dt.datetime(2026, 9, 8, 7, tzinfo=dt.UTC))  # till 11:00, it is 10:00
        session("Finie", dt.datetime(2026, 9, 8, 5, tzinfo=dt.UTC))
        assert titles(visit("agenda")) == ["En cours"]

    def test_says_the_hours_of_the_place(self, visit):
        reunion = CommuneFactory(
            insee_code="97411",
            name="Saint-Denis",
            department=DepartmentFactory(code="974", name="La Réunion"),
        )
        session(place=PlaceFactory(commune=reunion), at=dt.datetime(2026, 9, 8, 22, tzinfo=dt.UTC))
        page = visit("agenda")
        assert "mercredi 9 septembre" in page
        assert "2\u00a0h – 4\u00a0h" in page

    def test_says_what_is_cancelled_full_or_almost(self, visit):
        session("A", status="CANCELLED", message="Grève")
        session("B", seats="WAITING_LIST")
        session("C", seats="FEW")
        page = visit("agenda")
        for words in (
            "Annulé",
            "Grève",
            "Complet, liste d’attente",
            "Dernières places",
            "session--cancelled",
        ):
            assert words in page

    def test_says_how_to_book_without_an_e_mail(self, visit):
        session()
        assert "Sans inscription" in visit("agenda")

    def test_leads_to_the_page_of_each_session(self, visit):
        row = session()
        assert f'href="{row.get_absolute_url()}"' in visit("agenda")

    def test_has_pages_that_keep_the_filters(self, visit):
        theme, place = ThemeFactory(code="emploi"), PlaceFactory()
        for day in range(1, 29):
            session(f"S{day}", dt.datetime(2026, 10, day, 8, tzinfo=dt.UTC), place, themes=[theme])
        for hour in range(6):
            session(f"N{hour}", dt.datetime(2026, 11, 2, hour + 6, tzinfo=dt.UTC), place, themes=[theme])
        page = visit("agenda", theme="emploi")
        assert "Page 1 sur 2" in page
        assert "?theme=emploi&amp;page=2" in page
        assert titles(visit("agenda", theme="emploi", page=2)) == ["N2", "N3", "N4", "N5"]


class TestCriteria:
    def test_are_shown_and_can_each_be_taken_away(self, visit):
        theme, neighbourhood = (
            ThemeFactory(code="emploi", name="Emploi"),
            NeighbourhoodFactory(name="Recouvrance"),
        )
        session("Au quartier", place=PlaceFactory(east_of=TOWN_HALL), themes=[theme])
        page = visit("agenda", theme="emploi", neighbourhood=neighbourhood.slug, when="week")
        assert titles(page) == ["Au quartier"]
        urls = {chip["label"]: chip["remove_url"] for chip in page.context["chips"]}
        assert urls == {
            "Recouvrance": "/agenda/?theme=emploi&when=week",
            "Emploi": "/agenda/?neighbourhood=recouvrance&when=week",
        }

    def test_around_a_position_can_be_widened(self, visit):
        session(place=PlaceFactory(east_of=TOWN_HALL))
        page = visit("agenda", lon="-4.4861", lat="48.3904", radius="2000")
        assert [reach["name"] for reach in page.context["reaches"] if reach["selected"]] == ["2\u00a0km"]
        assert 'href="/agenda/?lon=-4.4861&amp;lat=48.3904&amp;radius=30000"' in page
        assert visit("agenda", commune="29019").context["reaches"] == []

    def test_that_a_form_sends_empty_ask_nothing(self, visit):
        session()
        page = visit("agenda", q="", day="", language="", audience="", when="today")
        assert page.context["form"].errors == {}
        assert titles(page) == ["Premiers clics"]
        assert 'href="/agenda/?when=tomorrow"' in page

    def test_stay_when_another_day_is_asked_for(self, visit):
        ThemeFactory(code="emploi")
        page = visit("agenda", theme="emploi", when="today")
        assert 'href="/agenda/?theme=emploi&amp;when=tomorrow"' in page
        assert re.search(r'href="/agenda/\?theme=emploi&amp;when=today" aria-current="true"', page.html)

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ({"day": "demain"}, "Choisissez une date, par exemple 24/12/2026."),
            ({"day": "9999-12-31"}, "Choisissez une date, par exemple 24/12/2026."),
            ({"month": "2026-13"}, "Choisissez un mois, par exemple 2026-12."),
            ({"month": "0001-01"}, "Choisissez un mois, par exemple 2026-12."),
            ({"lon": "2", "lat": "91"}, "message--wrong"),
            ({"when": "never", "level": "x", "moment": "y", "theme": "z"}, "message--wrong"),
        ],
    )
    def test_that_cannot_be_read_are_told_in_french(self, query, words, visit):
        page = visit("agenda", **query)
        assert page.status == 200
        assert words in page
        assert not re.search(r"Select a valid|Enter a|This field", page.html)


class TestNoDeadEnd:
    def test_without_a_session_leads_to_the_whole_agenda(self, visit):
        page = visit("agenda")
        assert "Aucune séance trouvée" in page
        assert 'href="/agenda/"' in page

    def test_on_a_day_without_one_shows_the_next_dates(self, visit):
        session("Jeudi", dt.datetime(2026, 9, 10, 8, tzinfo=dt.UTC))
        page = visit("agenda", day="2026-09-09")
        assert "Les prochaines dates" in page
        assert "Jeudi" in page

    def test_in_a_neighbourhood_without_one_shows_those_around(self, visit):
        neighbourhood = NeighbourhoodFactory()
        session("À côté", place=PlaceFactory(east_of=TOWN_HALL, by_m=1_500))
        page = visit("agenda", neighbourhood=neighbourhood.slug)
        assert "Un peu plus loin" in page
        assert "À côté" in page


class TestMonth:
    def test_is_a_table_of_weeks_with_today_told(self, visit):
        row = session()
        page = visit("agenda", month="2026-09")
        assert len(page.context["weeks"]) == 5
        assert page.html.count('scope="col"') == 7
        assert page.html.count("month__day--today") == 1
        assert f'href="{row.get_absolute_url()}"' in page

    def test_leads_to_the_months_beside_and_back_to_the_days(self, visit):
        session()
        page = visit("agenda", month="2026-12", free="1")
        for url in ("/agenda/?month=2026-11&amp;free=1", "/agenda/?month=2027-01&amp;free=1"):
            assert {*re.findall(r'href="([^"]+)"', page.html)} & {url, "&amp;".join(self.turned(url))}
        assert 'href="/agenda/?free=1"' in page

    def turned(self, url):
        path, _, query = url.partition("?")
        first, second = query.split("&amp;")
        return [f"{path}?{second}", first]

    def test_holds_what_is_over_and_what_is_cancelled(self, visit):
        session("Passée", dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC))
        session("Annulée", dt.datetime(2026, 9, 29, 8, tzinfo=dt.UTC), status="CANCELLED")
        page = visit("agenda", month="2026-09")
        assert "Passée" in page
        assert "month__cancelled" in page

    def test_shows_three_sessions_of_a_day_and_a_link_to_the_others(self, visit):
        for hour in range(5):
            session(f"S{hour}", dt.datetime(2026, 9, 29, 8 + hour, tzinfo=dt.UTC))
        page = visit("agenda", month="2026-09")
        assert "2 autres" in page
        assert 'href="/agenda/?day=2026-09-29"' in page
        assert "S3" not in page

    def test_without_a_session_says_so(self, visit):
        assert "Aucune séance trouvée" in visit("agenda", month="2027-05")
