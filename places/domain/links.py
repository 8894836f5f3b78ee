"""Links between places and the actors of a neighbourhood: which there are, and which could be made.

Nothing here ranks places or judges anybody: a proposal is a reason to call one another, and each of its
points is told in a sentence (places/opendata/links.py).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from typing import NamedTuple

from .geo import distance_m

NEAR_M = 1_000  # a quarter of an hour on foot
NEXT_DOOR_M = 500
MOST_PROPOSALS = 3

# How much each reason weighs; the page tells it (templates/places/includes/links_method.html).
SAME_NEIGHBOURHOOD, NEXT_DOOR, NEAR = 3, 2, 1
SAME_AXIS, OTHER_AXIS, SAME_AUDIENCE, GIVES_WHAT_IS_SOUGHT = 3, 1, 2, 3

ACTIVE, STARTING, WISHED = "ACTIVE", "STARTING", "WISHED"
_STATUSES = (ACTIVE, STARTING, WISHED)


@dataclass(frozen=True)
class Side:
    """A place or a partner as links see it: what it shares is held by code, with the name to say.

    `key` names the row; `neighbourhoods` are those where it lies or acts; `gives` and `seeks` are offers.
    """

    key: int
    name: str
    position: tuple[float, float] | None = None
    neighbourhoods: Mapping[object, str] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    audiences: Mapping[str, str] = field(default_factory=dict)
    gives: Mapping[str, str] = field(default_factory=dict)
    seeks: Mapping[str, str] = field(default_factory=dict)


class Link(NamedTuple):
    place: int
    partner: int
    theme: str
    status: str
    review_on: dt.date | None = None
    activity: str = ""

    def is_overdue(self, today: dt.date) -> bool:
        return self.review_on is not None and self.review_on <= today


class Why(Enum):
    SAME_NEIGHBOURHOOD = auto()
    DISTANCE = auto()
    SAME_AXIS = auto()
    ALSO_SAME_AXIS = auto()
    SAME_AUDIENCE = auto()
    GIVES_WHAT_IS_SOUGHT = auto()


class Reason(NamedTuple):
    """`names`: what the two share; `seeker` and `giver` are told of an offer, `metres` of a distance."""

    why: Why
    points: int
    names: tuple[str, ...] = ()
    metres: float = 0
    seeker: str = ""
    giver: str = ""


class Proposal(NamedTuple):
    """Two who could be brought together, on an axis or in general (theme ""), and why."""

    place: Side
    partner: Side
    theme: str
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        return sum(reason.points for reason in self.reasons)


class Cell(NamedTuple):
    """A place and an axis: its links, the furthest of their states ("" for none), and who could join."""

    theme: str
    status: str
    links: tuple[Link, ...]
    is_overdue: bool
    proposals: tuple[Proposal, ...]


class Row(NamedTuple):
    place: Side
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Network:
    """The places, the actors and the links of a territory, and what can be said of them together.

    `links` are those that have not ended; links with somebody outside count as having a link.
    """

    places: Sequence[Side]
    partners: Sequence[Side]
    links: Sequence[Link]
    themes: Mapping[str, str]
    today: dt.date

    def matrix(self) -> list[Row]:
        """One row for each place in the order given, one cell for each axis."""
        links = defaultdict(list)
        for link in self.links:
            links[link.place, link.theme].append(link)
        return [
            Row(place, tuple(self._cell(place, theme, links[place.key, theme]) for theme in self.themes))
            for place in self.places
        ]

    def _cell(self, place, theme, links):
        status = min((link.status for link in links), key=_STATUSES.index, default="")
        return Cell(
            theme=theme,
            status=status,
            links=tuple(links),
            is_overdue=any(link.is_overdue(self.today) for link in links),
            proposals=() if links else tuple(self.proposals(place, theme)[:MOST_PROPOSALS]),
        )

    def proposals(self, place: Side, theme: str = "") -> list[Proposal]:
        """Partners without link to `place` that could be brought together with it, the strongest first."""
        linked = self._partners_of[place.key]
        found = [propose(place, partner, theme) for partner in self.partners if partner.key not in linked]
        return _strongest_first(proposal for proposal in found if proposal)

    def best_proposals(self, most: int) -> list[Proposal]:
        """The strongest of all, each place and each partner twice at most: nobody is sent ten calls."""
        best, taken = [], defaultdict(int)
        for proposal in _strongest_first(p for place in self.places for p in self.proposals(place)):
            ends = ("place", proposal.place.key), ("partner", proposal.partner.key)
            if all(taken[end] < 2 for end in ends) and len(best) < most:
                best.append(proposal)
                for end in ends:
                    taken[end] += 1
        return best

    def themes_without_link(self) -> list[str]:
        """Axes on which no place here has a link."""
        here, linked = self._keys(), {(link.place, link.theme) for link in self.links}
        return [theme for theme in self.themes if not any((place, theme) in linked for place in here)]

    def partners_without_link(self) -> list[Side]:
        """Actors of the territory that no place here works with."""
        here = self._keys()
        linked = {link.partner for link in self.links if link.place in here}
        return [partner for partner in self.partners if partner.key not in linked]

    def _keys(self):
        return {place.key for place in self.places}

    @cached_property
    def _partners_of(self):
        partners = defaultdict(set)
        for link in self.links:
            partners[link.place].add(link.partner)
        return partners


def propose(place: Side, partner: Side, theme: str = "") -> Proposal | None:
    """Why these two could be brought together, on the axis `theme` or on any; None when nothing says so.

    They have to share ground (a neighbourhood, or a quarter of an hour on foot) and something to do: an
    axis, an audience, or what one seeks and the other gives. On an axis, the partner has to be on it.
    """
    if theme and theme not in partner.themes:
        return None
    ground, purpose = _ground(place, partner), _purpose(place, partner, theme)
    if not ground or not purpose:
        return None
    return Proposal(place, partner, theme, (*ground, *purpose))


def _ground(place, partner):
    reasons = []
    if shared := _shared(place.neighbourhoods, partner.neighbourhoods):
        reasons.append(Reason(Why.SAME_NEIGHBOURHOOD, SAME_NEIGHBOURHOOD, shared))
    if place.position and partner.position:
        metres = distance_m(*place.position, *partner.position)
        if metres <= NEAR_M:
            points = NEXT_DOOR if metres <= NEXT_DOOR_M else NEAR
            reasons.append(Reason(Why.DISTANCE, points, metres=metres))
    return reasons


def _purpose(place, partner, theme):
    reasons = []
    shared = {code: name for code, name in place.themes.items() if code in partner.themes}
    if theme in shared:
        reasons.append(Reason(Why.SAME_AXIS, SAME_AXIS, (shared.pop(theme),)))
    if shared:
        why, points = (Why.ALSO_SAME_AXIS, OTHER_AXIS) if theme else (Why.SAME_AXIS, SAME_AXIS)
        reasons.append(Reason(why, points, tuple(shared.values())))
    if audiences := _shared(place.audiences, partner.audiences):
        reasons.append(Reason(Why.SAME_AUDIENCE, SAME_AUDIENCE, audiences))
    for giver, seeker in ((place, partner), (partner, place)):
        if offers := _shared(giver.gives, seeker.seeks):
            names = {"seeker": seeker.name, "giver": giver.name}
            reasons.append(Reason(Why.GIVES_WHAT_IS_SOUGHT, GIVES_WHAT_IS_SOUGHT, offers, **names))
    return reasons


def _shared(some, others):
    return tuple(name for code, name in some.items() if code in others)


def _strongest_first(proposals: Iterable[Proposal]) -> list[Proposal]:
    return sorted(proposals, key=lambda p: (-p.score, p.place.name, p.partner.name, p.partner.key))
