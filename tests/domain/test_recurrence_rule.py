"""What a rule may be, and what it is written from."""

import datetime as dt

import pytest

from places.domain.recurrence import RuleError, dates_from_lines, weekdays_from_codes
from tests.domain.workshops import FIRST, TUESDAY, day, rule

NBSP = "\u00a0"


class TestRuleErrors:
    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"starts_on": None}, "starts_on"),
            ({"starts_on": dt.date(1999, 12, 31)}, "starts_on"),
            ({"starts_on": dt.date(2101, 1, 1)}, "starts_on"),
            ({"start_time": None}, "start_time"),
            ({"duration_min": None}, "duration_min"),
            ({"duration_min": 4}, "duration_min"),
            ({"duration_min": 1_441}, "duration_min"),
            ({"interval": None}, "interval"),
            ({"interval": 0}, "interval"),
            ({"interval": -1}, "interval"),
            ({"interval": 53}, "interval"),
            ({"weekdays": ()}, "weekdays"),
            ({"weekdays": (7,)}, "weekdays"),
            ({"weekdays": (-1,)}, "weekdays"),
            ({"frequency": "MONTHLY", "week_of_month": 1}, "weekdays"),
            ({"frequency": "MONTHLY", "week_of_month": 5, "weekdays": (1,)}, "week_of_month"),
            ({"frequency": "MONTHLY", "week_of_month": 0, "weekdays": (1,)}, "week_of_month"),
            ({"until": dt.date(2026, 8, 31)}, "until"),
            ({"until": dt.date(2026, 12, 31), "count": 3}, "count"),
            ({"count": 0}, "count"),
            ({"count": 501}, "count"),
            ({"frequency": "DATES"}, "extra_dates"),
        ],
    )
    def test_name_the_field_to_mend_and_say_how_in_french(self, facts, field):
        with pytest.raises(RuleError) as refusal:
            rule(**facts)
        assert refusal.value.field == field
        assert str(refusal.value)[0].isupper()
        assert str(refusal.value).endswith((".", "…"))

    @pytest.mark.parametrize(
        "facts",
        [
            {"duration_min": 5},
            {"duration_min": 1_440},
            {"interval": 52},
            {"count": 500},
            {"until": FIRST},
            {"starts_on": dt.date(2000, 1, 1)},
            {"starts_on": dt.date(2100, 12, 31)},
            {"frequency": "MONTHLY"},
            {"frequency": "DAILY", "weekdays": (TUESDAY,)},
        ],
    )
    def test_the_bounds_themselves_are_fine(self, facts):
        assert rule(**facts)


class TestFromText:
    @pytest.mark.parametrize(
        ("codes", "numbers"), [("", ()), ("MO", (0,)), ("WE,MO", (0, 2)), ("SU, MO,,MO", (0, 6))]
    )
    def test_week_days_come_in_order_and_once(self, codes, numbers):
        assert weekdays_from_codes(codes) == numbers

    @pytest.mark.parametrize("codes", ["LU", "mo", "MO WE", "1", "\x00"])
    def test_other_codes_are_refused(self, codes):
        with pytest.raises(RuleError) as refusal:
            weekdays_from_codes(codes)
        assert refusal.value.field == "weekdays"

    def test_dates_are_read_in_both_ways_of_writing_sorted_and_once(self):
        text = "24/12/2026\n\n 2026-12-23 \r\n1.1.2027\n24/12/2026"
        assert dates_from_lines(text) == (day("23/12"), day("24/12"), day("01/01"))

    def test_nothing_is_no_date(self):
        assert dates_from_lines(" \n ") == ()

    @pytest.mark.parametrize(
        "line",
        [
            "demain",
            "31/02/2027",
            "2026-13-01",
            "24/12/26",
            "12/24/2026",
            "1999-12-31",
            "2101-01-01",
            "24/12",
            "٢٤/١٢/٢٠٢٦",
        ],
    )
    def test_what_is_no_date_is_quoted_with_its_field(self, line):
        with pytest.raises(RuleError) as refusal:
            dates_from_lines(f"24/12/2026\n{line}", field="except_dates")
        assert refusal.value.field == "except_dates"
        assert f"« {line} »" in str(refusal.value).replace(NBSP, " ")

    def test_a_page_of_nonsense_is_quoted_short(self):
        with pytest.raises(RuleError) as refusal:
            dates_from_lines("x" * 100_000)
        assert len(str(refusal.value)) < 120

    def test_more_dates_than_a_person_writes_are_refused(self):
        lines = [f"{FIRST + dt.timedelta(days=n)}" for n in range(401)]
        assert len(dates_from_lines("\n".join(lines[:400]))) == 400
        with pytest.raises(RuleError, match="400"):
            dates_from_lines("\n".join(lines), field="extra_dates")
