import datetime as dt

import pytest

from places.domain.period import Period, month_period, next_month, period, previous_month, weeks_of

TUESDAY = dt.date(2026, 9, 8)
SUNDAY = dt.date(2026, 9, 13)


def september(day):
    return dt.date(2026, 9, day)


class TestPeriod:
    @pytest.mark.parametrize(
        ("when", "today", "first", "last"),
        [
            ("today", TUESDAY, 8, 8),
            ("tomorrow", TUESDAY, 9, 9),
            ("week", TUESDAY, 8, 13),
            ("next-week", TUESDAY, 14, 20),
            ("week", SUNDAY, 13, 13),
            ("next-week", SUNDAY, 14, 20),
        ],
    )
    def test_of_a_word_is_seen_from_today(self, when, today, first, last):
        assert period(when, None, today) == Period(september(first), september(last))

    def test_without_a_word_has_no_end(self):
        assert period("", None, TUESDAY) == Period(TUESDAY, None)

    def test_of_a_date_is_that_day_whatever_the_word(self):
        assert period("tomorrow", september(24), TUESDAY) == Period(september(24), september(24))


class TestMonth:
    @pytest.mark.parametrize("month", range(1, 13))
    def test_has_whole_weeks_that_hold_each_of_its_days_once(self, month):
        first, last = month_period(dt.date(2028, month, 15))
        days = [day for week in weeks_of(first) for day in week]
        assert days[0].weekday() == 0
        assert days[-1].weekday() == 6
        assert len(days) % 7 == 0
        assert [day for day in days if day.month == month] == [
            first.replace(day=n + 1) for n in range(last.day)
        ]

    def test_follows_another_across_the_year(self):
        assert next_month(dt.date(2026, 12, 31)) == dt.date(2027, 1, 1)
        assert previous_month(dt.date(2027, 1, 31)) == dt.date(2026, 12, 1)

    def test_of_four_weeks_sharp_has_four(self):
        assert len(weeks_of(dt.date(2027, 2, 1))) == 4
