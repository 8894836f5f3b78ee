"""Who works with whom in a territory, on which axis, and what is missing: to talk about, not to judge."""

import datetime as dt

from django.db.models import Sum
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from places.domain.french import DAYS
from places.domain.geo import distance_label
from places.domain.hours.halfdays import HALF_DAYS
from places.domain.text import slug
from places.models import Audience, Coverage, OrientationCount, Partnership, Place, UnmetNeed
from places.models.network import network_of, partners_of, places_of, with_what_links_see
from places.opendata.links import header, sentence_of, table_rows

from .downloads import table_file
from .territories import territory_of

MOST_PROPOSALS = 10
A_YEAR, THREE_MONTHS = dt.timedelta(days=365), dt.timedelta(days=91)


@require_safe
def links(request, kind, key):
    territory, today = territory_of(kind, key), timezone.localdate()
    network, places, partners = read(territory, today)
    coverages = list(Coverage.objects.filter(neighbourhood__in=territory.neighbourhoods).for_rows())
    return render(
        request,
        "places/links.html",
        {
            "territory": territory,
            "themes": network.themes.values(),
            "rows": [shown_row(row, network, places, partners) for row in network.matrix()],
            "proposals": [
                shown_proposal(proposal, places, partners)
                for proposal in network.best_proposals(MOST_PROPOSALS)
            ],
            "partner_count": len(partners),
            "lonely_themes": [network.themes[theme] for theme in network.themes_without_link()],
            "lonely_partners": [partners[side.key] for side in network.partners_without_link()],
            "out_of_reach": [row for row in coverages if not row.reach_count],
            "weeks": [(row, week_of(row)) for row in coverages if row.hours_known_count],
            "days": [today + dt.timedelta(days=n - today.weekday()) for n in range(6)],
            "audiences": missing_audiences(coverages),
            "unmet_needs": unmet_needs_of(territory, today),
            "slip_count": OrientationCount.objects.since(today - THREE_MONTHS)
            .filter(neighbourhood__in=territory.neighbourhoods)
            .total(),
            "stale": [place for place in places.values() if not is_confirmed_since(place, today - A_YEAR)],
        },
    )


@require_safe
def links_file(request, kind, key, extension):
    """The matrix as a table: a line for each place, a column for each axis."""
    territory, today = territory_of(kind, key), timezone.localdate()
    network, places, _partners = read(territory, today)
    relations = {pk: place.relation for pk, place in places.items()}
    rows = table_rows(network, relations)
    return table_file(extension, f"liens-{slug(territory.name)}", _("Liens"), header(network), rows)


def read(territory, today):
    """(network, {key: place}, {key: partner}); places in the order of the matrix, partners by name."""
    metres = {}
    if territory.is_one:
        metres = Place.objects.published().reachable_from(territory.neighbourhoods[0])
    here = {each.pk: each.name for each in territory.neighbourhoods}
    places = list(with_what_links_see(places_of(list(here), list(metres))))
    for place in places:
        place.relation_rank, place.relation = relation_of(place, here, metres)
    places.sort(key=lambda place: (place.relation_rank, place.folded_name, place.pk))
    partners = list(partners_of(territory.neighbourhoods, [place.pk for place in places]))
    network = network_of(places, partners, today=today)
    return network, {place.pk: place for place in places}, {partner.pk: partner for partner in partners}


def relation_of(place, here, metres):
    """(rank, words): inside, serving from elsewhere, or next door. The three are never mixed up."""
    if place.neighbourhood_id in here:
        return 0, here[place.neighbourhood_id] if len(here) > 1 else _("Dans le quartier")
    served = [each.name for each in place.serves.all() if each.pk in here]
    if served:
        names = {"names": ", ".join(served)}
        return 1, _("Dessert %(names)s") % names if len(here) > 1 else _("Dessert le quartier")
    return 2, _("À %(distance)s du quartier") % {"distance": distance_label(metres[place.pk])}


def shown_row(row, network, places, partners):
    """A line of the matrix with the rows of the database that its cells name."""
    return {
        "place": places[row.place.key],
        "cells": [shown_cell(cell, network, places, partners) for cell in row.cells],
    }


def shown_cell(cell, network, places, partners):
    return {
        "theme": network.themes[cell.theme],
        "status": cell.status,
        "links": [
            {
                "partner": partners[link.partner],
                "activity": Partnership.Activity(link.activity).label,
                "status": Partnership.Status(link.status),
                "review_on": link.review_on if link.is_overdue(network.today) else None,
            }
            for link in cell.links
        ],
        "proposals": [shown_proposal(proposal, places, partners) for proposal in cell.proposals],
    }


def shown_proposal(proposal, places, partners):
    return {
        "place": places[proposal.place.key],
        "partner": partners[proposal.partner.key],
        "sentence": sentence_of(proposal),
        "reasons": proposal.reasons,
        "score": proposal.score,
    }


def week_of(coverage):
    """[(part of the day, [True, False or None for each day])]: is something open? None: nobody expects it."""
    parts = {}
    for code in HALF_DAYS:
        day, part = code.split("-", maxsplit=1)
        parts.setdefault(part, dict.fromkeys(DAYS[:6]))[day] = code not in coverage.silent
    names = {"matin": _("Matin"), "apres-midi": _("Après-midi"), "soir": _("Soir")}
    return [(names[part], list(days.values())) for part, days in parts.items()]


def unmet_needs_of(territory, today):
    """[{service, moment, total}] of what professionals did not find here, the most wanted first."""
    counted = (
        UnmetNeed.objects.since(today - THREE_MONTHS)
        .filter(neighbourhood__in=territory.neighbourhoods)
        .order_by()
        .values("service__name", "half_day")
        .annotate(total=Sum("count"))
        .order_by("-total", "service__name")
    )
    moments = dict(UnmetNeed.HALF_DAYS[1:])
    return [
        {
            "service": row["service__name"],
            "moment": moments.get(row["half_day"], ""),
            "total": row["total"],
        }
        for row in counted
    ]


def is_confirmed_since(place, day):
    """Whether somebody said on the date `day` or later that the listing is right: here, or in the source."""
    verified_on = place.verified_at and timezone.localdate(place.verified_at)
    return any(known >= day for known in (verified_on, place.source_updated_on) if known)


def missing_audiences(coverages):
    """[(audience, neighbourhoods where no place within reach names it)], those that are missing somewhere."""
    if not coverages:
        return []
    missing = [
        (audience, [row for row in coverages if not row.reaches(f"audience:{audience.code}")])
        for audience in Audience.objects.all()
    ]
    return [(audience, rows) for audience, rows in missing if rows]
