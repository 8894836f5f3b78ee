"""A rule in French, as people say it."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from places.domain.french import (
    DAYS,
    MONTHS,
    RANKS,
    date_name,
    day_names,
    day_number,
    hour_name,
    join,
    number_name,
    of_month,
    period_name,
)

from .rule import Rule

# More dates than one listens to are counted instead.
MAX_DATES_SAID = 12


def sentence(rule: Rule) -> str:
    """The rule as people say it: "tous les mardis de 14 h à 16 h, du 3 septembre 2026 au 30 juin 2027"."""
    days = _which_days(rule)
    # After a remark set off by a comma, the hours take another.
    parts = [f"{days}{',' if ',' in days else ''} {_hours(rule)}"]
    if rule.frequency not in ("ONCE", "DATES"):
        parts.append(_period(rule))
        if rule.extra_dates:
            parts.append(f"et aussi {_dates(rule.extra_dates)}")
        if excepted := [*_date_parts(rule.except_dates), *_holidays(rule)]:
            parts.append(f"sauf {join(excepted)}")
    return ", ".join(parts)


def _hours(rule):
    start = dt.datetime.combine(rule.starts_on, rule.start_time)
    end = start + dt.timedelta(minutes=rule.duration_min)
    if end - start >= dt.timedelta(days=1):
        return f"à partir de {hour_name(rule.start_time)}, pendant 24 heures"
    return f"de {hour_name(rule.start_time)} à {hour_name(end.time())}"


def _holidays(rule):
    if rule.skips_public_holidays:
        yield "les jours fériés"
    if rule.skips_school_holidays:
        yield "les vacances scolaires"


def _which_days(rule):
    if rule.frequency == "ONCE":
        return _dates((rule.starts_on, *rule.extra_dates))
    if rule.frequency == "DATES":
        return _dates(rule.extra_dates)
    days = sorted(set(rule.weekdays))
    if rule.frequency == "MONTHLY":
        return _monthly(rule, days)
    if rule.frequency == "DAILY" and rule.interval > 1:
        every = "un jour sur deux" if rule.interval == 2 else f"tous les {number_name(rule.interval)} jours"
        return f"{every}, {day_names(days, article='le ')} seulement" if days else every
    if rule.interval == 1:
        return _each(days)
    if rule.interval == 2:
        one = len(days) == 1
        return f"un {DAYS[days[0]]} sur deux" if one else f"{_these(days)}, une semaine sur deux"
    return f"{_these(days)}, toutes les {number_name(rule.interval)} semaines"


def _each(days):
    """ "tous les lundis, mardis et jeudis", "du lundi au vendredi"."""
    if len(days) in (0, 7):
        return "tous les jours"
    said = day_names(days)
    return said if said.startswith("du ") else f"tous les {join([f'{DAYS[day]}s' for day in days])}"


def _these(days):
    return "tous les jours" if len(days) == 7 else day_names(days, article="le ")


def _monthly(rule, days):
    if rule.week_of_month is None:
        day = f"le {day_number(rule.starts_on.day)}"
    else:
        day = join([f"le {RANKS[rule.week_of_month]} {DAYS[day]}" for day in days])
    if rule.interval == 1:
        return f"{day} du mois"
    if rule.interval == 12 and rule.week_of_month is None:
        return f"{day} {MONTHS[rule.starts_on.month - 1]} de chaque année"
    if rule.interval == 12:
        return f"{day} {of_month(rule.starts_on.month)} de chaque année"
    if rule.interval == 2:
        return f"{day}, un mois sur deux"
    return f"{day}, tous les {number_name(rule.interval)} mois"


def _period(rule):
    if rule.until == rule.starts_on:
        return f"le {date_name(rule.starts_on)}"
    if rule.until:
        return period_name(rule.starts_on, rule.until)
    start = f"à partir du {date_name(rule.starts_on)}"
    if rule.count == 1:
        return f"{start}, pour une séance"
    return f"{start}, pour {number_name(rule.count)} séances" if rule.count else start


def _dates(days):
    """ "le mardi 3 mars 2026", "les 3 et 10 mars et le 1er avril 2026", "20 dates du … au …"."""
    return join(_date_parts(days))


def _date_parts(days: Iterable[dt.date]) -> list[str]:
    days = sorted(set(days))
    if len(days) == 1:
        return [f"le {DAYS[days[0].weekday()]} {date_name(days[0])}"]
    if len(days) > MAX_DATES_SAID:
        return [f"{len(days)} dates {period_name(days[0], days[-1])}"]
    last_of_year = {day.year: day for day in days}
    parts = []
    for (year, month), of_that_month in groupby(days, key=lambda day: (day.year, day.month)):
        group = list(of_that_month)
        article = "le" if len(group) == 1 else "les"
        numbers = join([day_number(day.day) for day in group])
        # The year is said once, after the last of its dates.
        said_year = f" {year}" if group[-1] == last_of_year[year] else ""
        parts.append(f"{article} {numbers} {MONTHS[month - 1]}{said_year}")
    return parts
