"""Near an address: the street of a query is asked for at the national service, the rest is read here.

When the service cannot be reached, the town, the postcode and the need are still understood.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from places import addresses
from places.addresses import Address
from places.domain.geo import Position, distance_m

from .streets import Street, street_in
from .understanding import Understanding, understand
from .vocabulary import Vocabulary

# An answer further from the town that was named is another street that is called the same.
SAME_TOWN_M = 20_000
# Below, the service itself is guessing.
LEAST_SCORE = 0.4
# Another address that is about as likely, and so far away that the results would be others.
SAME_SCORE = 0.1
ELSEWHERE_M = 2_000


class Outcome(StrEnum):
    FOUND = "FOUND"
    UNKNOWN = "UNKNOWN"  # the service knows no such street there
    UNREACHABLE = "UNREACHABLE"


@dataclass(frozen=True)
class Lookup:
    """What became of a street; `others` are addresses that it may mean as well."""

    outcome: Outcome
    street: Street
    address: Address | None = None
    others: tuple[Address, ...] = ()

    @property
    def typed(self) -> str:
        """The words that the address, or else the street, is made of."""
        if not self.address:
            return self.street.typed
        left = self.street.left_by(self.address.label).split()
        return " ".join(word for word in self.street.said if word not in left)


def understand_streets(
    query: str,
    vocabulary: Vocabulary,
    centre_of: Callable[[Understanding], Position | None],
    *,
    corrects: bool = True,
) -> tuple[Understanding, Lookup | None]:
    """What `query` means, and what became of the street that it names, if any.

    `centre_of` gives the centre of the town of an understanding; called only when there is a street.
    """
    if not query:
        return Understanding(), None
    street = street_in(query, vocabulary) if addresses.is_offered() else None
    if street is None:
        return understand(query, vocabulary, corrects=corrects), None
    rest = understand(street.rest, vocabulary, corrects=corrects)
    lookup = _look_up(street, centre_of(rest))
    if lookup.address:
        # With its town: "médiathèque" alone is a neighbourhood of Draguignan.
        left = f"{street.left_by(lookup.address.label)} {lookup.address.city}"
        return _without_town(understand(left, vocabulary, corrects=corrects)), lookup
    whole = rest if rest.where or rest.postcode else understand(query, vocabulary, corrects=corrects)
    return whole, lookup


def _without_town(understood):
    """`understood` without a town: the address says where."""
    where = understood.where
    corrected = [pair for pair in understood.corrected if not where or pair[0] != where.typed]
    return replace(understood, where=None, postcode="", corrected=corrected)


def _look_up(street, centre):
    try:
        found = addresses.find(street.text, near=centre)
    except addresses.Unreachable:
        return Lookup(Outcome.UNREACHABLE, street)
    fitting = [address for address in found if _fits(address, street, centre)]
    if not fitting:
        return Lookup(Outcome.UNKNOWN, street)
    best = fitting[0]
    others = [
        address
        for address in fitting[1:]
        if best.score - address.score <= SAME_SCORE
        and distance_m(*best.position, *address.position) > ELSEWHERE_M
    ]
    return Lookup(Outcome.FOUND, street, best, tuple(others))


def _fits(address, street, centre):
    """Whether `address` is the street, in the town that was named if one was."""
    if address.score < LEAST_SCORE or not street.is_called(address.label):
        return False
    if centre is None:
        return street.is_in_town_of(address.label)
    is_near = distance_m(*centre, *address.position) <= SAME_TOWN_M
    return is_near or street.is_in_town_of(address.label)
