"""Public holidays of France and of its territories."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from dateutil.easter import easter

# Code du travail, L3133-1.
_FIXED = {
    (1, 1): "Jour de l’An",
    (5, 1): "Fête du Travail",
    (5, 8): "Victoire de 1945",
    (7, 14): "Fête nationale",
    (8, 15): "Assomption",
    (11, 1): "Toussaint",
    (11, 11): "Armistice de 1918",
    (12, 25): "Noël",
}
_AFTER_EASTER = {1: "Lundi de Pâques", 39: "Ascension", 50: "Lundi de Pentecôte"}

# Code du travail, L3422-2, and the law of 30 June 1983; the Pacific by its own codes.
_ABOLITION = "Abolition de l’esclavage"
_LOCAL = {
    "971": {(5, 27): _ABOLITION},
    "972": {(5, 22): _ABOLITION},
    "973": {(6, 10): _ABOLITION},
    "974": {(12, 20): _ABOLITION},
    "976": {(4, 27): _ABOLITION},
    "977": {(10, 9): _ABOLITION},
    "978": {(5, 28): _ABOLITION},
    "986": {(4, 28): "Saint-Pierre-Chanel", (7, 29): "Fête du Territoire"},
    "987": {(3, 5): "Arrivée de l’Évangile"},
    "988": {(9, 24): "Fête de la Citoyenneté"},
}
_GOOD_FRIDAY = "Vendredi saint"


@lru_cache(maxsize=512)
def public_holidays(
    year: int, *, alsace_moselle: bool = False, department: str | None = None
) -> Mapping[dt.date, str]:
    """{day: name} of the public holidays of `year` in the département (code "68", "974"…)."""
    easter_day = easter(year)
    days = {dt.date(year, month, day): name for (month, day), name in _FIXED.items()}
    days |= {easter_day + dt.timedelta(days=after): name for after, name in _AFTER_EASTER.items()}
    local = dict(_LOCAL.get(department, {}))
    if alsace_moselle:
        local[12, 26] = "Saint-Étienne"
    if department == "987":
        # The day of autonomy gave way to the rising of the Pleiades in 2025.
        local |= {(11, 20): "Matari’i i ni’a"} if year >= 2025 else {(6, 29): "Fête de l’autonomie"}
    if alsace_moselle or department == "987":
        days[easter_day - dt.timedelta(days=2)] = _GOOD_FRIDAY
    days |= {dt.date(year, month, day): name for (month, day), name in local.items()}
    return MappingProxyType(dict(sorted(days.items())))


def holiday_name(day: dt.date, *, alsace_moselle: bool = False, department: str | None = None) -> str:
    """ "Fête nationale" on 14 July; "" on an ordinary day."""
    return public_holidays(day.year, alsace_moselle=alsace_moselle, department=department).get(day, "")
