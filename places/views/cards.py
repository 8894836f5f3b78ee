"""What several pages show of a list of places."""

from django.urls import reverse

from places.domain.geo import walk_min

# Three quarters of an hour: beyond, minutes on foot help nobody.
LONGEST_WALK_M = 3_000
# Of all that a place helps with, what a card tells.
HELP = 3


def with_facts_of_now(places, at, metres=None, wanted=()):
    """The list `places`, each with `.status` at the moment `at`, `.distance_m` and `.walk_min` (or None), and
    `.help`: [(service, whether its key is among `wanted`)], the wanted ones first.

    `metres` gives distances by pk; without it the `.distance` of `near()` counts.
    """
    places = list(places)
    for place in places:
        place.status = place.status_at(at)
        place.distance_m = _metres(place, metres or {})
        is_walk = place.distance_m is not None and place.distance_m <= LONGEST_WALK_M
        place.walk_min = walk_min(place.distance_m) if is_walk else None
        told = ((service, service.pk in wanted) for service in place.lists["services"])
        place.help = sorted(told, key=lambda pair: not pair[1])[:HELP]
    return places


def _metres(place, metres):
    distance = getattr(place, "distance", None)
    return distance.m if distance is not None else metres.get(place.pk)


def map_of(points_url=None, bounds=None, center=None, outline=None, search_url="", spots=(), page="place"):
    """What the map of a page is started with; positions are lon, lat.

    `points_url` is the query string of the places to show, `search_url` the search to which the map adds
    the circle that it shows. `spots` are points that the page knows already, (key, lon, lat, name, slug, 0),
    and `page` is the name of the page that a point leads to.
    """
    return {
        "points_url": points_url,
        "search_url": search_url,
        "background_url": reverse("map-background"),
        "communes_url": reverse("map-communes"),
        "neighbourhoods_url": reverse("map-neighbourhoods"),
        "bounds": bounds,
        "center": center,
        "outline": outline,
        "spots": spots,
        "page": page,
    }
