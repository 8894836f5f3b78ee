"""Three sides of a field: what the source said last time, what it says now, and what stands here."""

from typing import NamedTuple


class Merge(NamedTuple):
    changes: dict  # field -> value to store
    conflicts: dict  # field -> value of the source that was left out


def merge(here: dict, said_before: dict, says_now: dict, *, overwrites: bool = False) -> Merge:
    """What to store of `says_now`. All values are plain JSON values, compared as such.

    A field that still holds what the source said follows the source. One that differs was edited by
    a person: it stays, and is a conflict, unless `overwrites`. A field that is empty and never came
    from the source is filled.
    """
    changes, conflicts = {}, {}
    for field, value in says_now.items():
        if value == here[field]:
            continue
        is_untouched = here[field] == said_before[field] if field in said_before else is_empty(here[field])
        if is_untouched or overwrites:
            changes[field] = value
        else:
            conflicts[field] = value
    return Merge(changes, conflicts)


def is_empty(value) -> bool:
    return value in (None, "", [])
