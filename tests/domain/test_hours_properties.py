"""What holds for any opening hours, and how fast, however odd."""

import datetime as dt
import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.domain.hours import ClosureSpan, State, is_open, sentence, status, week, weekly_minutes

PARIS = ZoneInfo("Europe/Paris")
MONDAY = dt.date(2026, 2, 2)  # a week without a public holiday
TEN_O_CLOCK = dt.datetime(2026, 2, 2, 10, tzinfo=PARIS)

DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
hour_spans = st.lists(st.integers(0, 24 * 4), min_size=2, max_size=6, unique=True).map(
    lambda quarters: [
        f"{a // 4:02}:{a % 4 * 15:02}-{b // 4:02}:{b % 4 * 15:02}"
        for a, b in zip(sorted(quarters)[::2], sorted(quarters)[1::2], strict=False)
    ]
)
day_lists = st.one_of(
    st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True).map(",".join),
    st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS))
    .map("-".join)
    .filter(lambda days: days[:2] != days[3:]),
    st.just("PH"),
)
day_rules = st.tuples(day_lists, st.one_of(hour_spans.map(",".join), st.just("off"), st.just("20:00-03:00")))
rule_texts = st.lists(day_rules.map(" ".join), min_size=1, max_size=4).map("; ".join)
good_texts = rule_texts.filter(lambda text: sentence(text) != "")


class TestProperties:
    @given(good_texts, st.lists(st.integers(0, 7 * 24 * 60 - 1), min_size=10, max_size=10))
    def test_the_week_shown_is_the_week_lived(self, text, minutes):
        days = week(text, MONDAY)
        before = week(text, MONDAY - dt.timedelta(days=7))[-1]
        for minute in minutes:
            moment = dt.datetime.combine(MONDAY, dt.time.min) + dt.timedelta(minutes=minute)
            shown = any(is_within(day, moment) for day in [before, *days])
            assert is_open(text, moment.replace(tzinfo=PARIS), PARIS) is shown

    @given(good_texts, st.integers(0, 400 * 24 * 60), st.sampled_from([None, "67", "974"]))
    def test_the_filter_and_the_card_say_the_same(self, text, minutes, department):
        where = {"alsace_moselle": department == "67", "department": department}
        moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
        closures = [ClosureSpan(dt.date(2026, 5, 1), dt.date(2026, 6, 1), hours="10:00-11:00")]
        now = status(text, moment, PARIS, closures=closures, **where)
        assert is_open(text, moment, PARIS, closures=closures, **where) is (now.state is State.OPEN)

    @given(good_texts, st.integers(0, 14 * 24 * 60))
    def test_what_is_announced_happens(self, text, minutes):
        moment = dt.datetime(2026, 2, 2, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
        now = status(text, moment, PARIS)
        next_change = now.closes_at or now.opens_at
        if next_change:
            just_before = next_change - dt.timedelta(seconds=1)
            assert is_open(text, next_change, PARIS) is (now.state is not State.OPEN)
            assert is_open(text, just_before, PARIS) is (now.state is State.OPEN)

    @given(good_texts)
    def test_the_minutes_are_those_of_the_spans(self, text):
        spans = [span for day in week(text, MONDAY) for span in day.spans]
        assert weekly_minutes(text, MONDAY) == pytest.approx(sum(map(minutes_of, spans)), abs=180)


def is_within(day, moment):
    start = dt.datetime.combine(day.date, dt.time.min)
    return any(
        start + since_midnight(span.opens) <= moment < start + since_midnight(span.opens) + duration(span)
        for span in day.spans
    )


def since_midnight(clock_time):
    return dt.timedelta(hours=clock_time.hour, minutes=clock_time.minute)


def duration(span):
    length = since_midnight(span.closes) - since_midnight(span.opens)
    return length if length > dt.timedelta() else length + dt.timedelta(days=1)


def minutes_of(span):
    return int(duration(span).total_seconds() // 60)


class TestHostileHours:
    @pytest.mark.parametrize(
        "text",
        [
            "Mo-Su 00:00-24:00",
            "24/7",
            "2020-2030 Jan 1 00:00-24:00",
            "week 53 Su[5] 00:00-01:00",
            "Feb 29 Mo[1] 10:00-11:00",
            "easter +364 days 10:00-11:00",
            "2099 Dec 31 23:59-24:00",
            "9999 Mo 10:00-11:00",
            "Mo[1] -7 days 10:00-11:00; Su[-1] +7 days off",
            ",".join(DAYS * 40) + " 10:00-12:00; Jan off",
            "Mo "
            + ",".join(
                f"{n // 60:02}:{n % 60:02}-{(n + 1) // 60:02}:{(n + 1) % 60:02}" for n in range(0, 160, 2)
            ),
            "; ".join(f"2026 Jan {n} off" for n in range(1, 32)) + "; 24/7",
            '"' * 999,
            "(" * 999,
            "Mo" * 400,
            "Mo-" * 300,
            ";" * 999,
            "|" * 999,
            ", " * 499,
            " " * 990 + "x",
            "Mo 09:00-12:00" + " " * 900 + ";",
            '"a" ' * 240 + "1:00",
            "9:00-" * 190,
            "PH," * 300 + "PH off",
        ],
        ids=lambda text: f"{text[:24]!a}x{len(text)}",
    )
    def test_are_dealt_with_at_once(self, text):
        start = time.process_time()
        status(text, TEN_O_CLOCK, PARIS, alsace_moselle=True)
        is_open(text, TEN_O_CLOCK, PARIS, alsace_moselle=True)
        week(text, MONDAY)
        sentence(text)
        assert time.process_time() - start < 0.05

    @given(st.text(st.sampled_from(list('MoTuWePHSH0129:-,;|/+[]" offw')), max_size=80))
    def test_any_text_has_a_status(self, text):
        now = status(text, TEN_O_CLOCK, PARIS)
        assert is_open(text, TEN_O_CLOCK, PARIS) is (now.state is State.OPEN)
        week(text, MONDAY)
        sentence(text)
