"""Where people go: the place itself, a partner that hosts, or an address for the occasion."""

from typing import NamedTuple

from django.contrib.gis.geos import Point


class Venue(NamedTuple):
    name: str  # "" for an address alone
    address: str  # on one line, "" when unknown
    location: Point | None
    is_elsewhere: bool = True

    @property
    def line(self):
        """ "Mission locale, 1 rue Haute"."""
        return ", ".join(part for part in (self.name, self.address) if part)
