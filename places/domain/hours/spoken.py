"""Opening hours to French: the sentence that is read back to people, or aloud to them."""

import datetime as dt
import re
from functools import lru_cache

from places.domain.french import (
    MONTHS,
    NBSP,
    RANKS,
    SEMICOLON,
    day_names,
    day_number,
    hour_name,
    join,
    number_name,
    of_month,
)

from .french import CODES
from .now import Span, week, weekly_minutes
from .rules import HoursError, is_vague, rules_of

_SOME_MONDAY = dt.date(2026, 2, 2)  # a week without a public holiday
_MONTH_CODES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_DAY = rf"(?:{'|'.join(CODES)}|PH|SH)"
_DAYS = rf"{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*"
_SPAN = r"\d\d:\d\d-\d\d:\d\d"
_SPANS = rf"{_SPAN}(?:,{_SPAN})*"
# A rule of week days and hours alone says the same each week: it can be read from any one.
_EVERY_WEEK = re.compile(rf"{_DAYS}(?: (?:{_SPANS}|closed))?|{_SPANS}|24/7(?: closed)?")

# A rule as the library writes it: dates, days, hours, state, comment, each if there is one.
_COMMENT = re.compile(r'(?P<rest>[^"]*?) ?"(?P<comment>[^"]*)"')
_STATE = re.compile(r"(?P<rest>.*?) ?(?P<state>closed|unknown)")
_HOURS = re.compile(r"(?P<rest>(?:.* )?)(?P<hours>24/7|\d\d:\d\d[^ ]*)")
_NTH = re.compile(r"(Mo|Tu|We|Th|Fr|Sa|Su)\[([-\d,]+)\]")
_DATED_DAYS = re.compile(rf"(?P<rest>(?:.* )?)(?P<days>{_DAYS}|{_NTH.pattern}(?:,{_NTH.pattern})*)")


@lru_cache(maxsize=8_192)
def sentence(text: str) -> str:
    """What `text` says, to be read aloud, or "" when it does not read.

    "Du lundi au vendredi, 9 h – 12 h et 14 h – 17 h ; samedi, 9 h – 12 h".
    """
    try:
        rules = rules_of(text)
    except HoursError:
        return ""
    if all(_EVERY_WEEK.fullmatch(rule) for rule in rules):
        said = SEMICOLON.join([*_usual_week(text), *_holidays(rules)]) or "fermé"
    else:
        said = SEMICOLON.join(_say(rule) for rule in rules)
    return said[:1].upper() + said[1:]


def usual_week(text: str) -> dict[tuple[Span, ...], list[int]] | None:
    """{spans: the days, from Monday 0, that keep them} of every week, public holidays apart.

    None when weeks differ from one another, or when the hours are not known.
    """
    try:
        rules = rules_of(text)
    except HoursError:
        return None
    is_weekly = all(_EVERY_WEEK.fullmatch(rule) for rule in rules) and not is_vague(text)
    return _days_of_spans(text) if is_weekly else None


def _days_of_spans(text):
    days_of_spans = {}
    for number, day in enumerate(week(text, _SOME_MONDAY)):
        if day.spans:
            days_of_spans.setdefault(tuple(day.spans), []).append(number)
    return days_of_spans


def _usual_week(text):
    if weekly_minutes(text, _SOME_MONDAY) == 7 * 24 * 60:
        return ["jour et nuit, tous les jours"]
    return [
        f"{_every(numbers)}, {join([_span(*span) for span in spans])}"
        for spans, numbers in _days_of_spans(text).items()
    ]


def _holidays(rules):
    """What each rule says of public and school holidays, its days of the week left out."""
    said = {}
    for rule in rules:
        days, _, hours = rule.partition(" ")
        for code in {"PH", "SH"} & set(days.split(",")):
            said[code] = f"{code} {hours}".strip()
    return [_say(said[code]) for code in sorted(said)]


def _say(rule):
    """A rule in words: "en juillet, le lundi, 9 h – 12 h (sur rendez-vous)", "fermé les jours fériés"."""
    comment = state = hours = days = ""
    if found := _COMMENT.fullmatch(rule):
        rule, comment = found["rest"], found["comment"]
    if found := _STATE.fullmatch(rule):
        rule, state = found["rest"], found["state"]
    if found := _HOURS.fullmatch(rule):
        rule, hours = found["rest"].strip(), found["hours"]
    if found := _DATED_DAYS.fullmatch(rule):
        rule, days = found["rest"].strip(), found["days"]
    if comment and state == "unknown" and (hours or rule or days) == "24/7":
        return f"sinon{NBSP}: {comment}"
    when = [part for part in (_say_dates(rule), _say_days(days)) if part]
    spans = "" if hours == "24/7" or not hours else join([_say_span(span) for span in hours.split(",")])
    if state == "closed" and not spans:
        said = " ".join(["fermé", *when])
    else:
        last = {"closed": "fermé", "unknown": "à confirmer"}.get(state, "" if spans else "jour et nuit")
        said = ", ".join(part for part in (*when, spans, last) if part)
    return f"{said} ({comment})" if comment else said


def _say_days(days):
    if nths := _NTH.findall(days):
        return join([_say_nth(CODES.index(code), ranks) for code, ranks in nths])
    numbers, others = [], []
    for part in days.split(",") if days else []:
        first, _, last = part.partition("-")
        if first in CODES:
            start, end = CODES.index(first), CODES.index(last or first)
            numbers += range(start, end + 1) if start <= end else [*range(start, 7), *range(end + 1)]
        else:
            others.append({"PH": "les jours fériés", "SH": "pendant les vacances scolaires"}[first])
    return join(([_every(numbers, article="le ")] if numbers else []) + others)


def _every(numbers, article=""):
    return "tous les jours" if len(set(numbers)) == 7 else day_names(numbers, article=article)


def _say_nth(day, ranks):
    names = [RANKS.get(int(rank), f"{rank}e") for rank in ranks.split(",")]
    day = day_names([day])
    return f"le {names[0]} {day} du mois" if len(names) == 1 else f"les {join(names)} {day}s du mois"


def _say_span(span):
    if span.endswith("+"):
        return f"à partir de {hour_name(_time(span[:5]))}"
    return _span(*map(_time, span.split("-")))


def _span(opens, closes):
    if opens == closes == dt.time.min:
        return "jour et nuit"
    return f"{hour_name(opens)} – {hour_name(closes)}"


def _time(written):
    hour, minute = written.split(":")
    return dt.time(int(hour) % 24, int(minute))


# -- Dates -------------------------------------------------------------------------------------------

_MONTH = rf"(?:{'|'.join(_MONTH_CODES)})"
_DATE = re.compile(rf"(?:(?P<year>\d{{4}}) )?(?P<month>{_MONTH}) (?P<day>\d+)")


def _say_dates(dates):
    """Months, dates, weeks, years in words; what is rarer stays as it is written."""
    if found := re.fullmatch(r"(.+?) (week\d.*)", dates):
        return f"{_say_dates(found[1])}, {_say_dates(found[2])}"
    if found := re.fullmatch(r"(\d{4})(?:-(\d{4}))?([A-Za-z].*)?", dates):
        years = _say_years(found[1], found[2])
        return f"{_say_dates(found[3])} {years.removeprefix('en ')}" if found[3] else years
    if dates.startswith("week"):
        return join([_say_weeks(part) for part in dates.removeprefix("week").split(",")])
    return join([_say_date_range(part) for part in dates.split(",")]) if dates else ""


def _say_years(first, last):
    if last == "9999":
        return f"à partir de {first}"
    return f"de {first} à {last}" if last else f"en {first}"


def _say_weeks(part):
    first, last, step = re.fullmatch(r"(\d+)(?:-(\d+))?(?:/(\d+))?", part).groups()
    if step == "2" and int(last) >= 51:
        return "les semaines impaires" if int(first) % 2 else "les semaines paires"
    span = f"de la semaine {int(first)} à la semaine {int(last)}" if last else f"la semaine {int(first)}"
    return f"une semaine sur {number_name(int(step))}, {span}" if step else span


def _say_date_range(part):
    if part == "easter":
        return "à Pâques"
    first, _, last = part.partition("-")
    if first in _MONTH_CODES:
        start = _MONTH_CODES.index(first)
        if last not in _MONTH_CODES:
            return f"en {MONTHS[start]}"
        return f"{of_month(start + 1)} à {MONTHS[_MONTH_CODES.index(last)]}"
    begins, ends = _DATE.fullmatch(first), _DATE.fullmatch(last)
    if begins and ends:
        is_in_one_month = (begins["year"], begins["month"]) == (ends["year"], ends["month"])
        start = day_number(int(begins["day"])) if is_in_one_month else _say_date(begins)
        return f"du {start} au {_say_date(ends)}"
    return f"le {_say_date(begins)}" if begins and not last else part


def _say_date(found):
    return f"{day_number(int(found['day']))} {_month_and_year(found)}"


def _month_and_year(found):
    month = MONTHS[_MONTH_CODES.index(found["month"])]
    return f"{month} {found['year']}" if found["year"] else month
