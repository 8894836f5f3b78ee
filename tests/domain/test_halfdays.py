"""Half-days and evenings of an ordinary week."""

import datetime as dt

import pytest

from places.domain.hours.halfdays import (
    DAY_MIN,
    HALF_DAY_NAMES,
    HALF_DAYS,
    is_open_in_the_evening,
    merged,
    open_half_days,
    ordinary_monday,
    weekly_spans,
)

MONDAY = dt.date(2026, 9, 7)


def at(day, hour, minute=0):
    return day * DAY_MIN + hour * 60 + minute


class TestHalfDays:
    def test_are_mornings_afternoons_and_evenings_till_saturday_afternoon(self):
        assert len(HALF_DAYS) == 17
        assert list(HALF_DAYS)[:3] == ["lundi-matin", "lundi-apres-midi", "lundi-soir"]
        assert "samedi-soir" not in HALF_DAYS
        assert not any(code.startswith("dimanche") for code in HALF_DAYS)

    def test_have_names_that_people_say(self):
        assert HALF_DAY_NAMES["mardi-apres-midi"] == "mardi après-midi"

    def test_count_from_half_an_hour_on(self):
        assert open_half_days([(at(0, 11, 30), at(0, 12))]) == {"lundi-matin"}
        assert open_half_days([(at(0, 11, 31), at(0, 12))]) == set()

    def test_noon_is_neither_morning_nor_afternoon(self):
        assert open_half_days([(at(2, 12), at(2, 13))]) == set()

    @pytest.mark.parametrize(("closes", "is_evening"), [((18, 15), False), ((18, 30), True), ((22, 0), True)])
    def test_an_evening_is_half_an_hour_after_six(self, closes, is_evening):
        assert is_open_in_the_evening([(at(4, 14), at(4, *closes))]) is is_evening

    def test_saturday_evening_is_no_evening_of_the_week(self):
        assert not is_open_in_the_evening([(at(5, 18), at(5, 22))])


class TestWeeklySpans:
    def test_are_minutes_from_monday(self):
        assert weekly_spans("Tu 09:00-12:00,14:00-18:30", MONDAY) == (
            (at(1, 9), at(1, 12)),
            (at(1, 14), at(1, 18, 30)),
        )

    @pytest.mark.parametrize("text", ["", "ce ne sont pas des horaires"])
    def test_of_unknown_hours_are_unknown_and_not_empty(self, text):
        assert weekly_spans(text, MONDAY) is None

    def test_of_a_place_that_never_opens_are_empty_and_not_unknown(self):
        assert weekly_spans("off", MONDAY) == ()

    def test_until_midnight_and_through_the_night_end_after_they_begin(self):
        assert weekly_spans("Fr 20:00-24:00", MONDAY) == ((at(4, 20), at(5, 0)),)
        assert weekly_spans("Fr 20:00-02:00", MONDAY) == ((at(4, 20), at(5, 2)),)


class TestOrdinaryMonday:
    def test_is_the_same_day_when_it_is_a_monday(self):
        assert ordinary_monday(MONDAY) == MONDAY

    def test_is_the_next_one_otherwise(self):
        assert ordinary_monday(dt.date(2026, 9, 8)) == dt.date(2026, 9, 14)

    def test_is_in_a_week_without_public_holiday(self):
        # 1 May and 8 May 2026 are Fridays, Ascension is on the 14th, Whit Monday on the 25th.
        assert ordinary_monday(dt.date(2026, 4, 27)) == dt.date(2026, 5, 18)


class TestMerged:
    def test_hours_of_two_places_count_once(self):
        assert merged([[(0, 60), (200, 300)], [(30, 90)], [(90, 100)]]) == [(0, 100), (200, 300)]

    def test_of_nothing_is_nothing(self):
        assert merged([]) == []
