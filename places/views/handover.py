"""What one sends of a selection: a text message for each choice, one mail for all."""

from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from places.domain import hours, sms


def message_of_place(request, place):
    """The text message of a place: name, telephone, address, hours, page; what 160 characters hold."""
    url = _url_of(request, place)
    with _language_of_messages():
        return sms.shorten([*_lines_of_place(place), url])


def message_of_occurrence(request, occurrence):
    url = _url_of(request, occurrence)
    with _language_of_messages():
        return sms.shorten([*_lines_of_occurrence(occurrence), url])


def _language_of_messages():
    code = get_language()
    return override(settings.LANGUAGE_CODE if code in sms.LANGUAGES_OUTSIDE else code)


def mail_of(request, places, occurrences, url):
    """{text, link}: a mail to be addressed by whoever sends it."""
    blocks = [[*_lines_of_occurrence(row), _url_of(request, row)] for row in occurrences]
    blocks += [[*_lines_of_place(place), _url_of(request, place)] for place in places]
    parts = ["\n".join(filter(None, block)) for block in blocks]
    opening = _("Bonjour, voici où l’on peut vous aider.")
    text = "\n\n".join([opening, *parts, _("À retrouver ici\u00a0: %(url)s") % {"url": url}])
    subject = _("Des lieux pour vous aider")
    return {"text": text, "link": f"mailto:?subject={quote(subject)}&body={quote(text, safe='')}"}


def _lines_of_place(place):
    usual = hours.sentence(place.opening_hours) if place.opening_hours else ""
    return [place.name, place.phone_display, place.address_line, usual]


def _lines_of_occurrence(occurrence):
    # A template: it knows how a day and an hour are said.
    written = render_to_string("places/includes/occurrence_message.txt", {"occurrence": occurrence})
    return list(filter(None, map(str.strip, written.splitlines())))


def _url_of(request, row):
    return request.build_absolute_uri(row.get_absolute_url())
