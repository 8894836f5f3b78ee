"""Days, hours, numbers and lists as French says them; no-break spaces where typography wants them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

NBSP = "\u00a0"
SEMICOLON = f"{NBSP}; "

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
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
)
RANKS = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième", -1: "dernier"}
_NUMBERS = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"


def join(parts: Sequence[str]) -> str:
    """ "a", "a et b", "a, b et c"."""
    return " et ".join(parts) if len(parts) < 3 else ", ".join(parts[:-1]) + " et " + parts[-1]


def number_name(number: int) -> str:
    """In words up to sixteen, in figures past it."""
    names = _NUMBERS.split()
    return names[number] if 0 <= number < len(names) else str(number)


def hour_name(time: dt.time) -> str:
    """ "9 h", "14 h 30", "minuit", with spaces that do not break."""
    if time == dt.time.min:
        return "minuit"
    return f"{time.hour}{NBSP}h" + (f"{NBSP}{time:%M}" if time.minute else "")


def day_number(number: int) -> str:
    return "1er" if number == 1 else str(number)


def date_name(day: dt.date, *, with_year: bool = True) -> str:
    """ "1er mai 2026", "1er mai"."""
    return f"{day_number(day.day)} {MONTHS[day.month - 1]}" + (f" {day.year}" if with_year else "")


def period_name(first: dt.date, last: dt.date) -> str:
    """ "du 3 septembre au 17 décembre 2026", "du 3 au 17 mai 2026": month and year once when the same."""
    if (first.year, first.month) == (last.year, last.month):
        return f"du {day_number(first.day)} au {date_name(last)}"
    return f"du {date_name(first, with_year=first.year != last.year)} au {date_name(last)}"


def of_month(month: int) -> str:
    """ "de mars", "d’avril"."""
    name = MONTHS[month - 1]
    return f"d’{name}" if name[0] in "ao" else f"de {name}"


def day_names(numbers: Iterable[int], *, article: str = "") -> str:
    """Days of the week from Monday, 0, three or more in a row as a range.

    "du lundi au jeudi et samedi"; `article` goes before a day by itself: "le lundi et le jeudi".
    """
    names = []
    # In a run of days that follow one another, the day less its rank stays the same.
    for _key, run in groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0]):
        run = [DAYS[number] for _rank, number in run]
        names += [f"du {run[0]} au {run[-1]}"] if len(run) > 2 else [f"{article}{day}" for day in run]
    return join(names)
