"""What a selection names, as far as it is still there."""

from places.models import Occurrence, cards

from .cards import with_facts_of_now


def cards_of(selection, at):
    return with_facts_of_now(cards(selection.places, at), at)


def occurrences_of(selection, at):
    rows = Occurrence.objects.upcoming(at=at).filter(pk__in=selection.occurrences)
    return list(rows.for_rows())


def in_order(rows, keys):
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]
