"""Which sessions answer what is asked of the agenda."""

import datetime as dt

import pytest

from places.domain.period import month_period
from places.models import Language, Occurrence
from places.search import Agenda, rebuild
from tests.factories import (
    TOWN_HALL,
    AudienceFactory,
    CommuneFactory,
    DepartmentFactory,
    FeeFactory,
    LanguageFactory,
    NeighbourhoodFactory,
    OccurrenceFactory,
    PartnerFactory,
    PlaceFactory,
    ThemeFactory,
    WorkshopFactory,
    beside,
)

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 9, 8, 10, tzinfo=dt.UTC)  # a Tuesday, on the mainland


def session(at=NOON, place=None, seats="", status="SCHEDULED", **values):
    links = {name: values.pop(name) for name in ("audiences", "languages") if name in values}
    workshop = WorkshopFactory(place=place or PlaceFactory(), **values)
    for name, rows in links.items():
        getattr(workshop, name).set(rows)
    return OccurrenceFactory(workshop=workshop, starts_at=at, seats=seats, status=status)


def on(day, hour=12, minute=0):
    return dt.datetime(2026, 9, day, hour, minute, tzinfo=dt.UTC)


def found(**asked):
    return list(Agenda(at=NOON, **asked).coming)


class TestWhen:
    def test_is_today_tomorrow_this_week_the_next_or_a_day(self):
        today, tomorrow, sunday, monday, month_later = [
            session(on(8)), session(on(9)), session(on(13)), session(on(14)), session(on(30))
        ]  # fmt: skip
        assert found() == [today, tomorrow, sunday, monday, month_later]
        assert found(when="today") == [today]
        assert found(when="tomorrow") == [tomorrow]
        assert found(when="week") == [today, tomorrow, sunday]
        assert found(when="next-week") == [monday]
        assert found(day=dt.date(2026, 9, 30)) == [month_later]

    def test_of_a_month_is_told_by_the_date_of_the_place(self):
        papeete = CommuneFactory(insee_code="98735", name="Papeete", department=DepartmentFactory(code="987"))
        there = session(on(9, 4), place=PlaceFactory(commune=papeete))
        here = session(on(9, 6))
        dates = Agenda(at=NOON).by_date(lambda today: month_period(today))
        assert dates == {dt.date(2026, 9, 8): [there.pk], dt.date(2026, 9, 9): [here.pk]}

    def test_leaves_out_what_is_over_today(self):
        session(on(8, 6))
        assert found(when="today") == []

    def test_is_the_day_of_the_place(self):
        papeete = CommuneFactory(insee_code="98735", name="Papeete", department=DepartmentFactory(code="987"))
        evening = session(on(9, 4), place=PlaceFactory(commune=papeete))  # 18:00 on the 8th there
        midnight = session(on(8, 22, 30))  # half past midnight on the 9th, on the mainland
        assert found(day=dt.date(2026, 9, 8)) == [evening]
        assert found(day=dt.date(2026, 9, 9)) == [midnight]
        assert found(moment=["evening"]) == [evening]

    def test_is_the_evening_or_saturday_whatever_the_season(self):
        summer = session(on(8, 15))  # 17:00
        winter = session(dt.datetime(2026, 11, 3, 16, tzinfo=dt.UTC))
        saturday = session(on(12, 8))
        session(on(8, 14, 45))
        assert found(moment=["evening"]) == [summer, winter]
        assert found(moment=["saturday"]) == [saturday]
        assert found(moment=["evening", "saturday"]) == [summer, saturday, winter]


class TestWhere:
    def test_is_a_neighbourhood_with_what_is_held_there_by_others(self):
        neighbourhood = NeighbourhoodFactory()
        inside = session(place=PlaceFactory(east_of=TOWN_HALL))
        at_partner = session(host_partner=PartnerFactory(location=TOWN_HALL))
        at_address = session(host_address="Halles", host_location=beside(TOWN_HALL, 100))
        session(place=PlaceFactory(east_of=TOWN_HALL, by_m=2_000))
        assert set(found(neighbourhood=neighbourhood)) == {inside, at_partner, at_address}

    def test_is_a_commune_with_its_boroughs(self):
        paris = CommuneFactory(insee_code="75056", name="Paris", department=DepartmentFactory(code="75"))
        twentieth = CommuneFactory(
            insee_code="75120", name="Paris 20e", kind="ARM", parent=paris, department=paris.department
        )
        wanted = session(place=PlaceFactory(commune=twentieth))
        session()
        assert found(commune=paris) == [wanted]

    def test_is_around_a_position(self):
        near = session(place=PlaceFactory(east_of=TOWN_HALL, by_m=900))
        session(place=PlaceFactory(east_of=TOWN_HALL, by_m=1_500))
        assert found(position=TOWN_HALL.coords, radius=1_000) == [near]

    def test_is_what_words_name_before_what_was_chosen(self):
        quimper = CommuneFactory(insee_code="29232", name="Quimper", postcodes="29000")
        brest, there = session(), session(place=PlaceFactory(commune=quimper))
        rebuild()
        assert found(commune=brest.workshop.place.commune) == [brest]
        assert found(q="quimper", commune=brest.workshop.place.commune) == [there]
        assert found(q="29000") == [there]
        assert found(q="finistère") == [brest, there]

    def test_without_a_session_leads_around(self):
        neighbourhood = NeighbourhoodFactory()
        around = session(place=PlaceFactory(east_of=TOWN_HALL, by_m=3_000))
        session(place=PlaceFactory(east_of=TOWN_HALL, by_m=90_000))
        agenda = Agenda(at=NOON, neighbourhood=neighbourhood)
        assert list(agenda.coming) == []
        assert agenda.nearby(4) == [around]


class TestWhat:
    def test_is_what_words_say_of_the_title_or_the_need(self):
        cv, theme = session(title="Refaire son CV"), ThemeFactory(code="emploi", name="Emploi")
        session(title="Cuisine", themes=[theme])
        rebuild()
        assert found(q="cv") == [cv]

    def test_is_an_axis_an_audience_a_language_a_fee_and_comes_once(self):
        themes, audience = [ThemeFactory(), ThemeFactory()], AudienceFactory(code="seniors")
        language, fee = LanguageFactory(code="ar"), FeeFactory(code="gratuit")
        wanted = session(themes=themes, audiences=[audience], languages=[language], fee=fee)
        session()
        assert found(theme=themes) == [wanted]
        assert found(audience=[audience]) == [wanted]
        assert found(language=Language.objects.filter(code="ar")) == [wanted]
        assert found(fee=[fee]) == [wanted]

    def test_of_a_level_holds_what_is_for_all_levels(self):
        beginner, anybody = session(level="BEGINNER"), session(level="ANY")
        session(level="ADVANCED")
        assert found(level=["BEGINNER"]) == [beginner, anybody]

    def test_with_places_left_is_not_full_and_not_cancelled(self):
        free, unknown = session(seats="FREE"), session()
        session(seats="FULL")
        session(seats="WAITING_LIST")
        cancelled = session(status="CANCELLED")
        assert found(free=True) == [free, unknown]
        assert cancelled in found()

    def test_is_asked_in_as_many_queries_for_many_as_for_few(self, django_assert_num_queries):
        neighbourhood = NeighbourhoodFactory()
        for _row in range(12):
            session(place=PlaceFactory(east_of=TOWN_HALL), themes=[ThemeFactory()])
        with django_assert_num_queries(5):  # its town, clocks, sessions, axes, ways to book
            rows = list(Agenda(at=NOON, neighbourhood=neighbourhood, when="week").coming.for_rows())
        assert len(rows) == Occurrence.objects.count() == 12
