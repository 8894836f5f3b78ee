"""Rules as calendars write them (RFC 5545), both ways."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from dateutil.tz import gettz
from hypothesis import assume, given

from places.domain.recurrence import RuleError, from_rfc5545, occurrences, to_rfc5545
from tests.domain.test_recurrence import rules
from tests.domain.workshops import FIRST, THURSDAY, TUESDAY, day, rule

PARIS, CAYENNE = ZoneInfo("Europe/Paris"), ZoneInfo("America/Cayenne")
END = dt.date(2027, 8, 31)
# Before it, readers differ on the nights when the clocks change.
FIRST_SURE_HOUR = dt.time(4)


def text_of(rule, end=END, tz=PARIS, **where):
    return to_rfc5545(rule, end, tz, **where)


def read(*lines, end=END, tz=PARIS, duration_min=120):
    return from_rfc5545("\n".join(lines), end, tz, duration_min)


def days(rule, end=END, tz=PARIS):
    return [f"{slot.starts_at:%d/%m %H:%M}" for slot in occurrences(rule, dt.date(2000, 1, 1), end, tz)]


class TestWriting:
    def test_each_tuesday_till_june(self):
        assert text_of(rule(until=day("29/06"))).splitlines() == [
            "DTSTART;TZID=Europe/Paris:20260901T140000",
            "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;UNTIL=20270629T120000Z",
        ]

    def test_the_last_thursday_of_each_month_without_end(self):
        text = text_of(rule("MONTHLY", weekdays=(THURSDAY,), week_of_month=-1))
        assert text.splitlines() == [
            "DTSTART;TZID=Europe/Paris:20260924T140000",
            "RRULE:FREQ=MONTHLY;INTERVAL=1;BYDAY=-1TH",
        ]

    def test_chosen_dates_are_named_in_utc_on_both_sides_of_the_change_of_hour(self):
        text = text_of(rule("DATES", extra_dates=(day("20/10"), day("27/10"), day("03/11"))))
        assert text.splitlines() == [
            "DTSTART;TZID=Europe/Paris:20261020T140000",
            "RDATE:20261027T130000Z,20261103T130000Z",
        ]

    def test_holidays_and_exceptions_are_taken_away_by_name(self):
        spared = rule(
            weekdays=(2,), until=day("25/11"), except_dates=(day("18/11"),), skips_public_holidays=True
        )
        assert text_of(spared).splitlines()[-1] == (
            "EXDATE;TZID=Europe/Paris:20261111T140000,20261118T140000"
        )

    def test_a_number_of_sessions_held_becomes_the_last_of_them(self):
        counted = rule(count=3, except_dates=(day("08/09"),))
        assert "UNTIL=20260922T120000Z" in text_of(counted)
        assert "COUNT" not in text_of(counted)

    def test_of_a_rule_without_any_session_is_empty(self):
        assert text_of(rule("ONCE", except_dates=(FIRST,))) == ""

    @given(rules())
    def test_gives_any_reader_the_slots_of_the_rule(self, any_rule):
        text = text_of(any_rule)
        expected = occurrences(any_rule, dt.date(2000, 1, 1), END, PARIS)
        assert (text == "") == (expected == [])
        assume(expected and any_rule.start_time >= FIRST_SURE_HOUR)
        begin = dt.datetime(2000, 1, 1, tzinfo=gettz("Europe/Paris"))
        end = dt.datetime.combine(END, dt.time.max, tzinfo=gettz("Europe/Paris"))
        found = rrulestr(text, tzids=gettz, forceset=True).between(begin, end, inc=True)
        if "RRULE" not in text:  # the first instance is DTSTART, that `dateutil` leaves out without a rule
            found = [expected[0].starts_at, *found]
        assert [moment.astimezone(dt.UTC) for moment in found] == [
            slot.starts_at.astimezone(dt.UTC) for slot in expected
        ]


class TestReading:
    @given(rules())
    def test_what_was_written_gives_the_same_slots(self, any_rule):
        text = text_of(any_rule)
        assume(text and any_rule.start_time >= FIRST_SURE_HOUR)
        back = from_rfc5545(text, END, PARIS, any_rule.duration_min)
        assert days(back) == days(any_rule)

    def test_a_rule_of_ours_stays_one(self):
        text = "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20270629T120000Z"
        said = read("DTSTART;TZID=Europe/Paris:20260901T140000", text)
        assert said == rule(interval=2, weekdays=(TUESDAY, THURSDAY), until=day("29/06"))

    def test_a_week_without_its_day_is_that_of_the_first(self):
        assert read("DTSTART:20260901T140000", "RRULE:FREQ=WEEKLY").weekdays == (TUESDAY,)

    @pytest.mark.parametrize("by", ["BYDAY=1TU", "BYDAY=TU;BYSETPOS=1", "BYDAY=+1TU;WKST=SU"])
    def test_the_first_tuesday_is_written_in_several_ways(self, by):
        said = read("DTSTART:20260901T140000", f"RRULE:FREQ=MONTHLY;{by}")
        assert (said.frequency, said.week_of_month, said.weekdays) == ("MONTHLY", 1, (TUESDAY,))

    def test_each_year_is_each_twelfth_month(self):
        said = read("DTSTART:20260901T140000", "RRULE:FREQ=YEARLY")
        assert (said.frequency, said.interval) == ("MONTHLY", 12)

    def test_an_end_before_the_hour_of_the_last_day_leaves_that_day_out(self):
        until = "RRULE:FREQ=WEEKLY;UNTIL=20260915T110000Z"  # 13:00 on the wall, an hour too early
        assert days(read("DTSTART;TZID=Europe/Paris:20260901T140000", until)) == [
            "01/09 14:00",
            "08/09 14:00",
        ]

    def test_a_count_is_kept_and_with_exceptions_it_is_counted_out(self):
        first, recur = "DTSTART:20260901T140000", "RRULE:FREQ=WEEKLY;COUNT=3"
        assert read(first, recur).count == 3
        assert days(read(first, recur, "EXDATE:20260908T140000")) == ["01/09 14:00", "15/09 14:00"]

    def test_what_no_rule_of_ours_says_becomes_its_dates(self):
        last_working_day = "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3"
        said = read("DTSTART:20260930T140000", last_working_day)
        assert said.frequency == "DATES"
        assert days(said) == ["30/09 14:00", "30/10 14:00", "30/11 14:00"]

    def test_without_end_the_dates_reach_to_the_day_that_is_told(self):
        said = read("DTSTART:20260930T140000", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1", end=dt.date(2026, 11, 30))
        assert days(said) == ["30/09 14:00", "31/10 14:00", "30/11 14:00"]

    def test_the_hour_is_that_of_the_place_whatever_the_calendar_counts_in(self):
        assert read("DTSTART:20260901T120000Z").start_time == dt.time(14)
        assert read("DTSTART;TZID=Europe/Paris:20260901T140000", tz=CAYENNE).start_time == dt.time(9)
        assert read("DTSTART;TZID=Heure de chez nous:20260901T140000").start_time == dt.time(14)

    def test_the_first_date_is_held_even_when_the_rule_does_not_give_it(self):
        said = read("DTSTART:20260902T140000", "RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20260915T140000")
        assert days(said) == ["02/09 14:00", "08/09 14:00", "15/09 14:00"]

    def test_an_exception_of_another_hour_takes_nothing_away(self):
        said = read("DTSTART:20260901T140000", "RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE:20260908T090000")
        assert days(said) == ["01/09 14:00", "08/09 14:00"]

    def test_a_day_alone_is_at_the_hour_of_the_others(self):
        said = read("DTSTART:20260901T140000", "RDATE;VALUE=DATE:20260910", "EXDATE;VALUE=DATE:20260901")
        assert days(said) == ["10/09 14:00"]

    @pytest.mark.parametrize(
        "lines",
        [
            [""],
            ["RRULE:FREQ=WEEKLY"],
            ["DTSTART;VALUE=DATE:20260901"],
            ["DTSTART:demain"],
            ["DTSTART:20261301T140000"],
            ["DTSTART:99990901T140000"],
            ["DTSTART:20260901T140000", "RRULE:FREQ=SECONDLY"],
            ["DTSTART:20260901T140000", "RRULE:FREQ=PARFOIS"],
            ["DTSTART:20260901T140000", "RRULE:FREQ=WEEKLY;INTERVAL=0"],
            ["DTSTART:20260901T140000", "RRULE:FREQ=WEEKLY;INTERVAL=" + "9" * 5_000],
            ["DTSTART:20260901T140000", "RRULE:FREQ=WEEKLY;COUNT=-1"],
            ["DTSTART:20260901T140000", "RRULE:FREQ=WEEKLY;BYDAY=LU"],
            ["DTSTART:20260901T140000", "RRULE:FREQ=MONTHLY;BYMONTHDAY=le deux"],
            ["DTSTART:20260901T140000", "RRULE:FREQ=MONTHLY;BYSETPOS=1e3;BYDAY=MO,TU"],
            ["DTSTART:20260901T140000", "RRULE:FREQ=WEEKLY;UNTIL=bientôt"],
            ["DTSTART:20260901T140000", "RDATE:20260910T090000"],
            ["DTSTART:20260901T140000", "EXDATE:20260901T140000"],
            ["DTSTART:20260901T140000", "N’importe quoi"],
        ],
    )
    def test_what_cannot_be_is_refused_in_french(self, lines):
        with pytest.raises(RuleError) as refusal:
            read(*lines)
        assert str(refusal.value).endswith(".")
