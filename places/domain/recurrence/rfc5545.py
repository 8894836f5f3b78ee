"""A rule as the text of a calendar (RFC 5545, 3.8.5), and back."""

import datetime as dt
import re
from dataclasses import replace
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil import rrule

from .rule import MAX_COUNT, MAX_DATES, WEEKDAY_CODES, WEEKS_OF_MONTH, Frequency, Rule, RuleError
from .slots import days_of, occurrences

_LOCAL, _UTC = "%Y%m%dT%H%M%S", "%Y%m%dT%H%M%SZ"


def to_rfc5545(rule: Rule, end: dt.date, tz: ZoneInfo, **where) -> str:
    """The lines DTSTART, RRULE, RDATE and EXDATE that give the slots of `rule` up to the day `end`.

    `where` is what `occurrences()` asks of the place. Holidays have no word in RFC 5545: the days that they
    take away are told as EXDATE, hence `end`. Of a rule with a number of sessions, UNTIL is the last one:
    COUNT would count those taken away. "" when there is no slot.
    """
    held = {slot.starts_at.date() for slot in occurrences(rule, rule.starts_on, end, tz, **where)}
    # Chosen dates may come before the rule begins.
    held |= {day for day in rule.extra_dates if day <= end} - set(rule.except_dates)
    if not held:
        return ""
    regular = _regular(rule, end, held)
    lines = [f"DTSTART;TZID={tz.key}:{_at(rule, min(regular or held)):{_LOCAL}}"]
    if regular:
        lines.append(f"RRULE:{_recur(rule, regular[-1], end, tz)}")
    added = sorted(held - set(regular) - ({min(held)} if not regular else set()))
    if added:
        lines.append("RDATE:" + ",".join(f"{_in_utc(rule, day, tz):{_UTC}}" for day in added))
    if gone := [day for day in regular if day not in held]:
        lines.append(f"EXDATE;TZID={tz.key}:" + ",".join(f"{_at(rule, day):{_LOCAL}}" for day in gone))
    return "\n".join(lines)


def _regular(rule, end, held):
    """The days that RRULE gives: those of the rule, exceptions among them, up to the last that is held."""
    if rule.frequency in ("ONCE", "DATES"):
        return []
    days = list(days_of(rule, end))
    if rule.count is not None:
        chosen = {day for day in held if day in rule.extra_dates}
        last = max((day for day in days if day in held - chosen), default=None)
        days = [day for day in days if last and day <= last]
    return days


def _recur(rule, last, end, tz):
    parts = [f"FREQ={rule.frequency}", f"INTERVAL={rule.interval}"]
    if rule.frequency == "MONTHLY" and rule.week_of_month is None:
        parts.append(f"BYMONTHDAY={rule.starts_on.day}")
    elif rule.weekdays:
        rank = rule.week_of_month if rule.frequency == "MONTHLY" else ""
        parts.append("BYDAY=" + ",".join(f"{rank}{WEEKDAY_CODES[day]}" for day in rule.weekdays))
    if rule.count is not None or (rule.until and rule.until <= end):
        parts.append(f"UNTIL={_in_utc(rule, last, tz):{_UTC}}")
    return ";".join(parts)


def _at(rule, day):
    return dt.datetime.combine(day, rule.start_time)


def _in_utc(rule, day, tz):
    return _at(rule, day).replace(tzinfo=tz).astimezone(dt.UTC)


# -- And back ------------------------------------------------------------------------------------


class _Text(NamedTuple):
    first: dt.datetime  # on the wall of the place, as all below
    recur: dict  # {"FREQ": "WEEKLY", …}
    added: tuple
    gone: tuple


def from_rfc5545(text: str, end: dt.date, tz: ZoneInfo, duration_min: int) -> Rule:
    """The rule that the lines DTSTART, RRULE, RDATE and EXDATE say, by the clock of the place, `tz`.

    What a rule of ours cannot say ("the last working day") becomes its dates up to the day `end`.
    Raises RuleError, also for what has no hour or comes at several.
    """
    said = _read(text, tz)
    if any(moment.time() != said.first.time() for moment in said.added):
        raise RuleError("Les dates en plus ne sont pas à la même heure.", "extra_dates")
    # Of another hour, an exception takes nothing away (RFC 5545, 3.8.5.1).
    gone = {moment.date() for moment in said.gone if moment.time() == said.first.time()}
    facts = {
        "starts_on": said.first.date(),
        "start_time": said.first.time(),
        "duration_min": duration_min,
        "extra_dates": tuple(sorted({moment.date() for moment in said.added} - gone)),
        "except_dates": tuple(sorted(gone)),
    }
    if not said.recur:
        return _dates(facts, [said.first.date()])
    return _of_recur(said, facts) or _dates(facts, _expanded(said, end))


def _of_recur(said, facts):
    """The rule of RRULE, or None when ours cannot say it."""
    recur = dict(said.recur)
    until, count = recur.pop("UNTIL", ""), recur.pop("COUNT", "")
    pattern = _pattern(recur, said.first)
    # COUNT counts what EXDATE takes away; a number of sessions of ours does not.
    is_uneven = count and (int(count) > MAX_COUNT or facts["except_dates"] or facts["extra_dates"])
    if pattern is None or is_uneven:
        return None
    if until:
        last = dt.datetime.fromisoformat(until)
        facts = facts | {"until": last.date() - dt.timedelta(days=last.time() < said.first.time())}
    rule = Rule(**facts, **pattern, count=int(count) if count else None)
    return _with_its_first(rule, said.first.date())


def _pattern(recur, first):
    """How often and on which days, as facts of a Rule; None when a Rule cannot say it."""
    frequency, interval = recur.pop("FREQ"), int(recur.pop("INTERVAL", "1"))
    if frequency == "YEARLY" and not recur:
        frequency, interval = "MONTHLY", interval * 12
    by_day, by_month_day = recur.pop("BYDAY", ""), recur.pop("BYMONTHDAY", "")
    position, week_start = recur.pop("BYSETPOS", ""), recur.pop("WKST", "MO")
    ranks, weekdays = _weekdays(by_day)
    if position:
        is_rank = len(weekdays) == 1 and ranks == {None} and re.fullmatch(r"[+-]?\d", position)
        ranks = {int(position)} if is_rank else {0}  # no day has the rank 0
    fits = (
        not recur
        and frequency in ("DAILY", "WEEKLY", "MONTHLY")
        and interval <= 52
        and (week_start == "MO" or frequency != "WEEKLY" or interval == 1)
        and by_month_day in ("", str(first.day) if frequency == "MONTHLY" and not by_day else "")
        and ranks <= ({*WEEKS_OF_MONTH} if frequency == "MONTHLY" else {None})
        and len(ranks) <= 1
    )
    if not fits:
        return None
    return {
        "frequency": Frequency(frequency),
        "interval": interval,
        "weekdays": weekdays or ((first.weekday(),) if frequency == "WEEKLY" else ()),
        "week_of_month": next(iter(ranks), None),
    }


def _with_its_first(rule, first):
    """DTSTART is an instance, whatever RRULE says of it (RFC 5545, 3.8.2.4)."""
    if rule.count or first in (*rule.except_dates, *days_of(rule, first)):
        return rule
    return replace(rule, extra_dates=tuple(sorted({first, *rule.extra_dates})))


def _dates(facts, days):
    days = sorted({*days, *facts["extra_dates"]} - set(facts["except_dates"]))
    if not days:
        raise RuleError("Aucune date ne reste.", "extra_dates")
    facts = facts | {"extra_dates": tuple(days[-MAX_DATES:]), "except_dates": (), "starts_on": days[0]}
    if len(days) == 1:
        return Rule(frequency=Frequency.ONCE, **(facts | {"extra_dates": ()}))
    return Rule(frequency=Frequency.DATES, **facts)


def _expanded(said, end):
    recur = ";".join(f"{name}={value}" for name, value in said.recur.items())
    last = dt.datetime.combine(end, dt.time.max)
    try:
        later = rrule.rrulestr(recur, dtstart=said.first).between(said.first, last)
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise RuleError("La répétition ne se lit pas.", "frequency") from error
    return [said.first.date(), *(moment.date() for moment in later)]


_LINE = re.compile(r"(DTSTART|RRULE|RDATE|EXDATE)((?:;[^:]*)?):(.*)", re.IGNORECASE)


def _read(text, tz):
    first, recur, moments = None, {}, {"RDATE": [], "EXDATE": []}
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _LINE.fullmatch(line)
        if not found:
            raise RuleError("La répétition ne se lit pas.", "frequency")
        name, value, zone = found[1].upper(), found[3].strip().upper(), _zone(found[2], tz)
        if name == "DTSTART":
            if "T" not in value:
                raise RuleError("L’heure de début manque.", "start_time")
            first = _on_wall(value, zone, tz)
        elif name == "RRULE":
            recur = _parts(value, zone, tz)
        else:
            # Of a period (RFC 5545, 3.3.9), the start.
            starts = (each.partition("/")[0] for each in value.split(",") if each)
            moments[name] += [_on_wall(start, zone, tz) for start in starts]
    if first is None:
        raise RuleError("La date de début manque.", "starts_on")
    return _Text(
        first, recur, *(tuple(_with_hour(each, first) for each in found) for found in moments.values())
    )


def _parts(value, zone, tz):
    parts = dict(part.partition("=")[::2] for part in value.split(";") if part)
    if parts.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise RuleError("La répétition ne se lit pas.", "frequency")
    for name in ("INTERVAL", "COUNT"):
        if not re.fullmatch(r"[1-9]\d{0,4}", parts.get(name, "1"), re.ASCII):
            raise RuleError("La répétition ne se lit pas.", "interval")
    if "UNTIL" in parts:
        last = _on_wall(parts["UNTIL"], zone, tz)
        if not isinstance(last, dt.datetime):
            last = dt.datetime.combine(last, dt.time(23, 59, 59))
        parts["UNTIL"] = f"{last:{_LOCAL}}"
    return parts


def _on_wall(value, zone, tz):
    """A moment as the clock of the place shows it; a day stays a day."""
    try:
        if "T" not in value:
            return dt.date.fromisoformat(value)
        moment = dt.datetime.fromisoformat(value)
        return (
            (moment if moment.tzinfo else moment.replace(tzinfo=zone))
            .astimezone(tz)
            .replace(tzinfo=None, fold=0)
        )
    except (ValueError, OverflowError) as error:
        raise RuleError(f"«\u00a0{value[:40]}\u00a0» n’est pas une date.", "starts_on") from error


def _with_hour(moment, first):
    """A day alone is taken at the hour of the others."""
    return moment if isinstance(moment, dt.datetime) else dt.datetime.combine(moment, first.time())


def _zone(parameters, tz):
    """The zone that TZID names; that of the place when there is none, or one that only its author knows."""
    found = re.search(r";TZID=\"?([^;\"]+)", parameters, re.IGNORECASE)
    try:
        return ZoneInfo(found[1]) if found else tz
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return tz


_BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


def _weekdays(by_day):
    """({ranks}, (weekdays)): "1MO,1TH" is ({1}, (0, 3)). The rank of a day without one is None."""
    found = [_BY_DAY.fullmatch(part) for part in by_day.split(",") if part]
    if not all(found):
        raise RuleError("Les jours de la répétition ne se lisent pas.", "weekdays")
    ranks = {int(each[1]) if each[1] else None for each in found}
    return ranks, tuple(sorted({WEEKDAY_CODES.index(each[2]) for each in found}))
