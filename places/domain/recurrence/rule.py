"""The rule of a workshop, in wall-clock time: what it may be, and what it is written from."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MAX_COUNT = 500
MAX_DATES = 400
YEARS = (2000, 2100)
WEEKS_OF_MONTH = (1, 2, 3, 4, -1)  # a fifth one is not there each month; the last is


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
    skips_school_holidays: bool = False

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
            not all(day in range(7) for day in self.weekdays),
            "Choisissez des jours de la semaine.",
            "weekdays",
        )
        yield (
            is_monthly and self.week_of_month not in (None, *WEEKS_OF_MONTH),
            "Choisissez le premier, le deuxième, le troisième, le quatrième ou le dernier.",
            "week_of_month",
        )
        yield (
            is_monthly and self.week_of_month is not None and not self.weekdays,
            "Choisissez le jour de la semaine : le premier lundi, le dernier jeudi…",
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
        raise RuleError(f"« {line[:40]} » n’est pas une date. Exemple : 24/12/2026.", field)
    return day
