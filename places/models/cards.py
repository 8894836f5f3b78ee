"""Places with all that a list of them shows, in three queries, whatever their number."""

import datetime as dt
from collections import defaultdict

from .closure import Closure
from .place import Place
from .prepared import Prepared, PreparedList
from .short_lists import CARD_LISTS, read_short_lists, remember

# No closure is of then.
DAY = dt.date(1000, 1, 1)

_rows = PreparedList(lambda pks: Place.objects.published().with_card_columns().filter(pk__in=pks))
_closures = PreparedList(
    lambda first, last, pks: Closure.objects.between(first, last).filter(place__in=pks),
    DAY,
    DAY + dt.timedelta(days=1),
)

_all_closures = Prepared(
    lambda first, last: Closure.objects.between(first, last), DAY, DAY + dt.timedelta(days=1)
)


def cards(pks, at):
    """Those of the places `pks` that are online, in this order, with what a card shows at the moment `at`."""
    places = card_rows(pks)
    read_closures(places, at)
    return places


def card_rows(pks):
    """The same without their closures, where those are known already."""
    by_pk = {place.pk: place for place in _rows(pks)}
    places = [by_pk[pk] for pk in pks if pk in by_pk]
    read_short_lists(places, CARD_LISTS)
    return places


def read_closures(places, at):
    """Fill `.closures` of each of `places` with those that count at the moment `at`, as if prefetched."""
    found = defaultdict(list)
    first, last = Closure.objects.days_around(at.date())
    for closure in _closures(first, last, [place.pk for place in places]):
        found[closure.place_id].append(closure)
    for place in places:
        remember(place, "closures", found[place.pk])


def closures_around(at):
    """The closures, of all places, that count at the moment `at`."""
    return _all_closures(*Closure.objects.days_around(at.date()))
