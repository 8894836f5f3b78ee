"""Exceptional closures and changed hours."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from places.models import Closure

from .base import HistoryAdmin
from .fields import HoursField
from .keepers import OwnPlaces
from .site import site


class ClosureForm(forms.ModelForm):
    opening_hours = HoursField(
        label=_("Horaires ces jours-là"),
        required=False,
        max_length=1000,
        help_text=_("Seulement si le lieu reste ouvert : « Lu-Ve 9h-12h »."),
    )

    def clean(self):
        """The nature follows from the hours: one thing less to choose rightly."""
        cleaned = super().clean()
        has_hours = bool(cleaned.get("opening_hours"))
        self.instance.kind = Closure.Kind.CHANGED_HOURS if has_hours else Closure.Kind.CLOSED
        return cleaned


@admin.register(Closure, site=site)
class ClosureAdmin(OwnPlaces, HistoryAdmin):
    new_title = _("Nouvelle fermeture")
    form = ClosureForm
    fields = ["place", ("starts_on", "ends_on"), "message", "opening_hours"]
    autocomplete_fields = ["place"]
    list_display = ["place", "starts_on", "ends_on", "kind", "message"]
    list_filter = ["kind"]
    list_select_related = ["place"]
    search_fields = ["place__folded_name", "place__city"]
    search_help_text = _("Le nom ou la ville du lieu.")
    ordering = ["-starts_on", "pk"]
