"""Words and signs of the screen: icons, distances, dates and hours as people say them."""

import datetime as dt
from functools import cache
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi, pgettext
from django.utils.translation import gettext as _

from places.domain.french import NBSP, hour_name
from places.domain.geo import distance_label
from places.domain.hours import State
from places.domain.identifiers import phone_display

register = template.Library()

# How a date is written where day, month and year do not just follow one another ("E": the month of a day).
DATE_FORMATS = {
    "es": {"l j F": r"l j \d\e F", "j F": r"j \d\e F", "j F Y": r"j \d\e F \d\e Y", "F Y": r"F \d\e Y"},
    "pt": {"l j F": r"l, j \d\e F", "j F": r"j \d\e F", "j F Y": r"j \d\e F \d\e Y", "F Y": r"F \d\e Y"},
    "uk": {"l j F": "l, j E", "j F": "j E", "j F Y": "j E Y"},
}
# Django begins days and months with a capital in these too, which only a sentence does.
SMALL_LETTERS = {"pt", "uk"}

# Pictograms of a direction: they turn with the sense of reading.
DIRECTIONS = {"next", "back"}


@register.simple_tag
@cache  # a page shows a hundred of them, and there are fifty
def icon(name):
    """The pictogram `name` of static/img/icons.svg; silent, the words beside it say it."""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true"><use href="{}#{}"/></svg>',
        " icon--way" if name in DIRECTIONS else "",
        static("img/icons.svg"),
        name,
    )


class PerLanguage(template.Node):
    def __init__(self, nodes):
        self.nodes, self.written = nodes, {}

    def render(self, context):
        code = get_language()
        if code not in self.written:
            # Without the context: what a page or a visitor changes would be shown to all that come after.
            self.written[code] = self.nodes.render(context.new({}))
        return self.written[code]


@register.tag
def per_language(parser, token):
    """{% per_language %}…{% endper_language %}: what only the language changes, written once for each."""
    nodes = parser.parse(["endper_language"])
    parser.delete_first_token()
    return PerLanguage(nodes)


@register.simple_tag(takes_context=True)
def current(context, *names):
    """` aria-current` for the link to the page that is shown, or to the section that it belongs to."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None or match.url_name not in names:
        return ""
    return mark_safe(' aria-current="page"' if match.url_name == names[0] else ' aria-current="true"')


@register.simple_tag
def french():
    """` lang="fr" dir="ltr"` for words of a listing, which stay French on a page in another language."""
    return "" if get_language() == "fr" else mark_safe(' lang="fr" dir="ltr"')


@register.simple_tag
def ticks(facet, form_id):
    """The boxes of a filter ({field, options}) with how many places each leaves, for the form `form_id`.

    Fifty of them, node by node, took a template a quarter of the time of a page of results.
    """
    return format_html_join(
        "",
        '<label class="tick"><input type="checkbox" form="{form}" id="f-{field}-{code}" name="{field}"'
        ' value="{code}"{checked}> <span>{name}</span> <span class="tick__count">{count}</span></label>',
        (
            option
            | {
                "form": form_id,
                "field": facet["field"],
                "checked": mark_safe(" checked") if option["selected"] else "",
            }
            for option in facet["options"]
        ),
    )


@register.filter
def distance(metres):
    label = distance_label(metres)
    # Its unit is in Latin letters, which would else come before the number.
    return f"\u2066{label}\u2069" if get_language_bidi() else label


@register.filter
def phone(number):
    return phone_display(number)


@register.filter
def day(value):
    """ "mardi 3 décembre", "dimanche 1er mars"."""
    return _first_of_month(_date(value, "l j F"), value)


@register.filter
def full_day(value):
    """ "3 décembre 2026"."""
    return _first_of_month(_date(value, "j F Y"), value)


@register.filter
def month(value):
    """ "décembre 2026"."""
    return _date(value, "F Y")


@register.filter
def month_number(value):
    """ "09", as in the address of a month."""
    return f"{value:%m}"


@register.filter
def year(value):
    return value.year


@register.filter
def weekday_short(value):
    return _date(value, "D")


@register.filter
def day_number(value):
    return value.day


@register.filter
def month_short(value):
    return _date(value, "b")


@register.filter
def iso(value):
    return value.isoformat()


@register.filter
def hour(value):
    """ "9 h", "9 h 30", "minuit", as on the door of a shop: of a time or of a moment."""
    time = dt.time(value.hour, value.minute)
    if get_language() == "fr":
        return hour_name(time)
    return time_format(time, "TIME_FORMAT").replace(" ", NBSP)  # before "p.m."


@register.filter
def time_span(start, end):
    """ "9 h – 12 h 30"; the day of the end is said when it is another one."""
    if start.date() != end.date():
        return _("du %(start)s à %(from)s au %(end)s à %(to)s") % {
            "start": day(start),
            "from": hour(start),
            "end": day(end),
            "to": hour(end),
        }
    return _("%(from)s – %(to)s") % {"from": hour(start), "to": hour(end)}


@register.filter
def opening_span(span):
    """ "9 h – 12 h 30", a Span of hours.week()."""
    return _("%(from)s – %(to)s") % {"from": hour(span.opens), "to": hour(span.closes)}


@register.filter
def status_phrase(status):
    """ "Ouvert, ferme à 18 h", "Fermé, ouvre demain à 9 h": a Status of hours.status()."""
    if status.state is State.OPEN:
        if status.closes_at is None:
            return _("Ouvert")
        return _("Ouvert, ferme %(when)s") % {"when": _moment(status.closes_at, status.at)}
    if status.state is State.CLOSED:
        if status.opens_at is None:
            return _("Fermé en ce moment")
        return _("Fermé, ouvre %(when)s") % {"when": _moment(status.opens_at, status.at)}
    return _("Horaires à confirmer") if status.reason else _("Horaires non connus")


def _moment(moment, at):
    """ "à 9 h", "demain à 9 h", "lundi à 9 h", "le 3 décembre", seen from `at`."""
    days = (moment.date() - at.date()).days
    if days == 0 or (days == 1 and moment.hour == moment.minute == 0):
        return _("à %(hour)s") % {"hour": hour(moment)}
    if days == 1:
        return _("demain à %(hour)s") % {"hour": hour(moment)}
    if days < 7:
        return _("%(day)s à %(hour)s") % {"day": _date(moment, "l"), "hour": hour(moment)}
    return _("le %(date)s") % {"date": _first_of_month(_date(moment, "j F"), moment)}


def _date(value, form):
    code = get_language()
    text = date_format(value, DATE_FORMATS.get(code, {}).get(form, form))
    return text.lower() if code in SMALL_LETTERS else text


def _first_of_month(text, value):
    if get_language() != "fr":
        return text
    first = pgettext("premier jour du mois", "1er")
    return text.replace("1 ", f"{first} ", 1) if value.day == 1 else text


@register.filter
def weekday(value):
    return _date(value, "l")


@register.filter
def thousands(number):
    """12345 as "12 345"."""
    return f"{number:,}".replace(",", NBSP)


@register.simple_tag
def address_service():
    """The host of the address service that the search asks, "" when it asks none."""
    return urlsplit(settings.ADDRESS_URL).hostname or ""


@register.simple_tag
def tile_url():
    return settings.TILE_URL


@register.simple_tag
def tile_attribution():
    return settings.TILE_ATTRIBUTION


AXIS_ICONS = {
    "emploi": "work",
    "education": "education",
    "isolement": "people",
    "vie-de-quartier": "neighbourhood",
    "centre-de-ressources": "resource",
}


@register.filter
def axis_icon(code):
    return AXIS_ICONS.get(code, "info")
