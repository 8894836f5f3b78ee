"""Links in words: why two could be brought together, and the matrix to take away, a line for each place."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from places.domain.french import NBSP, date_name, join
from places.domain.geo import distance_label
from places.domain.links import Cell, Network, Proposal, Reason, Why
from places.models import Partnership


def sentence_of(proposal: Proposal) -> str:
    """ "Même quartier : Bellevue ; à 400 m l’un de l’autre ; tous deux accueillent : jeunes."."""
    told = f"{NBSP}; ".join(map(reason_told, proposal.reasons))
    return f"{told[0].upper()}{told[1:]}."


def reason_told(reason: Reason) -> str:
    is_one, told = len(reason.names) == 1, {"names": _listed(reason.names)}
    match reason.why:
        case Why.SAME_NEIGHBOURHOOD if is_one:
            return _("même quartier\u00a0: %(names)s") % told
        case Why.SAME_NEIGHBOURHOOD:
            return _("mêmes quartiers\u00a0: %(names)s") % told
        case Why.DISTANCE:
            return _("à %(distance)s l’un de l’autre") % {"distance": distance_label(reason.metres)}
        case Why.SAME_AXIS if is_one:
            return _("tous deux sur l’axe %(names)s") % {"names": _quoted(reason.names)}
        case Why.SAME_AXIS:
            return _("tous deux sur les axes %(names)s") % {"names": _quoted(reason.names)}
        case Why.ALSO_SAME_AXIS:
            return _("aussi tous deux sur %(names)s") % {"names": _quoted(reason.names)}
        case Why.SAME_AUDIENCE:
            return _("tous deux accueillent\u00a0: %(names)s") % {"names": told["names"].lower()}
        case Why.GIVES_WHAT_IS_SOUGHT:
            told |= {"seeker": reason.seeker, "giver": reason.giver}
            return _("%(seeker)s cherche ce que propose %(giver)s\u00a0: %(names)s") % told


def _quoted(names):
    return _listed([f"«{NBSP}{name}{NBSP}»" for name in names])


def _listed(names):
    """ "a, b et c"; of the other languages only the comma is known."""
    return join(names) if get_language() == settings.LANGUAGE_CODE else ", ".join(names)


def header(network: Network) -> list[str]:
    return [_("Lieu"), _("Situation"), *network.themes.values()]


def table_rows(network: Network, relations: Mapping[int, str]) -> Iterable[list[str]]:
    """`relations` says of each place how it stands to the territory: inside, serving it, next to it."""
    names = {side.key: side.name for side in network.partners}
    for row in network.matrix():
        cells = (_told(cell, names, network.today) for cell in row.cells)
        yield [row.place.name, relations[row.place.key], *cells]


def _told(cell: Cell, names, today):
    """ "Actif : Centre social (Atelier en commun)", or who could be brought together."""
    if cell.links:
        return "\n".join(_link(link, names, today) for link in cell.links)
    lines = [_("Pas encore de lien")]
    for proposal in cell.proposals:
        told = {"partner": proposal.partner.name, "why": sentence_of(proposal)}
        lines.append(_("À rapprocher\u00a0: %(partner)s. %(why)s") % told)
    return "\n".join(lines)


def _link(link, names, today):
    told = _("%(status)s\u00a0: %(partner)s (%(activity)s)") % {
        "status": Partnership.Status(link.status).label,
        "partner": names[link.partner],
        "activity": Partnership.Activity(link.activity).label,
    }
    if link.is_overdue(today):
        told += _(", à revoir depuis le %(date)s") % {"date": date_name(link.review_on)}
    return told
