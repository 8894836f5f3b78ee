"""Opening hours as a person writes them, and what the site understood: always shown back as a sentence."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from places.domain import hours


@dataclass(frozen=True)
class Reading:
    """`value` is what will be kept ("" when nothing was understood), `note` what the person should know."""

    value: str = ""
    sentence: str = ""
    note: str = ""
    is_refused: bool = False


def read_hours(text):
    """What is understood of `text`: hours in the OpenStreetMap syntax, or close to it as in "Lu-Ve 9h-12h"."""
    text = text.strip()
    if not text:
        return Reading()
    value, note = hours.mend(text)
    if value is None:
        return Reading(note=note, is_refused=True)
    if value != text:
        note = _("Enregistré sous la forme : %(hours)s") % {"hours": value}
    return Reading(value, hours.sentence(value), note or "")
