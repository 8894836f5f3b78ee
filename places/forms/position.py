"""Around a position: what the search of places and the agenda ask alike."""

from django import forms
from django.utils.translation import gettext_lazy as _

from places.domain.geo import GeoError, check_position


class PositionForm(forms.Form):
    """A form that takes a position and how far around it; cleaned as `position`, (lon, lat) or None."""

    WIDEST_M = 100_000

    lon = forms.FloatField(label=_("Longitude"), required=False)
    lat = forms.FloatField(label=_("Latitude"), required=False)
    radius = forms.IntegerField(label=_("Distance"), min_value=100, max_value=WIDEST_M, required=False)

    def clean(self):
        cleaned = super().clean()
        lon, lat = cleaned.pop("lon", None), cleaned.pop("lat", None)
        cleaned["position"] = None
        if lon is not None and lat is not None:
            try:
                check_position(lon, lat)
            except GeoError as error:
                raise forms.ValidationError(str(error), code="position") from error
            cleaned["position"] = (lon, lat)
        return cleaned
