"""When a workshop takes place: a rule in wall-clock time, and the slots that follow from it."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil import rrule

from .holidays import holiday_name, public_holidays

__all__ = [
    "Frequency",
    "Rule",
    "RuleError",
    "Slot",
    "date_name",
    "dates_from_lines",
    "hour_name",
    "occurrences",
    "public_holidays",
    "sentence",
    "weekdays_from_codes",
]

NBSP = "\u00a0"
WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MAX_COUNT = 500
MAX_DATES = 400
YEARS = (2000, 2100)


class Frequency(StrEnum):
    ONCE = "ONCE"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    DATES = "DATES"


class RuleError(ValueError):
    """A rule that cannot be; `field` names what to mend, the message says it in French."""

    def __init__(self, message: str, field: str = ""):
        super().__init__(message)
        self.field = field


class Slot(NamedTuple):
    starts_at: dt.datetime  # aware
    ends_at: dt.datetime


@dataclass(frozen=True)
class Rule:
    """Every `interval` days, weeks or months from `starts_on`, at `start_time` for `duration_min` minutes.

    `weekdays` count from Monday, 0. MONTHLY takes the `week_of_month`-th of them (-1: the last), or the day
    of the month of `starts_on` when there is none. DATES has its `extra_dates` alone. `count` is the number
    of sessions held: one that an exception or a holiday removes does not count. Raises RuleError.
    """

    frequency: Frequency
    starts_on: dt.date
    start_time: dt.time
    duration_min: int
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    week_of_month: int | None = None
    until: dt.date | None = None
    count: int | None = None
    extra_dates: tuple[dt.date, ...] = ()
    except_dates: tuple[dt.date, ...] = ()
    skips_public_holidays: bool = False

    def __post_init__(self):
        for is_wrong, message, field in self._faults():
            if is_wrong:
                raise RuleError(message, field)

    def _faults(self):
        is_weekly, is_monthly = self.frequency == "WEEKLY", self.frequency == "MONTHLY"
        yield (
            self.starts_on is None or not YEARS[0] <= self.starts_on.year <= YEARS[1],
            "Donnez la date de la première séance.",
            "starts_on",
        )
        yield self.start_time is None, "Donnez l’heure de début.", "start_time"
        yield (
            self.duration_min is None or not 5 <= self.duration_min <= 24 * 60,
            "Une séance dure de 5 minutes à 24 heures.",
            "duration_min",
        )
        yield (
            self.interval is None or not 1 <= self.interval <= 52,
            "Donnez un nombre entre 1 et 52.",
            "interval",
        )
        yield (
            is_weekly and not self.weekdays,
            "Choisissez au moins un jour de la semaine.",
            "weekdays",
        )
        yield (
            is_monthly and self.week_of_month is not None and not self.weekdays,
            "Choisissez le jour de la semaine : le premier lundi, le dernier jeudi…",
            "weekdays",
        )
        yield (
            self.until is not None and self.until < self.starts_on,
            "La fin ne peut pas précéder le début.",
            "until",
        )
        yield (
            self.until is not None and self.count is not None,
            "Donnez une date de fin ou un nombre de séances, pas les deux.",
            "count",
        )
        yield (
            self.count is not None and not 1 <= self.count <= MAX_COUNT,
            f"Donnez un nombre de séances entre 1 et {MAX_COUNT}.",
            "count",
        )
        yield (
            self.frequency == "DATES" and not self.extra_dates,
            "Donnez au moins une date.",
            "extra_dates",
        )


def weekdays_from_codes(codes: str) -> tuple[int, ...]:
    """ "MO,WE" as (0, 2). Raises RuleError."""
    try:
        return tuple(sorted({WEEKDAY_CODES.index(code.strip()) for code in codes.split(",") if code.strip()}))
    except ValueError as error:
        raise RuleError("Choisissez des jours de la semaine.", "weekdays") from error


_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_FRENCH_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)


def dates_from_lines(text: str, field: str = "") -> tuple[dt.date, ...]:
    """The dates of `text`, one by line, as 2026-12-24 or 24/12/2026, sorted. Raises RuleError."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MAX_DATES:
        raise RuleError(f"Pas plus de {MAX_DATES} dates.", field)
    return tuple(sorted({_date(line, field) for line in lines}))


def _date(line, field):
    iso, french = _ISO_DATE.fullmatch(line), _FRENCH_DATE.fullmatch(line)
    numbers = iso.groups() if iso else french.groups()[::-1] if french else None
    try:
        day = dt.date(*map(int, numbers)) if numbers else None
    except ValueError:
        day = None
    if day is None or not YEARS[0] <= day.year <= YEARS[1]:
        raise RuleError(f"« {line[:40]} » n’est pas une date. Exemple : 24/12/2026.", field)
    return day


def occurrences(
    rule: Rule,
    start: dt.date,
    end: dt.date,
    tz: ZoneInfo,
    *,
    alsace_moselle: bool = False,
    department: str | None = None,
) -> list[Slot]:
    """The slots of `rule` from the day `start` to the day `end`, both included, in order.

    14:00 stays 14:00 across the changes of hour. An hour that the change of March leaves out is moved on
    by an hour; of an hour that comes twice in October, the first counts.
    """

    def is_off(day):
        if day in rule.except_dates:
            return True
        return rule.skips_public_holidays and bool(
            holiday_name(day, alsace_moselle=alsace_moselle, department=department)
        )

    held = (day for day in _days(rule, end) if not is_off(day))
    regular = [day for number, day in enumerate(held) if rule.count is None or number < rule.count]
    chosen = [day for day in rule.extra_dates if day not in rule.except_dates]
    days = sorted({day for day in [*regular, *chosen] if start <= day <= end})
    return [_slot(rule, day, tz) for day in days]


def _days(rule, end) -> Iterator[dt.date]:
    """The days of the rule up to `end`, exceptions and holidays still among them."""
    last = min(end, rule.until or end)
    if rule.frequency == "DATES" or rule.starts_on > last:
        return iter(())
    if rule.frequency == "ONCE":
        return iter([rule.starts_on])
    first = dt.datetime.combine(rule.starts_on, dt.time.min)
    dates = rrule.rrule(_FREQUENCIES[rule.frequency], dtstart=first, interval=rule.interval, **_by(rule))
    return takewhile(lambda day: day <= last, (moment.date() for moment in dates))


_FREQUENCIES = {"DAILY": rrule.DAILY, "WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY}
_WEEKDAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)


def _by(rule):
    if rule.frequency == "MONTHLY" and rule.week_of_month is None:
        return {"bymonthday": rule.starts_on.day}
    if rule.frequency == "MONTHLY":
        return {"byweekday": [_WEEKDAYS[day](rule.week_of_month) for day in rule.weekdays]}
    return {"byweekday": [_WEEKDAYS[day] for day in rule.weekdays]} if rule.weekdays else {}


def _slot(rule, day, tz):
    local = dt.datetime.combine(day, rule.start_time, tzinfo=tz)
    # By way of UTC, the hour that does not exist becomes the one that does.
    starts_at = local.astimezone(dt.UTC).astimezone(tz)
    ends_at = (starts_at.astimezone(dt.UTC) + dt.timedelta(minutes=rule.duration_min)).astimezone(tz)
    return Slot(starts_at, ends_at)


# -- To French ---------------------------------------------------------------------------------------

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_RANKS = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", -1: "dernier"}
_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


def sentence(rule: Rule) -> str:
    """The rule as people say it: "tous les mardis de 14 h à 16 h, du 3 septembre 2026 au 30 juin 2027"."""
    end = (
        dt.datetime.combine(rule.starts_on, rule.start_time) + dt.timedelta(minutes=rule.duration_min)
    ).time()
    parts = [f"{_which_days(rule)} de {hour_name(rule.start_time)} à {hour_name(end)}"]
    if rule.frequency not in ("ONCE", "DATES"):
        parts.append(_period(rule))
        if rule.extra_dates:
            parts.append(f"et aussi {_dates(rule.extra_dates)}")
        if rule.except_dates:
            parts.append(f"sauf {_dates(rule.except_dates)}")
        if rule.skips_public_holidays:
            parts.append("sauf les jours fériés")
    return ", ".join(parts)


def _which_days(rule):
    if rule.frequency == "ONCE":
        return _dates((rule.starts_on, *rule.extra_dates))
    if rule.frequency == "DATES":
        return _dates(rule.extra_dates)
    days = [_DAYS[day] for day in rule.weekdays]
    if rule.frequency == "MONTHLY":
        rank = _RANKS.get(rule.week_of_month, "")
        day = (
            f"le {_join([f'{rank} {day}' for day in days])}" if rank else f"le {_ordinal(rule.starts_on.day)}"
        )
        return f"{day} {_every(rule.interval, 'mois', 'du mois')}"
    if rule.frequency == "DAILY" and not days:
        return "tous les jours" if rule.interval == 1 else f"tous les {rule.interval} jours"
    plural = _join([f"{day}s" for day in days])
    if rule.interval == 1 or rule.frequency == "DAILY":
        return "tous les jours" if len(days) == 7 else f"tous les {plural}"
    singular = _join([f"le {day}" for day in days])
    return f"{singular} {_every(rule.interval, 'semaines', '')}"


def _every(interval, unit, once):
    if interval == 1:
        return once
    if interval == 2 and unit == "semaines":
        return "une semaine sur deux"
    return f"tous les {interval} {unit}" if unit == "mois" else f"toutes les {interval} {unit}"


def _period(rule):
    if rule.until:
        return f"du {date_name(rule.starts_on)} au {date_name(rule.until)}"
    start = f"à partir du {date_name(rule.starts_on)}"
    if rule.count:
        return f"{start}, {rule.count} séance{'s' if rule.count > 1 else ''}"
    return start


def _dates(days):
    return _join([f"le {date_name(day)}" for day in days])


def date_name(day: dt.date) -> str:
    """ "1er septembre 2026"."""
    return f"{_ordinal(day.day)} {_MONTHS[day.month - 1]} {day.year}"


def _ordinal(number):
    return "1er" if number == 1 else str(number)


def _join(parts):
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + f" et {parts[-1]}"


def hour_name(time: dt.time) -> str:
    """ "14 h", "9 h 30"."""
    return f"{time.hour}{NBSP}h" + (f"{NBSP}{time:%M}" if time.minute else "")
