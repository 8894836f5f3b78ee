"""Open, closed or unknown at a moment; the hours of a week. What people read stands in test_hours_french."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.domain.hours import (
    ClosureSpan,
    HoursError,
    Span,
    State,
    is_open,
    parse,
    status,
    week,
    weekly_minutes,
)

PARIS = ZoneInfo("Europe/Paris")
OFFICE = "Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00"
MONDAY = dt.date(2026, 2, 2)  # a week without a public holiday


def at(day, hour, minute=0, second=0, *, tz=PARIS, fold=0):
    """A moment on the `day` of a date, or that many days after MONDAY."""
    day = MONDAY + dt.timedelta(days=day) if isinstance(day, int) else day
    return dt.datetime.combine(day, dt.time(hour, minute, second), tzinfo=tz).replace(fold=fold)


def clock(moment):
    return moment and f"{moment:%d/%m %H:%M}"


class TestStatus:
    def test_open_says_until_when(self):
        now = status(OFFICE, at(0, 10), PARIS)
        assert (now.state, now.closes_at, now.opens_at) == (State.OPEN, at(0, 12), None)
        assert not now.is_doubtful

    def test_closed_says_when_it_opens_next(self):
        now = status(OFFICE, at(0, 12, 30), PARIS)
        assert (now.state, now.closes_at, now.opens_at) == (State.CLOSED, None, at(0, 14))

    def test_closed_for_the_week_end_it_opens_on_monday(self):
        assert status(OFFICE, at(5, 12), PARIS).opens_at == at(7, 9)

    @pytest.mark.parametrize(
        ("moment", "state"),
        [
            (at(0, 8, 59, 59), State.CLOSED),
            (at(0, 9), State.OPEN),
            (at(0, 11, 59, 59), State.OPEN),
            (at(0, 12), State.CLOSED),
            (at(0, 13, 59, 59), State.CLOSED),
            (at(0, 14), State.OPEN),
            (at(0, 17), State.CLOSED),
        ],
    )
    def test_opens_at_the_first_minute_and_closes_at_the_last(self, moment, state):
        assert status(OFFICE, moment, PARIS).state is state
        assert is_open(OFFICE, moment, PARIS) is (state is State.OPEN)

    def test_the_hours_are_those_of_the_place_whatever_the_clock_of_who_asks(self):
        moment = dt.datetime(2026, 2, 2, 8, 30, tzinfo=dt.UTC)  # 9:30 in Paris, 12:30 in Saint-Denis
        assert is_open(OFFICE, moment, PARIS)
        assert not is_open(OFFICE, moment, ZoneInfo("Indian/Reunion"))
        assert status(OFFICE, moment, PARIS).closes_at == at(0, 12)

    def test_day_and_night_has_no_end(self):
        for text in ("24/7", "Mo-Su 00:00-24:00", "00:00-24:00"):
            now = status(text, at(0, 3), PARIS)
            assert (now.state, now.closes_at, now.is_doubtful) == (State.OPEN, None, False)

    def test_two_openings_that_meet_are_one(self):
        text = 'Mo 09:00-12:00 "accueil", Mo 12:00-14:00 "ateliers"'
        assert status(text, at(0, 10), PARIS).closes_at == at(0, 14)

    def test_closed_until_further_notice_opens_never(self):
        now = status('off "travaux"', at(0, 10), PARIS)
        assert (now.state, now.opens_at, now.reason) == (State.CLOSED, None, "travaux")

    def test_a_comment_is_said_and_makes_it_doubtful(self):
        now = status('Mo-Fr 09:00-12:00 "sur rendez-vous"', at(0, 10), PARIS)
        assert (now.state, now.is_doubtful, now.reason) == (State.OPEN, True, "sur rendez-vous")

    def test_the_last_day_of_the_century_is_a_day_like_others(self):
        assert status(OFFICE, at(dt.date(2099, 12, 31), 10), PARIS).state is State.OPEN


class TestNights:
    BAR = "Fr-Sa 20:00-02:00"

    @pytest.mark.parametrize(
        ("moment", "closes"),
        [(at(4, 23), at(5, 2)), (at(5, 1, 59), at(5, 2)), (at(6, 1), at(6, 2))],
    )
    def test_a_night_goes_on_after_midnight(self, moment, closes):
        assert is_open(self.BAR, moment, PARIS)
        assert status(self.BAR, moment, PARIS).closes_at == closes

    @pytest.mark.parametrize("moment", [at(4, 1), at(5, 2), at(6, 2), at(6, 20)])
    def test_and_ends_on_the_minute(self, moment):
        assert not is_open(self.BAR, moment, PARIS)

    @pytest.mark.parametrize("text", ["Mo 22:00-06:00", "Mo 22:00-30:00"])
    def test_it_lasts_until_six_at_most(self, text):
        assert is_open(text, at(1, 5, 59), PARIS)
        assert not is_open(text, at(1, 6), PARIS)

    def test_in_the_week_it_belongs_to_the_day_on_which_it_began(self):
        spans = [day.spans for day in week(self.BAR, MONDAY)]
        night = [Span(dt.time(20), dt.time(2))]
        assert spans == [[], [], [], [], night, night, []]

    def test_a_night_from_sunday_is_not_in_the_monday_after(self):
        days = week("Su 22:00-03:00", MONDAY)
        assert [bool(day.spans) for day in days] == [False] * 6 + [True]

    def test_until_midnight_ends_with_the_day(self):
        assert week("Mo 18:00-24:00", MONDAY)[0].spans == [Span(dt.time(18), dt.time(0))]
        assert status("Mo 18:00-24:00", at(0, 20), PARIS).closes_at == at(1, 0)

    def test_a_whole_day_and_the_night_after_it_are_two(self):
        days = week("Mo 00:00-24:00; Tu 00:00-05:00", MONDAY)
        assert days[0].spans == [Span(dt.time(0), dt.time(0))]
        assert days[1].spans == [Span(dt.time(0), dt.time(5))]


class TestClosures:
    def test_closed_days_are_closed_with_their_reason(self):
        closure = ClosureSpan(MONDAY, MONDAY, message="Travaux")
        now = status(OFFICE, at(0, 10), PARIS, closures=[closure])
        assert (now.state, now.reason, now.opens_at) == (State.CLOSED, "Travaux", at(1, 9))
        assert not is_open(OFFICE, at(0, 10), PARIS, closures=[closure])

    def test_both_ends_of_a_closure_are_closed_and_the_days_around_open(self):
        closure = ClosureSpan(MONDAY + dt.timedelta(days=1), MONDAY + dt.timedelta(days=3))
        opened = [is_open(OFFICE, at(day, 10), PARIS, closures=[closure]) for day in range(5)]
        assert opened == [True, False, False, False, True]

    def test_changed_hours_replace_the_usual_ones(self):
        closure = ClosureSpan(MONDAY, MONDAY, hours="15:00-20:00", message="Nocturne")
        now = status(OFFICE, at(0, 18), PARIS, closures=[closure])
        assert (now.state, now.closes_at, now.reason) == (State.OPEN, at(0, 20), "Nocturne")
        assert not is_open(OFFICE, at(0, 10), PARIS, closures=[closure])
        assert week(OFFICE, MONDAY, closures=[closure])[0].spans == [Span(dt.time(15), dt.time(20))]

    def test_of_two_that_overlap_closed_is_the_safer_answer(self):
        changed = ClosureSpan(MONDAY, MONDAY, hours="09:00-20:00")
        closed = ClosureSpan(MONDAY, MONDAY, message="Fermé")
        for closures in ([changed, closed], [closed, changed]):
            assert status(OFFICE, at(0, 10), PARIS, closures=closures).reason == "Fermé"
            assert not is_open(OFFICE, at(0, 10), PARIS, closures=closures)

    def test_the_next_opening_is_after_the_closure(self):
        holiday = ClosureSpan(MONDAY, MONDAY + dt.timedelta(days=8))
        assert status(OFFICE, at(0, 10), PARIS, closures=[holiday]).opens_at == at(9, 9)

    def test_changed_hours_count_where_the_usual_ones_are_unknown(self):
        closure = ClosureSpan(MONDAY, MONDAY, hours="09:00-12:00")
        assert status("", at(0, 10), PARIS, closures=[closure]).state is State.OPEN
        assert is_open("", at(0, 10), PARIS, closures=[closure])
        assert status("", at(1, 10), PARIS, closures=[closure]).state is State.UNKNOWN
        days = week("", MONDAY, closures=[closure])
        assert days[0].spans == [Span(dt.time(9), dt.time(12))]
        assert [day.is_unknown for day in days] == [False] + [True] * 6

    def test_closed_is_known_where_the_usual_hours_are_not(self):
        closure = ClosureSpan(MONDAY, MONDAY, message="Travaux")
        now = status("", at(0, 10), PARIS, closures=[closure])
        assert (now.state, now.reason, now.is_doubtful) == (State.CLOSED, "Travaux", False)

    def test_changed_hours_that_do_not_read_spoil_only_their_own_days(self):
        closure = ClosureSpan(MONDAY, MONDAY, hours="selon les jours")
        assert status(OFFICE, at(0, 10), PARIS, closures=[closure]).state is State.UNKNOWN
        assert status(OFFICE, at(1, 10), PARIS, closures=[closure]).state is State.OPEN
        assert not is_open(OFFICE, at(0, 10), PARIS, closures=[closure])

    def test_a_closure_leaves_the_rest_of_the_week_alone(self):
        closure = ClosureSpan(MONDAY + dt.timedelta(days=2), MONDAY + dt.timedelta(days=2), message="Congrès")
        usual, closed = week(OFFICE, MONDAY), week(OFFICE, MONDAY, closures=[closure])
        assert closed[2].spans == []
        assert closed[2].note == "Congrès"
        assert closed[:2] + closed[3:] == usual[:2] + usual[3:]


BASTILLE = dt.date(2026, 7, 14)  # a Tuesday
SAINT_STEPHEN = dt.date(2026, 12, 26)  # a Saturday
ABOLITION = dt.date(2026, 5, 27)  # a Wednesday, in Guadeloupe


class TestPublicHolidays:
    def test_where_nothing_is_said_the_answer_is_doubtful(self):
        now = status(OFFICE, at(BASTILLE, 10), PARIS)
        assert (now.state, now.is_doubtful, now.reason) == (State.OPEN, True, "Fête nationale")

    def test_so_is_the_answer_that_speaks_of_the_next_day(self):
        eve = status(OFFICE, at(BASTILLE - dt.timedelta(days=1), 18), PARIS)
        assert eve.opens_at == at(BASTILLE, 9)
        assert (eve.is_doubtful, eve.reason) == (True, "Fête nationale")

    def test_the_day_before_while_open_is_not(self):
        assert not status(OFFICE, at(BASTILLE - dt.timedelta(days=1), 10), PARIS).is_doubtful

    @pytest.mark.parametrize(
        ("said", "state"), [("off", State.CLOSED), ("10:00-11:00", State.OPEN), ("closed", State.CLOSED)]
    )
    def test_what_the_rule_says_of_them_is_sure(self, said, state):
        now = status(f"{OFFICE}; PH {said}", at(BASTILLE, 10, 30), PARIS)
        assert (now.state, now.is_doubtful) == (state, False)

    def test_it_counts_wherever_in_the_rule_it_is_said(self):
        text = "PH off; Mo-Fr 09:00-12:00"
        assert status(text, at(BASTILLE, 10), PARIS).state is State.CLOSED
        assert is_open(text, at(0, 10), PARIS)

    def test_a_closure_on_that_day_is_sure_too(self):
        closure = ClosureSpan(BASTILLE, BASTILLE, hours="09:00-12:00")
        assert not status(OFFICE, at(BASTILLE, 10), PARIS, closures=[closure]).is_doubtful

    @pytest.mark.parametrize(
        ("day", "where", "tz"),
        [
            (SAINT_STEPHEN, {"alsace_moselle": True}, PARIS),
            (ABOLITION, {"department": "971"}, ZoneInfo("America/Guadeloupe")),
        ],
    )
    def test_those_of_a_region_follow_what_the_rule_says_of_holidays(self, day, where, tz):
        moment, text = at(day, 10, 30, tz=tz), f"{OFFICE}; PH off"
        assert status(text, moment, tz, **where).state is State.CLOSED
        assert not is_open(text, moment, tz, **where)
        monday = day - dt.timedelta(days=day.weekday())
        assert week(text, monday, **where)[day.weekday()].spans == []
        assert status(f"{OFFICE}; PH 10:00-11:00", moment, tz, **where).closes_at == at(day, 11, tz=tz)

    def test_elsewhere_they_are_ordinary_days(self):
        text = f"{OFFICE}; PH off"
        assert status(text, at(SAINT_STEPHEN, 10), PARIS).state is State.OPEN
        assert is_open(text, at(ABOLITION, 10), PARIS, department="29")

    def test_changed_hours_given_for_a_regional_holiday_win(self):
        closure = ClosureSpan(SAINT_STEPHEN, SAINT_STEPHEN, hours="09:00-12:00")
        text, moment = f"{OFFICE}; PH off", at(SAINT_STEPHEN, 10)
        assert status(text, moment, PARIS, closures=[closure], alsace_moselle=True).state is State.OPEN

    def test_the_week_names_them(self):
        monday = BASTILLE - dt.timedelta(days=1)
        assert [day.note for day in week(OFFICE, monday)] == ["", "Fête nationale", "", "", "", "", ""]

    def test_school_holidays_cannot_be_reckoned_so_the_answer_is_doubtful(self):
        now = status("Mo-Fr 09:00-12:00; SH off", at(0, 10), PARIS)
        assert (now.state, now.is_doubtful) == (State.OPEN, True)

    @pytest.mark.parametrize(
        "text", ["SH Mo-Fr 09:00-12:00", "PH Mo off; Mo 09:00-12:00", "Mo-Fr SH 09:00-12:00"]
    )
    def test_days_among_holidays_are_refused_for_the_library_reads_them_as_all_days(self, text):
        with pytest.raises(HoursError, match="toutes lettres"):
            parse(text)

    @pytest.mark.parametrize("text", ["PH off", "SH off", "SH,PH off; PH off"])
    def test_closed_on_holidays_alone_says_nothing_of_other_days(self, text):
        assert status(text, at(0, 10), PARIS).state is State.UNKNOWN
        assert week(text, MONDAY) == []


SPRING = dt.date(2026, 3, 29)  # 2:00 becomes 3:00
AUTUMN = dt.date(2026, 10, 25)  # 3:00 becomes 2:00


class TestChangeOfHour:
    @pytest.mark.parametrize("day", [SPRING, AUTUMN])
    def test_the_hours_of_the_day_stay_those_of_the_wall(self, day):
        now = status("Su 09:00-12:00", at(day, 10), PARIS)
        assert (now.state, clock(now.closes_at)) == (State.OPEN, f"{day:%d/%m} 12:00")
        eve = status("Su 09:00-12:00", at(day - dt.timedelta(days=1), 22), PARIS)
        assert clock(eve.opens_at) == f"{day:%d/%m} 09:00"

    def test_an_opening_at_an_hour_that_march_leaves_out_is_at_the_one_that_there_is(self):
        now = status("Su 02:30-06:00", at(SPRING, 1), PARIS)
        assert clock(now.opens_at) == "29/03 03:30"

    def test_an_end_in_the_hour_that_october_has_twice_is_never_in_the_past(self):
        second = at(AUTUMN, 2, 15, fold=1)
        now = status("Su 00:00-02:30", second, PARIS)
        assert now.state is State.OPEN
        assert second.astimezone(dt.UTC) < now.closes_at.astimezone(dt.UTC)
        assert now.closes_at.fold == 1

    @given(st.integers(0, 48 * 60))
    def test_what_comes_next_is_ahead_at_each_minute_of_the_nights(self, minutes):
        for day in (SPRING, AUTUMN):
            start = dt.datetime.combine(day - dt.timedelta(days=1), dt.time(12), tzinfo=dt.UTC)
            moment = start + dt.timedelta(minutes=minutes)
            now = status("22:00-02:30,04:00-05:00", moment, PARIS)
            assert (now.closes_at or now.opens_at).astimezone(dt.UTC) > moment


class TestUnknown:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "\x00",
            "\ud800",
            "sur rendez-vous",
            '"sur rendez-vous"',
            "unknown",
            "open",
            "Mo-Fr",
            "Mo-Fr open",
            "Mo-Fr 09:00",
            "Lu-Ve 9h",
            "Mo-Fr 09:00-12:00-14:00",
            "Mo-Fr 17:00-12:00",
            "Mo-Fr 09:00-09:00",
            "Mo-Fr 02:00-02:00",
            "Mo-Fr 22:00-06:01",
            "Mo-Fr 22:00-30:01",
            "Mo-Fr 09:00-33:00",
            "Mo-Fr 09:00-12:00; Tu",
            "Mo-Fr 09:00-12:00, Tu",
            "Tu off; Mo open",
            "Jul-Aug; Mo 09:00-12:00",
            "week 1-53/2; Mo 09:00-12:00",
            "Mo-Fr sunrise-sunset",
            "Mo-Fr 09:00-sunset",
            "Mo-Fr 25:00-26:00",
            "Mo-Fr 09:60-12:00",
            "x" * 5_000,
            "Mo-Fr 09:00-12:00;" * 100,
        ],
        ids=lambda text: ascii(text[:30]),
    )
    def test_hours_that_do_not_read_are_neither_open_nor_closed(self, text):
        for moment in (at(0, 10), at(1, 10), at(6, 3)):
            now = status(text, moment, PARIS)
            assert (now.state, now.is_doubtful) == (State.UNKNOWN, True)
            assert (now.opens_at, now.closes_at) == (None, None)
            assert not is_open(text, moment, PARIS)
        assert weekly_minutes(text, MONDAY) is None

    def test_the_week_of_unknown_hours_is_empty(self):
        assert week("", MONDAY) == []
        assert week("sur rendez-vous", MONDAY) == []

    @pytest.mark.parametrize(
        "text", ['Mo-Fr 09:00-12:00; Sa "sur rendez-vous"', "Mo-Fr 09:00-12:00; Sa unknown"]
    )
    def test_a_day_without_hours_but_with_a_word_is_unknown_and_not_closed(self, text):
        assert status(text, at(5, 10), PARIS).state is State.UNKNOWN
        assert status(text, at(0, 10), PARIS).state is State.OPEN
        assert [day.is_unknown for day in week(text, MONDAY)] == [False] * 5 + [True, False]

    @pytest.mark.parametrize(
        "text",
        [
            'Mo-Fr 09:00-12:00; "sur rendez-vous"',
            'Mo-Fr 09:00-12:00, "sur rendez-vous"',
            'Mo-Fr 09:00-12:00 || "sur rendez-vous"',
        ],
    )
    def test_a_bare_comment_speaks_of_all_other_times(self, text):
        assert status(text, at(0, 10), PARIS).state is State.OPEN
        later = status(text, at(0, 15), PARIS)
        assert later.state is not State.OPEN
        assert (later.is_doubtful, later.reason) == (True, "sur rendez-vous")
        assert weekly_minutes(text, MONDAY) == 5 * 180

    def test_hours_in_a_comment_are_words(self):
        assert status('Mo-Fr "09:00-12:00"', at(0, 10), PARIS).state is State.UNKNOWN

    def test_hours_for_want_of_others_are_hours_like_others(self):
        days = week("Mo-We 09:00-12:00 || Th 14:00-16:00", MONDAY)
        assert [len(day.spans) for day in days] == [1, 1, 1, 1, 0, 0, 0]

    def test_closed_for_want_of_others_closes_nothing_else(self):
        assert is_open("Mo 09:00-12:00 || off; PH off; Tu 09:00-12:00", at(0, 10), PARIS)

    def test_an_end_left_open_is_doubtful(self):
        assert status("Mo-Fr 14:00+", at(0, 20), PARIS).is_doubtful

    def test_days_apart_from_their_commas_are_days_of_one_rule(self):
        text = "Mo, Tu, Th 09:00-12:00"
        assert [day.spans for day in week(text, MONDAY)] == [
            day.spans for day in week("Mo,Tu,Th 09:00-12:00", MONDAY)
        ]
        assert not is_open(text, at(0, 20), PARIS)

    def test_a_note_of_several_days_is_on_each(self):
        days = week('Mo-We unknown "sur rendez-vous"; Th 09:00-12:00', MONDAY)
        assert [day.note for day in days] == ["sur rendez-vous"] * 3 + [""] * 4


class TestWeeklyMinutes:
    @pytest.mark.parametrize(
        ("text", "hours"),
        [(OFFICE, 33), ("24/7", 168), ("off", 0), ("Fr-Sa 20:00-02:00", 12), ("Su 22:00-02:00", 4)],
    )
    def test_adds_up_the_week(self, text, hours):
        assert weekly_minutes(text, MONDAY) == hours * 60

    def test_is_that_of_the_week_asked(self):
        assert weekly_minutes("Mo 09:00-12:00; PH off", dt.date(2026, 4, 6)) == 0  # Easter Monday
