"""What people may type in the forms of the admin, and what is understood of it."""

import json
import re

from django import forms
from django.contrib.gis.geos import GEOSException, MultiPolygon, Point, Polygon
from django.utils.translation import gettext_lazy as _

from places.domain.geo import GeoError, check_position, mend_position, polygon_rings
from places.domain.identifiers import phone_display
from places.models import as_multipolygon

from .reading import read_hours
from .widgets import AreaInput, Checkboxes, HoursInput, PointInput

# Some 20,000 corners: the longest official outline has 4,000.
MAX_OUTLINE_CHARS = 1_000_000

SEVERAL_NUMBERS = re.compile(r"^\s*(-?\d+[.,]\d+)\s*[;, ]\s*(-?\d+[.,]\d+)\s*$")


def _without_geometry(kwargs):
    """What a model field says to the form fields of GeoDjango, which these are not."""
    return {
        name: value
        for name, value in kwargs.items()
        if name not in ("geom_type", "srid", "max_geom_collections")
    }


class CoordinateField(forms.FloatField):
    """A number of degrees; people and spreadsheets write a comma."""

    default_error_messages = {"invalid": _("Écrivez un nombre, par exemple 48,3904.")}

    def to_python(self, value):
        return super().to_python(value.replace(",", ".").strip() if isinstance(value, str) else value)


class PointField(forms.MultiValueField):
    """A position in France and its territories, as `Point` (lon, lat, SRID 4326), or None when empty.

    Both numbers may be pasted in the first field, as maps on the web give them: "48.3904, -4.4861".
    """

    widget = PointInput
    default_error_messages = {
        "incomplete": _("Donnez la latitude et la longitude, ou aucune des deux."),
        "swapped": _("La latitude et la longitude sont inversées : échangez les deux nombres."),
    }

    def __init__(self, **kwargs):
        latitude, longitude = (
            CoordinateField(label=_("Latitude")),
            CoordinateField(label=_("Longitude")),
        )
        super().__init__((latitude, longitude), require_all_fields=False, **_without_geometry(kwargs))

    def clean(self, value):
        if isinstance(value, list) and not value[1] and (both := SEVERAL_NUMBERS.match(value[0] or "")):
            value = list(both.groups())
        return super().clean(value)

    def compress(self, degrees):
        if not degrees:
            return None
        latitude, longitude = degrees
        try:
            check_position(longitude, latitude)
        except GeoError as error:
            if mend_position(latitude, longitude)[0] is not None:
                raise forms.ValidationError(self.error_messages["swapped"], code="swapped") from error
            raise forms.ValidationError(str(error), code="outside") from error
        return Point(longitude, latitude, srid=4326)


class AreaField(forms.CharField):
    """An outline, from GeoJSON that is checked here number by number, as MultiPolygon (SRID 4326).

    No other format is read: GDAL opens files and addresses when it is given the right text.
    """

    widget = AreaInput
    default_error_messages = {
        "required": _("Dessinez le contour sur la carte."),
        "unreadable": _("Ce contour n’est pas du GeoJSON. Dessinez-le sur la carte."),
        "empty": _("Ce contour ne contient aucun polygone."),
    }

    def __init__(self, **kwargs):
        super().__init__(max_length=MAX_OUTLINE_CHARS, **_without_geometry(kwargs))

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            area = _one_area([Polygon(*rings, srid=4326) for rings in _polygons_of(json.loads(text))])
        except GeoError as error:
            raise forms.ValidationError(str(error), code="outside") from error
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError, GEOSException) as error:
            raise self._refusal("unreadable") from error
        if not area:
            raise self._refusal("empty")
        return area

    def has_changed(self, initial, data):
        try:
            area = self.to_python(data)
        except forms.ValidationError:
            return True
        return area != initial

    def _refusal(self, code):
        return forms.ValidationError(self.error_messages[code], code=code)


def _one_area(polygons):
    """Polygons that lie over one another become one; valid ones stay as they are, point by point."""
    drawn = MultiPolygon(polygons, srid=4326)
    if drawn.valid:
        return drawn
    parts = [part for polygon in polygons for part in as_multipolygon(polygon)]
    return as_multipolygon(MultiPolygon(parts, srid=4326).unary_union)


def _polygons_of(geojson):
    """The polygons, as lists of checked rings, of a geometry, a feature or a collection of features."""
    kind = geojson["type"]
    if kind == "FeatureCollection":
        return [rings for feature in geojson["features"] for rings in _polygons_of(feature)]
    if kind == "Feature":
        return _polygons_of(geojson["geometry"])
    return polygon_rings(geojson)


class ReadablePhone:
    """A form that shows a telephone number as people write it: "02 98 00 11 22"."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        phone = self.initial.get("phone") or ""
        # Others keep their prefix: without a postcode beside it, an overseas number would lose its island.
        if phone.startswith("+33"):
            self.initial["phone"] = phone_display(phone)


class HoursField(forms.CharField):
    """Opening hours in the OpenStreetMap syntax; "Lu-Ve 9h-12h" and the like are put into it."""

    widget = HoursInput

    def to_python(self, value):
        reading = read_hours(super().to_python(value))
        if reading.is_refused:
            raise forms.ValidationError(reading.note, code="hours")
        return reading.value


class WeekdaysField(forms.MultipleChoiceField):
    """Days to tick, kept as "MO,TH"."""

    widget = Checkboxes
    DAYS = [
        ("MO", _("lundi")),
        ("TU", _("mardi")),
        ("WE", _("mercredi")),
        ("TH", _("jeudi")),
        ("FR", _("vendredi")),
        ("SA", _("samedi")),
        ("SU", _("dimanche")),
    ]

    def __init__(self, **kwargs):
        super().__init__(choices=self.DAYS, **kwargs)

    def prepare_value(self, value):
        return value.split(",") if isinstance(value, str) else value

    def clean(self, value):
        chosen = super().clean(value)
        return ",".join(code for code, _name in self.DAYS if code in chosen)

    def has_changed(self, initial, data):
        return (initial or "") != ",".join(code for code, _name in self.DAYS if code in (data or []))
