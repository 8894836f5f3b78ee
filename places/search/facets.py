"""How many places each filter would leave: exact, and never leading to nothing."""

from collections import defaultdict
from functools import cached_property

from places.models import Audience, Fee, Place, PlaceKind, Service, Theme

MANY = 900


class Facets:
    """The places `pks` that answer all but the filters, and the filters `chosen`: {field: rows}.

    Within a field several values mean "one of them"; a count is what its value would give with the
    filters of the other fields in force.
    """

    FIELDS = {"service": Service, "theme": Theme, "audience": Audience, "kind": PlaceKind, "fee": Fee}

    def __init__(self, pks, chosen):
        self.pks = set(pks)
        self.values = {name: [row.pk for row in rows] for name, rows in chosen.items() if rows}

    @cached_property
    def chosen(self):
        """The places that all filters leave."""
        return self._left_by(self.values)

    def counts(self, name):
        """{pk of a value: places}."""
        others = {other: values for other, values in self.values.items() if other != name}
        left = self._left_by(others)
        return {value: len(left & members) for value, members in self._members[name].items()}

    def _left_by(self, values):
        left = self.pks
        for name, wanted in values.items():
            members = self._members[name]
            left = left & set().union(*(members.get(value, set()) for value in wanted))
        return left

    @cached_property
    def _members(self):
        """{field: {value: places}}."""
        services = self._linked(Place.services.through, "service")
        themes = defaultdict(set)
        for service, theme in Service.themes.through.objects.values_list("service", "theme"):
            themes[theme] |= services.get(service, set())
        audiences = self._linked(Place.audiences.through, "audience")
        # A place that names no audience welcomes everybody.
        everybody = self.pks - set().union(*audiences.values())
        every_audience = Audience.objects.values_list("pk", flat=True)
        return {
            "service": services,
            "theme": themes,
            "audience": {pk: audiences.get(pk, set()) | everybody for pk in every_audience},
            "kind": self._linked(Place.kinds.through, "placekind"),
            "fee": self._linked(Place.fees.through, "fee"),
        }

    def _linked(self, through, name):
        members = defaultdict(set)
        links = through.objects.all()
        if len(self.pks) <= MANY:
            links = links.filter(place__in=self.pks)
        for place, value in links.values_list("place", name):
            if place in self.pks:
                members[value].add(place)
        return members
