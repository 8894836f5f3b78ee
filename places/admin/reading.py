"""Hours and days as people say them: what the site understood is always shown back as a sentence."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from places.domain import hours
from places.domain.recurrence import RuleError, date_name, hour_name, sentence
from places.models import State


@dataclass(frozen=True)
class Reading:
    """`value` is what will be kept ("" when nothing was understood), `note` what the person should know."""

    value: str = ""
    sentence: str = ""
    note: str = ""
    is_refused: bool = False


def read_hours(text):
    """What is understood of `text`: hours in the OpenStreetMap syntax, or nearly so: "Lu-Ve 9h-12h"."""
    text = text.strip()
    if not text:
        return Reading()
    value, note = hours.mend(text)
    if value is None:
        return Reading(note=note, is_refused=True)
    if value != text:
        note = _("Enregistré sous la forme : %(hours)s") % {"hours": value}
    return Reading(value, hours.sentence(value), note or "")


def day_and_hours(start, end):
    """ "mardi 6 janvier 2026, 14 h – 16 h", from two local moments."""
    return _("%(weekday)s %(day)s, %(start)s – %(end)s") % {
        "weekday": date_format(start, "l"),
        "day": date_name(start.date()),
        "start": hour_name(start.time()),
        "end": hour_name(end.time()),
    }


def rule_in_words(workshop):
    """ "Tous les mardis de 14 h à 16 h, du…", or why the rule makes no sense."""
    try:
        return capfirst(sentence(workshop.rule))
    except RuleError as error:
        return str(error)


STATE_LOOKS = {State.PUBLISHED: "good", State.PENDING: "waiting"}


def state_mark(listing):
    """How far a place or a workshop is from being public, as a word on a colour."""
    look = STATE_LOOKS.get(listing.state, "quiet")
    return format_html('<span class="state state--{}">{}</span>', look, listing.get_state_display())
