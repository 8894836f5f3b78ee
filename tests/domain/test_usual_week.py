import datetime as dt

import pytest

from places.domain.hours import Span, usual_week

MORNING = Span(dt.time(9), dt.time(12))
AFTERNOON = Span(dt.time(14), dt.time(17))


def test_days_of_the_same_hours_go_together():
    assert usual_week("Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00") == {
        (MORNING, AFTERNOON): [0, 1, 2, 3, 4],
        (MORNING,): [5],
    }


def test_public_holidays_are_no_part_of_it():
    assert usual_week("Mo 09:00-12:00; PH off") == {(MORNING,): [0]}


def test_a_night_belongs_to_the_day_on_which_it_begins():
    assert usual_week("Fr 20:00-02:00") == {(Span(dt.time(20), dt.time(2)),): [4]}


@pytest.mark.parametrize(
    "hours",
    [
        "",
        "lundi",
        "Jun-Aug: Mo 09:00-12:00",
        "Mo[1] 09:00-12:00",
        "week 1-53/2 Mo 09:00-12:00",
        "Mo 09:00-12:00; SH off",
        'Mo 09:00-12:00; "sur rendez-vous"',
        'Mo 09:00-12:00 "sur rendez-vous"',
        "Mo 09:00-12:00; 2026 Dec 24 off",
        "Mo 09:00+",
    ],
)
def test_there_is_none_when_weeks_differ_or_nobody_knows(hours):
    assert usual_week(hours) is None
