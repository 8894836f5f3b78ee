"""The places, actors and links of a territory, read whole in a fixed number of queries."""

import datetime as dt
from collections import defaultdict

from django.contrib.gis.geos import Polygon
from django.db.models import Q

from places.domain.geo import bbox_around
from places.domain.limits import distance_to_limit_m
from places.domain.links import Link, Network, Side

from .offer import Offer
from .partner import Partner
from .partnership import Partnership
from .place import WALK_RADIUS_M, Place
from .publication import State
from .reference import Theme
from .workshop import Workshop


def places_of(neighbourhoods, next_to=()):
    """Published places that lie in one of `neighbourhoods` (keys), serve it, or have a key of `next_to`."""
    linked = Q(neighbourhood__in=neighbourhoods) | Q(serves__in=neighbourhoods) | Q(pk__in=next_to)
    return Place.objects.published().filter(pk__in=Place.objects.filter(linked).values("pk"))


def partners_of(neighbourhoods, places):
    """Published partners that act in one of `neighbourhoods`, or are linked to one of `places` (keys).

    Of one neighbourhood alone, those whose address is a quarter of an hour away at most too.
    """
    current = Partnership.objects.current().filter(place__in=places)
    linked = Q(neighbourhoods__in=neighbourhoods) | Q(partnerships__in=current)
    if len(neighbourhoods) == 1:
        linked |= Q(pk__in=_partners_next_to(neighbourhoods[0]))
    partners = Partner.objects.published().filter(pk__in=Partner.objects.filter(linked).values("pk"))
    return partners.select_related("commune", "source").prefetch_related(
        "themes", "audiences", "neighbourhoods"
    )


def _partners_next_to(neighbourhood):
    west, south, east, north = neighbourhood.area.extent
    far_west, far_south, _, _ = bbox_around(west, south, WALK_RADIUS_M)
    _, _, far_east, far_north = bbox_around(east, north, WALK_RADIUS_M)
    box = Polygon.from_bbox((far_west, far_south, far_east, far_north))
    rings = [ring for polygon in neighbourhood.area.coords for ring in polygon]
    area = neighbourhood.area.prepared
    return [
        pk
        for pk, point in Partner.objects.filter(location__within=box).values_list("pk", "location")
        if area.covers(point) or distance_to_limit_m(point.x, point.y, rings) <= WALK_RADIUS_M
    ]


def network_of(places, partners, *, today: dt.date) -> Network:
    """What binds the lists `places` and `partners` (their lists prefetched), as the domain sees it."""
    links = Partnership.objects.public().filter(place__in=[place.pk for place in places])
    rows = links.values_list("place_id", "partner_id", "theme__code", "status", "review_on", "activity")
    themes, audiences = _of_workshops(places, "themes"), _of_workshops(places, "audiences")
    given, sought = _offers_of(places, partners)
    return Network(
        places=[
            _place_side(
                place,
                themes[place.pk],
                audiences[place.pk],
                gives=given["place", place.pk],
                seeks=sought["place", place.pk],
            )
            for place in places
        ],
        partners=[
            _partner_side(partner, gives=given["partner", partner.pk], seeks=sought["partner", partner.pk])
            for partner in partners
        ],
        links=[Link(*row) for row in rows.order_by("partner__folded_name", "pk")],
        themes=dict(Theme.objects.values_list("code", "name")),
        today=today,
    )


def with_what_links_see(places):
    return places.select_related("neighbourhood", "commune").prefetch_related(
        "services__themes", "audiences", "serves"
    )


def _of_workshops(places, name):
    """{place: {code: name}} of what its published workshops are on or for."""
    found = defaultdict(dict)
    workshops = Workshop.objects.filter(state=State.PUBLISHED, place__in=[place.pk for place in places])
    rows = workshops.order_by(f"{name}__rank").values_list("place_id", f"{name}__code", f"{name}__name")
    for place, code, title in rows:
        if code:
            found[place][code] = title
    return found


def _offers_of(places, partners):
    """({("place" or "partner", key): {kind: its name}} of what each gives, the same of what each seeks)."""
    given, sought = defaultdict(dict), defaultdict(dict)
    owners = Q(place__in=[place.pk for place in places]) | Q(partner__in=[row.pk for row in partners])
    # "Another kind of help" that one seeks is not that which another gives.
    offers = Offer.objects.published().filter(owners).exclude(kind=Offer.Kind.OTHER)
    for place, partner, is_wanted, kind in offers.values_list("place_id", "partner_id", "is_wanted", "kind"):
        owner = ("place", place) if place else ("partner", partner)
        (sought if is_wanted else given)[owner][kind] = Offer.Kind(kind).label.lower()
    return given, sought


def _place_side(place, themes, audiences, **offers):
    own = sorted((t for service in place.services.all() for t in service.themes.all()), key=lambda t: t.rank)
    lying = [place.neighbourhood] if place.neighbourhood_id else []
    return Side(
        key=place.pk,
        name=place.name,
        position=place.location and place.location.coords,
        neighbourhoods={each.pk: each.name for each in [*lying, *place.serves.all()]},
        themes={theme.code: theme.name for theme in own} | themes,
        audiences={audience.code: audience.name for audience in place.audiences.all()} | audiences,
        **offers,
    )


def _partner_side(partner, **offers):
    return Side(
        key=partner.pk,
        name=partner.name,
        position=partner.location and partner.location.coords,
        neighbourhoods={each.pk: each.name for each in partner.neighbourhoods.all()},
        themes={theme.code: theme.name for theme in partner.themes.all()},
        audiences={audience.code: audience.name for audience in partner.audiences.all()},
        **offers,
    )
