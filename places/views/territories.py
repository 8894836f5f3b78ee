"""A piece of ground to talk about: one neighbourhood, those of a commune, or those of an intercommunality."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from places.models import Commune, Neighbourhood


@dataclass
class Territory:
    """`kind` is "neighbourhood", "commune" or "epci", `key` what names it in addresses."""

    kind: str
    key: str
    name: str
    neighbourhoods: list

    @property
    def is_one(self):
        return self.kind == "neighbourhood"

    @property
    def url(self):
        """Its page among the public pages: of a neighbourhood, or else of the coverage."""
        if self.is_one:
            return self.neighbourhoods[0].get_absolute_url()
        return f"{reverse('coverage')}?{self.kind}={self.key}"

    @property
    def links_url(self):
        return reverse(f"links-of-{self.kind}", args=[self.key])

    def file_url(self, extension):
        return reverse(f"links-file-of-{self.kind}", args=[self.key, extension])

    @property
    def csv_url(self):
        return self.file_url("csv")

    @property
    def xlsx_url(self):
        return self.file_url("xlsx")


def territory_of(kind, key):
    """The territory that `key` names. Raises Http404 when there is none, or no neighbourhood in it."""
    current = Neighbourhood.objects.current().defer("display_area", "imported_values")
    if kind == "neighbourhood":
        found, name = current.filter(slug=key), None
    elif kind == "commune":
        commune = Commune.objects.defer("area").filter(insee_code=key).first()
        found, name = current.in_territory(commune=commune), commune and commune.name
    else:
        names = Commune.objects.filter(epci_code=key).values_list("epci_name", flat=True)
        found, name = current.in_territory(epci=key), names.first()
    neighbourhoods = list(found) if kind == "neighbourhood" or name else []
    if not neighbourhoods:
        raise Http404
    return Territory(kind, key, name or neighbourhoods[0].name, neighbourhoods)
