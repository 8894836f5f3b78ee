"""What places and actors lend or look for, on their forms and in a list of its own."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from places.models import Offer

from .base import HistoryAdmin, StackedInline
from .keepers import OwnPlaces, OwnRows
from .site import site

FIELDS = [("kind", "is_wanted"), "title", "summary", ("conditions", "for_whom"), ("contact", "is_published")]
WIDGETS = {
    "summary": forms.Textarea(attrs={"rows": 2, "cols": 60}),
    "conditions": forms.Textarea(attrs={"rows": 2, "cols": 40}),
}


class OfferForm(forms.ModelForm):
    class Meta:
        widgets = WIDGETS


class OfferInline(StackedInline):
    model = Offer
    form = OfferForm
    fields = FIELDS
    verbose_name_plural = _("Ressources pour le quartier : ce qui est proposé, ce qui est cherché")
    classes = ["collapse"]


class PlaceOffers(OwnRows, OfferInline):
    """Those of a place, for the people who keep it."""


@admin.register(Offer, site=site)
class OfferAdmin(OwnPlaces, HistoryAdmin):
    form = OfferForm
    new_title = _("Nouvelle ressource")
    fields = [("place", "partner"), *FIELDS]
    autocomplete_fields = ["place", "partner"]
    list_display = ["title", "kind", "giver", "is_wanted", "is_published"]
    list_filter = ["kind", "is_wanted", "is_published"]
    list_select_related = ["place", "partner"]
    search_fields = ["folded_text", "place__folded_name", "partner__folded_name"]
    search_help_text = _("Un titre, un lieu ou un partenaire.")
    ordering = ["kind", "folded_text", "pk"]

    def is_public(self, obj):
        return False

    @admin.display(description=_("de"))
    def giver(self, offer):
        return offer.giver
