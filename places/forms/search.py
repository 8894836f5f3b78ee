"""The search of places."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from places.domain.text import tidy
from places.models import FILTERS, Commune, Neighbourhood, read_filter_lists

from .position import PositionForm


class CodesField(forms.MultipleChoiceField):
    """Codes of one of the lists by which places are filtered: the form turns them into rows."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def valid_value(self, value):
        return True


class PlaceSearchForm(PositionForm):
    """What is searched: words, filters by code, a position. One query string means one thing everywhere."""

    SORTS = [("distance", _("Distance")), ("relevance", _("Pertinence")), ("opening", _("Ouverture"))]

    q = forms.CharField(label=_("Votre recherche"), max_length=200, required=False)
    # The words that a visitor wants read as they are written; when others are typed they are corrected again.
    exact = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    service = CodesField(label=_("Aide"))
    theme = CodesField(label=_("Axe"))
    audience = CodesField(label=_("Public"))
    kind = CodesField(label=_("Type de lieu"))
    fee = CodesField(label=_("Tarif"))
    open = forms.BooleanField(label=_("Ouvert maintenant"), required=False)
    commune = forms.ModelChoiceField(
        Commune.objects.select_related("department"),
        label=_("Ville"),
        to_field_name="insee_code",
        required=False,
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.current(), label=_("Quartier"), to_field_name="slug", required=False
    )
    sort = forms.ChoiceField(label=_("Tri"), choices=[("", ""), *SORTS], required=False)

    def clean_q(self):
        return tidy(self.cleaned_data["q"])

    def clean_exact(self):
        return tidy(self.cleaned_data["exact"]) == self.cleaned_data.get("q") != ""

    @cached_property
    def lists(self):
        """{filter: rows}, read at once by whoever needs them first."""
        return read_filter_lists()

    def clean(self):
        cleaned = super().clean()
        for name in FILTERS:
            if cleaned.get(name):
                cleaned[name] = self._rows_of(name, cleaned[name])
        return cleaned

    def _rows_of(self, name, codes):
        rows = [row for row in self.lists[name] if row.code in codes]
        for code in {*codes} - {row.code for row in rows}:
            message = forms.ModelMultipleChoiceField.default_error_messages["invalid_choice"]
            self.add_error(
                name, forms.ValidationError(message, code="invalid_choice", params={"value": code})
            )
        return rows
