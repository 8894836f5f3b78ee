"""How the forms of the admin are filled in: plain native fields, and maps of our own assets.

Every one works without JavaScript; a small module wakes it up from `data-epn-*` attributes, so that
no inline script is needed (the content security policy refuses them).
"""

import orjson
from django import forms
from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .reading import read_hours


def module(name):
    return Script(f"js/admin/{name}.js", type="module")


MAP_CSS = ["leaflet/leaflet.css", "css/components/map.css", "css/admin/map.css"]


def map_context():
    """What every map of the admin is started with."""
    return {
        "tile_url": settings.TILE_URL,
        "tile_attribution": settings.TILE_ATTRIBUTION,
        "background_url": reverse("map-background"),
        "neighbourhoods_url": reverse("map-neighbourhoods"),
    }


class YesNoUnknown(forms.NullBooleanSelect):
    """Unknown comes first: it is what a listing says until somebody knows."""

    def __init__(self, attrs=None):
        forms.Select.__init__(
            self,
            attrs,
            choices=[("unknown", _("Ne sait pas")), ("true", _("Oui")), ("false", _("Non"))],
        )


class DateInput(forms.DateInput):
    """The calendar of the browser: it speaks French, and fits a phone."""

    def __init__(self, attrs=None):
        super().__init__({"type": "date", **(attrs or {})}, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    def __init__(self, attrs=None):
        super().__init__({"type": "time", **(attrs or {})}, format="%H:%M")


class DateTimeInput(forms.SplitDateTimeWidget):
    def __init__(self, attrs=None):
        super().__init__(
            attrs,
            date_format="%Y-%m-%d",
            time_format="%H:%M",
            date_attrs={"type": "date", "aria-label": _("Jour")},
            time_attrs={"type": "time", "aria-label": _("Heure")},
        )


class Checkboxes(forms.CheckboxSelectMultiple):
    """A short list, all in sight."""

    template_name = "admin/widgets/checkboxes.html"


class HoursInput(forms.Textarea):
    """Opening hours: what was understood is shown under the field, while typing and after saving."""

    template_name = "admin/widgets/hours.html"

    class Media:
        js = [module("hours-field")]

    def __init__(self, attrs=None):
        super().__init__(
            {"rows": 2, "cols": 60, "spellcheck": "false", "autocomplete": "off", **(attrs or {})}
        )

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["reading"] = read_hours(value or "")
        context["reading_url"] = reverse("admin:places_place_hours")
        return context


class PointInput(forms.MultiWidget):
    """Latitude and longitude in two fields, and a map that fills them in."""

    template_name = "admin/widgets/point.html"

    def __init__(self, attrs=None):
        number = {"inputmode": "text", "autocomplete": "off", "size": 12}
        super().__init__(
            {
                "latitude": forms.TextInput({**number, "placeholder": "48,3904"}),
                "longitude": forms.TextInput({**number, "placeholder": "-4,4861"}),
            },
            attrs,
        )

    @property
    def media(self):
        return super().media + forms.Media(
            css={"screen": MAP_CSS}, js=["leaflet/leaflet.js", module("point-field")]
        )

    def decompress(self, value):
        return [repr(value.y), repr(value.x)] if value else [None, None]

    def id_for_label(self, id_):
        return f"{id_}_0" if id_ else id_

    def get_context(self, name, value, attrs):
        return {**super().get_context(name, value, attrs), **map_context()}


class AreaInput(forms.Textarea):
    """An outline: drawn on a map, or pasted as GeoJSON."""

    template_name = "admin/widgets/area.html"

    @property
    def media(self):
        return super().media + forms.Media(
            css={"screen": [*MAP_CSS, "leaflet/draw/leaflet.draw.css"]},
            js=["leaflet/leaflet.js", "leaflet/draw/leaflet.draw.js", module("area-field")],
        )

    def format_value(self, value):
        if not isinstance(value, GEOSGeometry):
            return value
        return orjson.dumps({"type": value.geom_type, "coordinates": value.coords}).decode()

    def get_context(self, name, value, attrs):
        return {**super().get_context(name, value, attrs), **map_context()}
