"""Words and signs that only the page of a place shows."""

import orjson
from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from places.domain import sms

register = template.Library()

# What each way in really asks of a visitor: list F of the national standard.
ACCESS_SENTENCES = {
    "se-presenter": _("Sans rendez-vous : venez aux heures d’ouverture."),
    "telephoner": _("Par téléphone : appelez le lieu."),
    "contacter-par-mail": _("Par courriel : écrivez au lieu."),
    "prendre-un-rdv-en-ligne": _("Sur rendez-vous, à prendre en ligne."),
    "envoyer-un-mail-avec-une-fiche-de-prescription": _(
        "Par un professionnel qui vous suit : il écrit au lieu pour vous."
    ),
    "ce-lieu-n-accueille-pas-de-public": _("Ce lieu n’accueille pas de public."),
}

SERVICE_ICONS = {
    "aide-aux-demarches-administratives": "write",
    "maitrise-des-outils-numeriques-du-quotidien": "devices",
    "insertion-professionnelle-via-le-numerique": "work",
    "acces-internet-et-materiel-informatique": "print",
    "utilisation-securisee-du-numerique": "shield",
    "parentalite-et-education-avec-le-numerique": "child",
    "loisirs-et-creations-numeriques": "group",
    "comprehension-du-monde-numerique": "education",
    "acquisition-de-materiel-informatique-a-prix-solidaire": "euro",
}

# So that no value ends the script element or opens a comment in it.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def access_sentence(mode):
    return ACCESS_SENTENCES.get(mode.code, mode.name)


@register.filter
def service_icon(service):
    return SERVICE_ICONS.get(service.code, "check")


@register.simple_tag
def json_ld(data):
    """A block of data for search engines; browsers do not run it."""
    written = orjson.dumps(data).decode().translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(written))


@register.simple_tag
def sms_marks():
    """` lang="fr" dir="ltr"` where messages are in French on a page in another language."""
    return mark_safe(' lang="fr" dir="ltr"') if get_language() in sms.LANGUAGES_OUTSIDE else ""


@register.filter
def sms_link(text):
    """The address that opens the messages of a telephone with `text` written."""
    return sms.link(text)
