"""The matrix of links to take away: a line for each place, a column for each axis, all in words."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from places.domain.french import date_name
from places.domain.links import Cell, Network
from places.models import Partnership


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
        told = {"partner": proposal.partner.name, "why": proposal.sentence}
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
