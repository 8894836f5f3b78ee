"""School holidays: who has which, and whether a day is among them. The dates themselves are handed in."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from .identifiers import department_of


class Zone(StrEnum):
    """Code de l’éducation, D. 521-1 to D. 521-7: three zones; Corsica and overseas decide for themselves."""

    A = "A"
    B = "B"
    C = "C"
    CORSICA = "CORSE"
    GUADELOUPE = "971"
    MARTINIQUE = "972"
    GUYANE = "973"
    REUNION = "974"
    SAINT_PIERRE_ET_MIQUELON = "975"
    MAYOTTE = "976"
    SAINT_BARTHELEMY = "977"
    SAINT_MARTIN = "978"
    WALLIS_ET_FUTUNA = "986"
    POLYNESIE = "987"
    NOUVELLE_CALEDONIE = "988"


# By académie, as the arrêtés of the calendar list them.
_DEPARTMENTS = {
    Zone.A: (
        *("25", "39", "70", "90"),  # Besançon
        *("24", "33", "40", "47", "64"),  # Bordeaux
        *("03", "15", "43", "63"),  # Clermont-Ferrand
        *("21", "58", "71", "89"),  # Dijon
        *("07", "26", "38", "73", "74"),  # Grenoble
        *("19", "23", "87"),  # Limoges
        *("01", "42", "69"),  # Lyon
        *("16", "17", "79", "86"),  # Poitiers
    ),
    Zone.B: (
        *("04", "05", "13", "84"),  # Aix-Marseille
        *("02", "60", "80"),  # Amiens
        *("59", "62"),  # Lille
        *("54", "55", "57", "88"),  # Nancy-Metz
        *("44", "49", "53", "72", "85"),  # Nantes
        *("06", "83"),  # Nice
        *("14", "27", "50", "61", "76"),  # Normandie
        *("18", "28", "36", "37", "41", "45"),  # Orléans-Tours
        *("08", "10", "51", "52"),  # Reims
        *("22", "29", "35", "56"),  # Rennes
        *("67", "68"),  # Strasbourg
    ),
    Zone.C: (
        *("77", "93", "94"),  # Créteil
        *("11", "30", "34", "48", "66"),  # Montpellier
        "75",  # Paris
        *("09", "12", "31", "32", "46", "65", "81", "82"),  # Toulouse
        *("78", "91", "92", "95"),  # Versailles
    ),
    Zone.CORSICA: ("2A", "2B"),
}
_ZONES = {department: zone for zone, departments in _DEPARTMENTS.items() for department in departments}
_ZONES |= {zone.value: zone for zone in Zone if zone.value.isdigit()}


class SchoolBreak(NamedTuple):
    first_day: dt.date
    last_day: dt.date  # included: the day before lessons begin again


def zone_of(insee_or_postcode: str) -> Zone | None:
    """The zone whose school holidays count there; None when unknown."""
    return _ZONES.get(department_of(insee_or_postcode))


def is_school_holiday(day: dt.date, breaks: Sequence[SchoolBreak]) -> bool:
    return any(one.first_day <= day <= one.last_day for one in breaks)
