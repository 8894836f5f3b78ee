import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from places.domain.clocks import changes

YEAR = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
HOUR = dt.timedelta(hours=1)


def of(zone):
    return changes(ZoneInfo(zone), *YEAR)


class TestChanges:
    def test_begin_with_how_the_clock_goes(self):
        first, *_others = of("Europe/Paris")
        assert (first.before, first.after, first.name, first.is_summer) == (HOUR, HOUR, "CET", False)

    def test_of_the_mainland_are_told_by_the_clock_as_it_went_before(self):
        _first, march, october = of("Europe/Paris")
        assert f"{march.on_wall}" == "2026-03-29 02:00:00"
        assert (march.before, march.after, march.is_summer) == (HOUR, 2 * HOUR, True)
        assert f"{october.on_wall}" == "2026-10-25 03:00:00"
        assert (october.before, october.after, october.is_summer) == (2 * HOUR, HOUR, False)

    def test_of_saint_pierre_et_miquelon_are_those_of_america(self):
        _first, march, november = of("America/Miquelon")
        assert f"{march.on_wall}, {november.on_wall}" == "2026-03-08 02:00:00, 2026-11-01 02:00:00"

    @pytest.mark.parametrize(
        "zone", ["Indian/Reunion", "Pacific/Noumea", "America/Cayenne", "Pacific/Tahiti"]
    )
    def test_are_none_where_the_clock_never_changes(self, zone):
        assert len(of(zone)) == 1
