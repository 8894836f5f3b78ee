"""The agenda: which sessions answer what is asked, and where to look when none does."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.gis.geos import Point
from django.db.models import Q
from django.db.models.functions import ExtractIsoWeekDay, TruncTime

from places.domain.identifiers import timezone_of
from places.domain.period import ONE_DAY, Period, period
from places.models import Commune, Neighbourhood, Occurrence, Workshop
from places.models.occurrence import MAINLAND

from .understanding import Understanding, understand
from .vocabulary import Kind, current

# What one travels to for a session.
NEAR_M = 10_000
NEARBY_STEPS_M = (5_000, 20_000, 60_000)
# From then on people who work are free.
EVENING = dt.time(17)
SATURDAY = 6


@dataclass
class Spot:
    """Where sessions are looked for: how it is called, which workshops are held there, its middle."""

    label: str = ""
    held: Q | None = None
    centre: tuple[float, float] | None = None
    neighbourhood: Neighbourhood | None = None
    commune: Commune | None = None
    is_named: bool = False  # by words
    unread: list = field(default_factory=list)  # groups of words that say what, and not where


class Agenda:
    """Sessions that answer all that is asked; empty arguments ask nothing. What is cancelled stays, told so.

    A day is that of the place: tomorrow begins eleven hours later in Nouméa than in Papeete.
    """

    def __init__(
        self,
        *,
        at,
        q="",
        place=None,
        neighbourhood=None,
        commune=None,
        position=None,
        radius=None,
        **criteria,
    ):
        self.at = at
        self.when, self.day = criteria.pop("when", ""), criteria.pop("day", None)
        self.moments = criteria.pop("moment", ())
        self.has_seats = criteria.pop("free", False)
        self.spot = spot_of(q, place, neighbourhood, commune, position, radius or NEAR_M)
        answering = Workshop.objects.published()
        for group in self.spot.unread:
            answering = answering.filter(_answers(group))
        self.anywhere = _chosen(answering, **criteria)
        self.workshops = self.anywhere.filter(self.spot.held) if self.spot.held else self.anywhere

    @property
    def coming(self):
        """Those of the days that are asked for that are not over, soonest first."""
        rows = self.within(lambda today: period(self.when, self.day, today))
        return rows.filter(ends_at__gt=self.at)

    @property
    def later(self):
        """Those of any day from now on, when other days are asked for."""
        return self.within(Period).filter(ends_at__gt=self.at)

    def within(self, period_of):
        """Those of a period, over or not; `period_of` gives it for the date of today at a place."""
        wanted = Q()
        for zone, members in self.clocks:
            wanted |= members & _during(period_of(self.at.astimezone(zone).date()), zone)
        return self._at_moments(self._rows.filter(wanted))

    def by_date(self, period_of):
        """{date at the place: keys of its sessions, soonest first} of a period; no row is read whole."""
        insee, postcode = "workshop__place__commune__insee_code", "workshop__place__postcode"
        dates = defaultdict(list)
        for pk, starts_at, insee_code, code in self.within(period_of).values_list(
            "pk", "starts_at", insee, postcode
        ):
            dates[starts_at.astimezone(timezone_of(insee_code or code)).date()].append(pk)
        return dates

    def since(self, moment):
        """Those that are not over at `moment`: what a calendar keeps of the past."""
        return self._at_moments(self._rows.filter(ends_at__gt=moment))

    @property
    def _rows(self):
        rows = Occurrence.objects.filter(workshop__in=self.workshops.order_by().values("pk"))
        if self.has_seats:
            full = [Occurrence.Seats.FULL, Occurrence.Seats.WAITING_LIST]
            rows = rows.held().exclude(seats__in=full)
        return rows.order_by("starts_at", "pk")

    def _at_moments(self, rows):
        if not self.moments:
            return rows
        wanted = Q()
        for number, (zone, members) in enumerate(self.clocks):
            hour, weekday = f"hour_{number}", f"weekday_{number}"
            rows = rows.alias(
                **{
                    hour: TruncTime("starts_at", tzinfo=zone),
                    weekday: ExtractIsoWeekDay("starts_at", tzinfo=zone),
                }
            )
            asked = {"evening": Q(**{f"{hour}__gte": EVENING}), "saturday": Q(**{weekday: SATURDAY})}
            either = Q()
            for moment in self.moments:
                either |= asked[moment]
            wanted |= members & either
        return rows.filter(wanted)

    @cached_property
    def clocks(self):
        """[(zone, Q of the occurrences that go by it)]: overseas by their keys, the mainland all others."""
        insee, postcode = "place__commune__insee_code", "place__postcode"
        overseas = Q()
        for name in (insee, postcode):
            overseas |= Q(**{f"{name}__startswith": "97"}) | Q(**{f"{name}__startswith": "98"})
        by_zone = defaultdict(list)
        rows = self.workshops.filter(overseas).order_by().values_list("pk", insee, postcode)
        for pk, insee_code, code in rows:
            by_zone[timezone_of(insee_code or code)].append(pk)
        elsewhere = [pk for zone, pks in by_zone.items() if zone != MAINLAND for pk in pks]
        others = [(zone, Q(workshop__in=pks)) for zone, pks in by_zone.items() if zone != MAINLAND]
        return [(MAINLAND, ~Q(workshop__in=elsewhere) if elsewhere else Q()), *others]

    @property
    def today(self):
        """The date where sessions are looked for; on the mainland when that is everywhere."""
        place = self.spot.commune
        return self.at.astimezone(timezone_of(place.insee_code) if place else MAINLAND).date()

    def nearby(self, most):
        """At most `most` coming sessions around the spot that answer the same; [] when it has no middle."""
        if self.spot.centre is None:
            return []
        centre, found = Point(*self.spot.centre, srid=4326), []
        for reach in NEARBY_STEPS_M:
            around = self.anywhere.near(centre, reach).exclude(pk__in=self.workshops.values("pk"))
            rows = Occurrence.objects.held().filter(workshop__in=around.order_by().values("pk"))
            found = list(rows.filter(ends_at__gt=self.at).order_by("starts_at", "pk").for_rows()[:most])
            if found:
                break
        return found


def _during(days, zone):
    wanted = Q(ends_at__gt=_midnight(days.first, zone))
    return wanted & Q(starts_at__lt=_midnight(days.last + ONE_DAY, zone)) if days.last else wanted


def _midnight(day, zone):
    return dt.datetime.combine(day, dt.time.min, tzinfo=zone)


def _answers(group):
    """Workshops that one thing asked for finds: by their title, or by what they help with."""
    wanted = Q(services__in=group.services) | Q(themes__in=group.themes)
    for term in group.terms:
        wanted |= Q(folded_title__contains=term)
    return Q(pk__in=Workshop.objects.filter(wanted).order_by().values("pk"))


def _chosen(workshops, *, theme=(), audience=(), language=(), level=(), fee=()):
    """Those that have one of the values of each list."""
    for name, rows in (("themes", theme), ("audiences", audience), ("languages", language)):
        if rows:
            linked = Workshop.objects.filter(**{f"{name}__in": rows}).order_by()
            workshops = workshops.filter(pk__in=linked.values("pk"))
    if level:
        workshops = workshops.filter(level__in=[*level, Workshop.Level.ANY])
    return workshops.filter(fee__in=fee) if fee else workshops


# -- Where ---------------------------------------------------------------------------------------


def spot_of(q, place, neighbourhood, commune, position, radius):
    """Words that name a place count for more than what the page still carries."""
    understood = understand(q, current()) if q else Understanding()
    if understood.where or understood.postcode:
        spot = _named(understood)
    elif place:
        spot = Spot(place.name, held=Q(place=place), commune=place.commune)
    elif neighbourhood:
        spot = _in_neighbourhood(neighbourhood)
    elif commune:
        spot = _in_communes(str(commune), [commune])
    elif position:
        around = Workshop.objects.near(Point(*position, srid=4326), radius)
        spot = Spot(held=_held_in(around), centre=position)
    else:
        spot = Spot()
    spot.is_named = bool(understood.where or understood.postcode)
    spot.unread = understood.groups
    return spot


def _held_in(workshops):
    return Q(pk__in=workshops.order_by().values("pk"))


def _named(understood):
    """What the words name."""
    if understood.where:
        name = understood.where.names[0]
        if name.kind is Kind.NEIGHBOURHOOD:
            return _in_neighbourhood(Neighbourhood.objects.get(pk=name.pk))
        if name.kind is Kind.DEPARTMENT:
            return Spot(name.label, held=Q(place__commune__department=name.pk))
        return _in_communes(name.label, Commune.objects.filter(pk=name.pk))
    return _in_communes(understood.postcode, Commune.objects.with_postcode(understood.postcode))


def _in_neighbourhood(neighbourhood):
    return Spot(
        neighbourhood.name,
        held=_held_in(Workshop.objects.in_neighbourhood(neighbourhood)),
        centre=neighbourhood.centre.coords,
        neighbourhood=neighbourhood,
        commune=neighbourhood.communes.defer("area").first(),
    )


def _in_communes(label, communes):
    held, first = Q(pk__in=[]), None
    for commune in communes:
        first = first or commune
        held |= _held_in(Workshop.objects.in_commune(commune))
    centre = first.location.coords if first and first.location else None
    return Spot(label, held=held, centre=centre, commune=first)
