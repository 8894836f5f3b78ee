"""When workshops take place. How rules are written and said: test_recurrence_rule, test_recurrence_french."""

import datetime as dt
import time
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import DAILY, FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule
from hypothesis import assume, given
from hypothesis import strategies as st

from places.domain.holidays import holiday_name
from places.domain.recurrence import Frequency, Rule, occurrences, sentence
from tests.domain.workshops import FIRST, THURSDAY, TUESDAY, day, rule

PARIS = ZoneInfo("Europe/Paris")
FAR = dt.date(2030, 1, 1)


def days_of(rule, start=FIRST, end=dt.date(2026, 12, 31), **where):
    return [f"{slot.starts_at:%d/%m}" for slot in occurrences(rule, start, end, PARIS, **where)]


class TestOccurrences:
    def test_once_is_one_day(self):
        assert days_of(rule("ONCE")) == ["01/09"]

    def test_a_single_date_is_held_even_on_a_public_holiday(self):
        assert days_of(rule("ONCE", starts_on=day("11/11"), skips_public_holidays=True)) == ["11/11"]

    def test_each_day(self):
        assert days_of(rule("DAILY", until=day("04/09"))) == ["01/09", "02/09", "03/09", "04/09"]

    def test_every_third_day(self):
        assert days_of(rule("DAILY", interval=3, until=day("10/09"))) == ["01/09", "04/09", "07/09", "10/09"]

    def test_each_week_on_its_days(self):
        assert days_of(rule(weekdays=(TUESDAY, THURSDAY), until=day("10/09"))) == [
            "01/09",
            "03/09",
            "08/09",
            "10/09",
        ]

    def test_one_week_in_two_counts_from_the_week_of_the_first(self):
        every_other = rule(weekdays=(0, TUESDAY), interval=2, until=day("30/09"))
        assert days_of(every_other) == ["01/09", "14/09", "15/09", "28/09", "29/09"]

    def test_the_first_session_may_be_later_than_the_start(self):
        assert days_of(rule(weekdays=(THURSDAY,), until=day("10/09"))) == ["03/09", "10/09"]

    def test_the_first_and_the_last_thursday_of_the_month(self):
        first = rule("MONTHLY", weekdays=(THURSDAY,), week_of_month=1)
        last = rule("MONTHLY", weekdays=(THURSDAY,), week_of_month=-1)
        assert days_of(first) == ["03/09", "01/10", "05/11", "03/12"]
        assert days_of(last) == ["24/09", "29/10", "26/11", "31/12"]

    def test_the_same_day_of_each_month_where_there_is_one(self):
        assert days_of(rule("MONTHLY", starts_on=day("31/10"))) == ["31/10", "31/12"]

    def test_every_second_month(self):
        assert days_of(rule("MONTHLY", interval=2)) == ["01/09", "01/11"]

    def test_chosen_dates_are_all_there_is(self):
        chosen = rule("DATES", extra_dates=(day("24/12"), day("03/09")), skips_public_holidays=True)
        assert days_of(chosen) == ["03/09", "24/12"]

    def test_dates_are_added_once_even_when_the_rule_gives_them(self):
        assert days_of(rule(until=day("08/09"), extra_dates=(day("03/09"), day("08/09")))) == [
            "01/09",
            "03/09",
            "08/09",
        ]

    def test_an_exception_takes_a_day_away_wherever_it_comes_from(self):
        spared = rule(
            until=day("15/09"), extra_dates=(day("03/09"),), except_dates=(day("03/09"), day("08/09"))
        )
        assert days_of(spared) == ["01/09", "15/09"]

    def test_a_count_is_of_sessions_held(self):
        held = rule(count=3, except_dates=(day("08/09"),))
        assert days_of(held) == ["01/09", "15/09", "22/09"]

    def test_a_date_added_does_not_use_up_the_count(self):
        assert days_of(rule(count=2, extra_dates=(day("03/09"),))) == ["01/09", "03/09", "08/09"]

    def test_a_session_lasts_what_the_rule_says(self):
        slot = occurrences(rule(duration_min=90), FIRST, FIRST, PARIS)[0]
        assert slot.ends_at - slot.starts_at == dt.timedelta(minutes=90)

    def test_a_window_has_both_its_ends(self):
        assert days_of(rule(), day("08/09"), day("22/09")) == ["08/09", "15/09", "22/09"]

    def test_a_window_before_the_start_or_after_the_end_is_empty(self):
        assert (
            days_of(rule(), day("01/09") - dt.timedelta(days=30), day("01/09") - dt.timedelta(days=1)) == []
        )
        assert days_of(rule(until=day("30/09")), day("01/10"), day("31/12")) == []

    def test_a_rule_without_end_takes_no_time(self):
        start = time.process_time()
        for endless in (
            rule("DAILY", starts_on=dt.date(2000, 1, 1)),
            rule("MONTHLY", starts_on=dt.date(2024, 2, 29), interval=12),
            rule("MONTHLY", starts_on=dt.date(2025, 1, 31), interval=52),
            rule(interval=52),
        ):
            occurrences(endless, FIRST, day("31/12"), PARIS)
        assert time.process_time() - start < 0.3


class TestPublicHolidays:
    # 11 November 2026 is a Wednesday, 26 December a Saturday, 20 December a Sunday.
    def test_are_skipped_when_the_rule_says_so(self):
        wednesdays = {"weekdays": (2,), "starts_on": day("04/11"), "until": day("18/11")}
        assert days_of(rule(**wednesdays, skips_public_holidays=True)) == ["04/11", "18/11"]
        assert days_of(rule(**wednesdays)) == ["04/11", "11/11", "18/11"]

    @pytest.mark.parametrize(
        ("where", "held"),
        [
            ({}, ["19/12", "20/12", "26/12", "27/12"]),
            ({"alsace_moselle": True, "department": "67"}, ["19/12", "20/12", "27/12"]),
            ({"department": "974"}, ["19/12", "26/12", "27/12"]),
            ({"department": "29"}, ["19/12", "20/12", "26/12", "27/12"]),
        ],
    )
    def test_are_those_of_the_place(self, where, held):
        week_ends = rule(
            weekdays=(5, 6), starts_on=day("19/12"), until=day("27/12"), skips_public_holidays=True
        )
        assert days_of(week_ends, **where) == held

    def test_one_that_is_skipped_does_not_count(self):
        held = rule(weekdays=(2,), starts_on=day("04/11"), count=2, skips_public_holidays=True)
        assert days_of(held) == ["04/11", "18/11"]


SPRING, AUTUMN = dt.date(2027, 3, 28), dt.date(2026, 10, 25)  # changes of hour


class TestClock:
    def test_two_in_the_afternoon_stays_so_across_both_changes(self):
        sundays = rule(weekdays=(6,), starts_on=dt.date(2026, 10, 18))
        slots = occurrences(sundays, dt.date(2026, 10, 18), dt.date(2027, 4, 4), PARIS)
        assert {f"{slot.starts_at:%H:%M} {slot.ends_at:%H:%M}" for slot in slots} == {"14:00 16:00"}
        assert {slot.starts_at.utcoffset() for slot in slots} == {
            dt.timedelta(hours=1),
            dt.timedelta(hours=2),
        }

    def test_an_hour_that_march_leaves_out_is_moved_on(self):
        night = rule("ONCE", starts_on=SPRING, start_time=dt.time(2, 30), duration_min=60)
        slot = occurrences(night, SPRING, SPRING, PARIS)[0]
        assert f"{slot.starts_at:%H:%M %z} {slot.ends_at:%H:%M %z}" == "03:30 +0200 04:30 +0200"

    def test_of_an_hour_that_october_has_twice_the_first_counts(self):
        night = rule("ONCE", starts_on=AUTUMN, start_time=dt.time(2, 30), duration_min=60)
        slot = occurrences(night, AUTUMN, AUTUMN, PARIS)[0]
        assert f"{slot.starts_at:%H:%M %z} {slot.ends_at:%H:%M %z}" == "02:30 +0200 02:30 +0100"

    @pytest.mark.parametrize("on", [SPRING, AUTUMN])
    @given(minutes=st.integers(0, 24 * 60 - 1), duration_min=st.integers(5, 24 * 60))
    def test_a_session_of_that_night_exists_and_lasts_as_long_as_any(self, on, minutes, duration_min):
        start_time = dt.time(minutes // 60, minutes % 60)
        night = rule("ONCE", starts_on=on, start_time=start_time, duration_min=duration_min)
        slot = occurrences(night, on, on, PARIS)[0]
        assert slot.starts_at.astimezone(dt.UTC).astimezone(PARIS) == slot.starts_at
        assert f"{slot.starts_at.astimezone(dt.UTC).astimezone(PARIS):%H:%M}" == f"{slot.starts_at:%H:%M}"
        assert slot.ends_at.astimezone(dt.UTC) - slot.starts_at.astimezone(dt.UTC) == dt.timedelta(
            minutes=duration_min
        )

    @pytest.mark.parametrize(
        ("key", "offset"),
        [
            ("America/Guadeloupe", "-0400"),
            ("America/Cayenne", "-0300"),
            ("Indian/Reunion", "+0400"),
            ("Indian/Mayotte", "+0300"),
            ("Pacific/Tahiti", "-1000"),
            ("Pacific/Noumea", "+1100"),
            ("Pacific/Wallis", "+1200"),
        ],
    )
    def test_overseas_it_is_the_clock_on_the_wall_there_all_year(self, key, offset):
        slots = occurrences(rule(), FIRST, day("30/06"), ZoneInfo(key))
        assert {f"{slot.starts_at:%a %H:%M %z}" for slot in slots} == {f"Tue 14:00 {offset}"}


# -- Properties: the calendar of python-dateutil, asked directly -------------------------------------

WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)
FREQUENCIES = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY}
some_dates = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
few_dates = st.lists(some_dates, max_size=5).map(tuple)


@st.composite
def rules(draw):
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]))
    starts_on = draw(some_dates)
    week_of_month = draw(st.sampled_from([None, 1, 2, 3, 4, -1])) if frequency == "MONTHLY" else None
    needs_days = frequency == "WEEKLY" or week_of_month is not None
    weekdays = draw(st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True)) if needs_days else []
    ends = draw(st.sampled_from(["never", "until", "count"]))
    return Rule(
        Frequency(frequency),
        starts_on=starts_on,
        start_time=draw(st.times().map(lambda time: time.replace(second=0, microsecond=0))),
        duration_min=draw(st.integers(5, 24 * 60)),
        interval=draw(st.integers(1, 5)),
        weekdays=tuple(weekdays),
        week_of_month=week_of_month,
        until=starts_on + dt.timedelta(days=draw(st.integers(0, 400))) if ends == "until" else None,
        count=draw(st.integers(1, 30)) if ends == "count" else None,
        extra_dates=draw(few_dates),
        except_dates=draw(few_dates),
        skips_public_holidays=draw(st.booleans()),
    )


def days_by_the_book(rule, end):
    """The same, written the long way."""
    by = {"bymonthday": rule.starts_on.day} if rule.frequency == "MONTHLY" else {}
    if rule.weekdays:
        by = {
            "byweekday": [WEEKDAYS[n](rule.week_of_month) if rule.week_of_month else n for n in rule.weekdays]
        }
    start = dt.datetime.combine(rule.starts_on, dt.time.min)
    until = dt.datetime.combine(rule.until or end, dt.time.min)
    found = [
        one.date() for one in rrule(FREQUENCIES[rule.frequency], start, rule.interval, until=until, **by)
    ]
    found = [one for one in found if not (rule.skips_public_holidays and holiday_name(one))]
    found = [one for one in found if one not in rule.except_dates]
    return {*found[: rule.count], *rule.extra_dates} - set(rule.except_dates)


class TestProperties:
    @given(rules(), some_dates, some_dates)
    def test_the_days_are_those_of_the_book(self, rule, start, end):
        assume(start <= end)
        expected = sorted(day for day in days_by_the_book(rule, end) if start <= day <= end)
        slots = occurrences(rule, start, end, ZoneInfo("Indian/Reunion"))
        assert [slot.starts_at.date() for slot in slots] == expected
        assert all(slot.starts_at.time() == rule.start_time for slot in slots)

    @given(rules(), st.lists(some_dates, min_size=3, max_size=3, unique=True).map(sorted))
    def test_two_windows_side_by_side_give_what_one_gives(self, rule, dates):
        start, middle, end = dates
        whole = occurrences(rule, start, end, PARIS)
        left = occurrences(rule, start, middle, PARIS)
        assert whole == left + occurrences(rule, middle + dt.timedelta(days=1), end, PARIS)

    @given(rules())
    def test_no_more_are_held_than_the_count(self, rule):
        slots = occurrences(rule, dt.date(2026, 1, 1), FAR, PARIS)
        if rule.count:
            assert len(slots) <= rule.count + len(set(rule.extra_dates))

    @given(rules())
    def test_any_rule_can_be_said(self, rule):
        said = sentence(rule)
        assert said[0].islower()
        assert "  " not in said
        assert not said.endswith((",", " "))
        assert ",," not in said
        assert "None" not in said
