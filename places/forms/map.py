"""What the map asks beside a search: in which box, among which places, how many."""

from django import forms
from django.contrib.gis.geos import Polygon
from django.utils.translation import gettext_lazy as _

from places.domain.geo import GeoError, box_from

from .position import PositionForm
from .search import PlaceSearchForm


class BoxForm(forms.Form):
    """A box (west,south,east,north), keys of places, or neither; and how many places at most."""

    MOST, USUAL, MOST_KEYS = 1_000, 100, 400
    TOO_MANY = _("Demandez 400\u00a0lieux au plus.")
    NOT_KEYS = _("Séparez les numéros des lieux par des virgules, par exemple «\u00a012,45\u00a0».")

    bbox = forms.CharField(label=_("Zone"), max_length=120, required=False)
    ids = forms.CharField(label=_("Lieux"), max_length=8_000, required=False)
    limit = forms.IntegerField(label=_("Nombre de lieux"), min_value=1, max_value=MOST, required=False)

    def clean_bbox(self):
        if not self.cleaned_data["bbox"]:
            return None
        try:
            return box_from(self.cleaned_data["bbox"])
        except GeoError as error:
            raise forms.ValidationError(str(error), code="box") from error

    def clean_ids(self):
        keys = [key for key in self.cleaned_data["ids"].split(",") if key]
        if not all(key.isascii() and key.isdigit() and len(key) <= 18 for key in keys):
            raise forms.ValidationError(self.NOT_KEYS, code="ids")
        if len(keys) > self.MOST_KEYS:
            raise forms.ValidationError(self.TOO_MANY, code="ids")
        return [int(key) for key in keys]

    def clean_limit(self):
        return self.cleaned_data["limit"] or self.USUAL

    def among(self, places):
        """Those of `places` in the box and of these keys; all of them when neither is asked."""
        box, keys = self.cleaned_data["bbox"], self.cleaned_data["ids"]
        if box:
            area = Polygon.from_bbox(box)
            area.srid = 4326
            places = places.within(area)
        return places.filter(pk__in=keys) if keys else places


EVERYWHERE = (-180.0, -90.0, 180.0, 90.0)


class MapQuery:
    """A query string of the map: that of a search, and that of a box."""

    def __init__(self, query):
        self.box = BoxForm(query)
        self.search = None
        # The whole form costs a third of a millisecond, as much as reading a box: what is asked is made.
        if asked := query.keys() & PlaceSearchForm.base_fields.keys():
            self.is_position = asked <= PositionForm.base_fields.keys()
            self.search = PositionForm(query) if self.is_position else PlaceSearchForm(query)

    def is_valid(self):
        return self.box.is_valid() and (self.search is None or self.search.is_valid())

    @property
    def errors(self):
        """{field: messages}"""
        return self.box.errors | (self.search.errors if self.search else {})

    @property
    def asked(self):
        """What the search is asked; {} when it is asked nothing."""
        return self.search.cleaned_data if self.search else {}

    @property
    def only_box(self):
        """The box, when nothing else is asked; that of the world when nothing is."""
        if self.search or self.box.cleaned_data["ids"]:
            return None
        return self.box.cleaned_data["bbox"] or EVERYWHERE

    @property
    def only_position(self):
        """The position, when nothing else is asked but how far around it."""
        is_narrowed = self.box.cleaned_data["bbox"] or self.box.cleaned_data["ids"]
        return None if is_narrowed or not (self.search and self.is_position) else self.asked["position"]

    def among(self, places):
        return self.box.among(places)
