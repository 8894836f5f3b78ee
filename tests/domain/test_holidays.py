import datetime as dt

import pytest
from opening_hours import OpeningHours

from places.domain.holidays import holiday_name, public_holidays


def days(year, **where):
    return [f"{day:%d/%m}" for day in public_holidays(year, **where)]


class TestPublicHolidays:
    # The calendars published by the State (service-public.gouv.fr).
    @pytest.mark.parametrize(
        ("year", "movable"),
        [
            (2024, ["01/04", "09/05", "20/05"]),
            (2025, ["21/04", "29/05", "09/06"]),
            (2026, ["06/04", "14/05", "25/05"]),
            (2027, ["29/03", "06/05", "17/05"]),
            (2038, ["26/04", "03/06", "14/06"]),  # the latest Easter there can be
        ],
    )
    def test_are_eight_fixed_ones_and_three_that_follow_easter(self, year, movable):
        fixed = ["01/01", "01/05", "08/05", "14/07", "15/08", "01/11", "11/11", "25/12"]
        assert sorted(days(year)) == sorted(fixed + movable)

    def test_come_in_the_order_of_the_year(self):
        for year in range(2020, 2040):
            assert list(public_holidays(year)) == sorted(public_holidays(year))

    def test_have_their_usual_names(self):
        names = public_holidays(2026)
        assert names[dt.date(2026, 7, 14)] == "Fête nationale"
        assert names[dt.date(2026, 5, 14)] == "Ascension"

    def test_ascension_on_the_first_of_may_counts_once(self):
        assert holiday_name(dt.date(2008, 5, 1)) in ("Ascension", "Fête du Travail")
        assert len(days(2008)) == 10

    def test_cannot_be_changed_by_who_reads_them(self):
        with pytest.raises(TypeError):
            public_holidays(2026)[dt.date(2026, 2, 2)] = "Chandeleur"

    @pytest.mark.parametrize("year", range(2020, 2045))
    def test_are_those_of_the_library_that_reads_the_hours(self, year):
        library = OpeningHours("PH 12:00-13:00", None, "FR")
        of_the_year = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(365)]
        found = {day for day in of_the_year if library.is_open(dt.datetime.combine(day, dt.time(12, 30)))}
        assert found == set(public_holidays(year))


class TestLocalHolidays:
    @pytest.mark.parametrize(
        ("department", "local"),
        [
            ("971", ["27/05"]),
            ("972", ["22/05"]),
            ("973", ["10/06"]),
            ("974", ["20/12"]),
            ("976", ["27/04"]),
            ("977", ["09/10"]),
            ("978", ["28/05"]),
            ("986", ["28/04", "29/07"]),
            ("987", ["05/03", "03/04", "20/11"]),
            ("988", ["24/09"]),
            ("29", []),
            ("2A", []),
            ("975", []),
            (None, []),
        ],
    )
    def test_are_added_to_those_of_the_whole_country(self, department, local):
        added = set(days(2026, department=department)) - set(days(2026))
        assert added == set(local)
        assert set(days(2026)) <= set(days(2026, department=department))

    def test_alsace_and_moselle_have_good_friday_and_saint_stephen(self):
        added = set(days(2026, alsace_moselle=True)) - set(days(2026))
        assert added == {"03/04", "26/12"}

    def test_polynesia_left_the_day_of_autonomy_for_matarii_in_2025(self):
        assert holiday_name(dt.date(2024, 6, 29), department="987") == "Fête de l’autonomie"
        assert holiday_name(dt.date(2025, 6, 29), department="987") == ""
        assert holiday_name(dt.date(2025, 11, 20), department="987") == "Matari’i i ni’a"


class TestHolidayName:
    def test_is_empty_on_an_ordinary_day(self):
        assert holiday_name(dt.date(2026, 2, 2)) == ""

    def test_says_why_a_place_may_be_closed(self):
        assert holiday_name(dt.date(2026, 12, 26), alsace_moselle=True) == "Saint-Étienne"
        assert holiday_name(dt.date(2026, 12, 20), department="974") == "Abolition de l’esclavage"
