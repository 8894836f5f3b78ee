"""What one sends of a selection: a text message for each choice, one mail for all."""

from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from places.domain import hours, sms


def message_of_place(request, place):
    """The text message of a place: name, telephone, address, hours, page; what 160 characters hold."""
    return sms.shorten(_lines_of_place(request, place))


def message_of_occurrence(request, occurrence):
    return sms.shorten(_lines_of_occurrence(request, occurrence))


def mail_of(request, places, occurrences, url):
    """{text, link}: a mail to be addressed by whoever sends it."""
    blocks = [_lines_of_occurrence(request, occurrence) for occurrence in occurrences]
    blocks += [_lines_of_place(request, place) for place in places]
    parts = ["\n".join(filter(None, block)) for block in blocks]
    opening = _("Bonjour, voici où l’on peut vous aider.")
    text = "\n\n".join([opening, *parts, _("À retrouver ici\u00a0: %(url)s") % {"url": url}])
    subject = _("Des lieux pour vous aider")
    return {"text": text, "link": f"mailto:?subject={quote(subject)}&body={quote(text, safe='')}"}


def _lines_of_place(request, place):
    usual = hours.sentence(place.opening_hours) if place.opening_hours else ""
    url = request.build_absolute_uri(place.get_absolute_url())
    return [place.name, place.phone_display, place.address_line, usual, url]


def _lines_of_occurrence(request, occurrence):
    # A template: it knows how a day and an hour are said.
    written = render_to_string("places/includes/occurrence_message.txt", {"occurrence": occurrence})
    url = request.build_absolute_uri(occurrence.get_absolute_url())
    return [*filter(None, map(str.strip, written.splitlines())), url]
