"""Sessions that are not as the rule has them: moved or cancelled, by the file or by a person of the site."""

import datetime as dt

from places.domain import recurrence
from places.models import Occurrence

from .merge import merge

SCHEDULED, CANCELLED = Occurrence.Status.SCHEDULED.value, Occurrence.Status.CANCELLED.value


def told_of(said, tz, today, until, *, at):
    """{slot: [starts, ends, status, message]} of what is to come at `at`; moments are texts, in UTC."""
    told = {}
    if said.is_cancelled:
        for slot in recurrence.occurrences(said.rule, today, until, tz):
            told[_text(slot.starts_at)] = [_text(slot.starts_at), _text(slot.ends_at), CANCELLED, ""]
    for change in said.changes:
        slot, starts, ends = (_text(moment.replace(tzinfo=tz)) for moment in change[:3])
        if max(slot, starts) > _text(at):
            told[slot] = [starts, ends, CANCELLED if change.is_cancelled else SCHEDULED, change.message]
    return told


def merged(workshop, told, before, usual_min, *, at, overwrites):
    """A Merge of what the file tells now and told `before` with the sessions that stand here.

    What was told before and is no more is as the rule has it again, for `usual_min` minutes.
    """
    slots = told.keys() | {slot for slot in before if slot > _text(at)}
    usual = {
        slot: [slot, _text(_moment(slot) + dt.timedelta(minutes=usual_min)), SCHEDULED, ""] for slot in slots
    }
    here = dict(usual)
    if workshop.pk:
        touched = workshop.occurrences.filter(is_overridden=True, slot_starts_at__in=map(_moment, slots))
        for row in touched:
            state = [_text(row.starts_at), _text(row.ends_at), row.status, row.message]
            here[_text(row.slot_starts_at)] = state
    return merge(here, usual | before, usual | told, overwrites=overwrites)


def write(workshop, changes, *, reason):
    """Put `changes`, as `merged()` gives them, in the sessions of `workshop`."""
    rows = workshop.occurrences.filter(slot_starts_at__in=map(_moment, changes))
    rows = {_text(row.slot_starts_at): row for row in rows}
    for slot, (starts, ends, status, message) in changes.items():
        row = rows.get(slot) or Occurrence(workshop=workshop, slot_starts_at=_moment(slot))
        row.starts_at, row.ends_at, row.status, row.message = _moment(starts), _moment(ends), status, message
        # As the rule has it, it is the rule's again.
        row.is_overridden = starts != slot or status != SCHEDULED or bool(message)
        row._change_reason = reason[:100]
        row.save()


def _text(moment):
    return moment.astimezone(dt.UTC).isoformat(timespec="minutes")


def _moment(text):
    return dt.datetime.fromisoformat(text)
