"""How the rule of a workshop is said."""

import datetime as dt
import re

import pytest

from places.domain.recurrence import date_name, hour_name, sentence
from tests.domain.workshops import FIRST, day, rule

NBSP = "\u00a0"
HOURS = f"de 14{NBSP}h à 16{NBSP}h"


class TestWhichDays:
    """The first half of the sentence, up to the hours."""

    def test_up_to_a_dozen_dates_are_all_said(self):
        dozen = tuple(FIRST + dt.timedelta(days=n) for n in range(12))
        said = "les 1er, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 et 12 septembre 2026"
        assert sentence(rule("DATES", extra_dates=dozen)).startswith(said)

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({"frequency": "ONCE"}, "le mardi 1er septembre 2026"),
            ({"frequency": "ONCE", "extra_dates": (day("08/09"),)}, "les 1er et 8 septembre 2026"),
            ({"frequency": "DATES", "extra_dates": (day("24/12"),)}, "le jeudi 24 décembre 2026"),
            (
                {
                    "frequency": "DATES",
                    "extra_dates": (day("08/09"), day("15/09"), day("01/10"), day("05/01")),
                },
                "les 8 et 15 septembre, le 1er octobre 2026 et le 5 janvier 2027,",
            ),
            (
                {"frequency": "DATES", "extra_dates": tuple(FIRST + dt.timedelta(days=n) for n in range(13))},
                "13 dates du 1er au 13 septembre 2026",
            ),
            ({"frequency": "DAILY"}, "tous les jours"),
            ({"frequency": "DAILY", "interval": 2}, "un jour sur deux"),
            ({"frequency": "DAILY", "interval": 3}, "tous les trois jours"),
            ({"frequency": "DAILY", "interval": 20}, "tous les 20 jours"),
            ({"frequency": "DAILY", "weekdays": (0, 2)}, "tous les lundis et mercredis"),
            (
                {"frequency": "DAILY", "interval": 3, "weekdays": (0, 2)},
                "tous les trois jours, le lundi et le mercredi seulement,",
            ),
            ({}, "tous les mardis"),
            ({"weekdays": (3, 1, 0)}, "tous les lundis, mardis et jeudis,"),
            ({"weekdays": (0, 1, 2, 3, 4)}, "du lundi au vendredi"),
            ({"weekdays": range(7)}, "tous les jours"),
            ({"interval": 2}, "un mardi sur deux"),
            ({"interval": 3}, "le mardi, toutes les trois semaines,"),
            ({"interval": 2, "weekdays": (0, 1)}, "le lundi et le mardi, une semaine sur deux,"),
            ({"interval": 2, "weekdays": (0, 1, 2, 3, 4)}, "du lundi au vendredi, une semaine sur deux,"),
            ({"interval": 2, "weekdays": range(7)}, "tous les jours, une semaine sur deux,"),
            ({"frequency": "MONTHLY"}, "le 1er du mois"),
            ({"frequency": "MONTHLY", "starts_on": day("12/09")}, "le 12 du mois"),
            ({"frequency": "MONTHLY", "interval": 2}, "le 1er, un mois sur deux,"),
            ({"frequency": "MONTHLY", "week_of_month": 1, "weekdays": (0,)}, "le premier lundi du mois"),
            ({"frequency": "MONTHLY", "week_of_month": 2, "weekdays": (0,)}, "le deuxième lundi du mois"),
            ({"frequency": "MONTHLY", "week_of_month": 3, "weekdays": (0,)}, "le troisième lundi du mois"),
            ({"frequency": "MONTHLY", "week_of_month": 4, "weekdays": (0,)}, "le quatrième lundi du mois"),
            (
                {"frequency": "MONTHLY", "week_of_month": -1, "weekdays": (3, 0)},
                "le dernier lundi et le dernier jeudi du mois",
            ),
            (
                {"frequency": "MONTHLY", "week_of_month": 1, "weekdays": (0,), "interval": 2},
                "le premier lundi, un mois sur deux,",
            ),
            (
                {"frequency": "MONTHLY", "week_of_month": 1, "weekdays": (0,), "interval": 3},
                "le premier lundi, tous les trois mois,",
            ),
            (
                {"frequency": "MONTHLY", "week_of_month": 1, "weekdays": (0,), "interval": 12},
                "le premier lundi de septembre de chaque année",
            ),
            (
                {
                    "frequency": "MONTHLY",
                    "week_of_month": 1,
                    "weekdays": (0,),
                    "interval": 12,
                    "starts_on": day("01/04"),
                },
                "le premier lundi d’avril de chaque année",
            ),
            ({"frequency": "MONTHLY", "interval": 12}, "le 1er septembre de chaque année"),
        ],
    )
    def test_are_said_as_people_say_them(self, facts, said):
        assert sentence(rule(**facts)).partition(f" {HOURS}")[0] == said


class TestHoursAndPeriod:
    """The second half of the sentence, from the hours on."""

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({}, "de 14 h à 16 h"),
            ({"start_time": dt.time(9, 30), "duration_min": 90}, "de 9 h 30 à 11 h"),
            ({"start_time": dt.time(9, 5), "duration_min": 5}, "de 9 h 05 à 9 h 10"),
            ({"start_time": dt.time(22)}, "de 22 h à minuit"),
            ({"start_time": dt.time(0)}, "de minuit à 2 h"),
            ({"start_time": dt.time(23, 30)}, "de 23 h 30 à 1 h 30"),
            ({"duration_min": 1_440}, "à partir de 14 h, pendant 24 heures"),
        ],
    )
    def test_hours_are_said_with_spaces_that_do_not_break(self, facts, said):
        end = sentence(rule(**facts)).removeprefix("tous les mardis ").partition(", à partir du")[0]
        assert end.replace(NBSP, " ") == said
        assert not re.search(r"\d h\b", end.replace(NBSP, "_"))

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({}, "à partir du 1er septembre 2026"),
            ({"until": day("17/12")}, "du 1er septembre au 17 décembre 2026"),
            ({"until": day("30/06")}, "du 1er septembre 2026 au 30 juin 2027"),
            ({"until": FIRST}, "le 1er septembre 2026"),
            ({"count": 1}, "à partir du 1er septembre 2026, pour une séance"),
            ({"count": 10}, "à partir du 1er septembre 2026, pour dix séances"),
            ({"count": 21}, "à partir du 1er septembre 2026, pour 21 séances"),
            ({"skips_public_holidays": True}, "à partir du 1er septembre 2026, sauf les jours fériés"),
            (
                {"except_dates": (day("06/10"),)},
                "à partir du 1er septembre 2026, sauf le mardi 6 octobre 2026",
            ),
            (
                {"except_dates": (day("29/12"), day("06/10"), day("22/12")), "skips_public_holidays": True},
                "à partir du 1er septembre 2026, sauf le 6 octobre, les 22 et 29 décembre 2026"
                " et les jours fériés",
            ),
            (
                {"extra_dates": (day("03/09"),), "until": day("17/12")},
                "du 1er septembre au 17 décembre 2026, et aussi le jeudi 3 septembre 2026",
            ),
        ],
    )
    def test_the_period_and_its_exceptions_follow(self, facts, said):
        assert sentence(rule(**facts)) == f"tous les mardis {HOURS}, {said}"

    @pytest.mark.parametrize("frequency", ["ONCE", "DATES"])
    def test_dates_have_no_period(self, frequency):
        said = sentence(rule(frequency, extra_dates=(day("03/09"),), skips_public_holidays=True))
        assert said.endswith(HOURS)


class TestNames:
    def test_of_dates(self):
        assert date_name(FIRST) == "1er septembre 2026"
        assert date_name(day("02/02"), with_year=False) == "2 février"

    def test_of_hours(self):
        assert hour_name(dt.time(9, 5)) == f"9{NBSP}h{NBSP}05"
        assert hour_name(dt.time(12)) == f"12{NBSP}h"
        assert hour_name(dt.time(0)) == "minuit"
