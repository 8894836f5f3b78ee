"""Writing the occurrences that follow from the rules of workshops, many workshops at once."""

import datetime as dt
from itertools import groupby
from typing import NamedTuple

from django.db.models.functions import Now

from places.domain.recurrence import RuleError

from .occurrence import REVISED, Occurrence
from .place import batched
from .publication import State
from .school_holiday import SchoolHoliday

# Rows in one statement.
BATCH = 500


class Scheduled(NamedTuple):
    workshop_count: int = 0  # those whose rule could be read
    ahead_count: int = 0  # their occurrences from the first day on, touched by a person or not
    faults: tuple = ()  # (workshop, RuleError) of the others: their occurrences stay as they are

    def and_then(self, other):
        return Scheduled(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def write_occurrences(workshops, until, *, since, at=None):
    """Make the occurrences of `workshops`, from the date `since` to the date `until`, what their rules give.

    Those that a person has touched stay, and so do past ones: those of days before `since` and, when the
    aware moment `at` is told, those that have begun by then. The caller holds a transaction, and the rows of
    the workshops, so that two schedulers take turns.
    """
    slots, readable, faults = {}, [], []
    school_holidays = SchoolHoliday.objects.by_zone()
    for workshop in workshops:
        try:
            # A workshop that is not online has no dates to come.
            found = workshop.slots(since, until, school_holidays) if workshop.state == State.PUBLISHED else []
        except RuleError as error:
            faults.append((workshop, error))
            continue
        readable.append(workshop)
        slots |= {(workshop.pk, _utc(slot.starts_at)): slot for slot in found}
    rows = {(row.workshop_id, row.slot_starts_at): row for row in _rows_ahead(readable, since)}
    # What has been held today by a former rule is not held a second time by the new one.
    begun = {row.workshop_id for row in rows.values() if _has_begun(row, at)}
    free = {key: row for key, row in rows.items() if not row.is_overridden and not _has_begun(row, at)}
    gone = [row.pk for key, row in free.items() if key not in slots]
    new = [
        Occurrence(
            workshop_id=pk, slot_starts_at=slot.starts_at, starts_at=slot.starts_at, ends_at=slot.ends_at
        )
        for (pk, starts_at), slot in slots.items()
        if (pk, starts_at) not in rows and not (pk in begun and slot.ends_at <= at)
    ]
    for pks in batched(gone, BATCH):
        Occurrence.objects.filter(pk__in=pks).delete()
    Occurrence.objects.bulk_create(new, batch_size=BATCH)
    _set_ends({key: row for key, row in free.items() if key in slots}, slots)
    return Scheduled(len(readable), len(rows) - len(gone) + len(new), tuple(faults))


def _has_begun(row, at):
    return at is not None and row.slot_starts_at <= at


def _set_ends(rows, slots):
    """A workshop that lasts longer or less long than it did ends at another hour."""
    changed = [row for key, row in rows.items() if row.ends_at != slots[key].ends_at]
    for row in changed:
        row.ends_at = slots[row.workshop_id, row.slot_starts_at].ends_at
        row.revise(Now())
    Occurrence.objects.bulk_update(changed, ["ends_at", *REVISED], batch_size=BATCH)


def _rows_ahead(workshops, since):
    """The occurrences of `workshops` that the rule gave for the date `since`, where they are, or later."""

    def zone(workshop):
        return workshop.place.timezone.key

    for _key, group in groupby(sorted(workshops, key=zone), key=zone):
        together = list(group)
        midnight = dt.datetime.combine(since, dt.time.min, tzinfo=together[0].place.timezone)
        yield from Occurrence.objects.filter(workshop__in=together, slot_starts_at__gte=midnight).only(
            "workshop_id", "slot_starts_at", "ends_at", "is_overridden", "sequence"
        )


def _utc(moment):
    # Two zones never agree on an hour that comes twice; UTC has none.
    return moment.astimezone(dt.UTC)
