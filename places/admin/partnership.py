"""What a place and a partner do together, from both ends and in a list of its own."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext_lazy as _

from places.models import Partnership

from .base import HistoryAdmin, StackedInline
from .filters import ReviewFilter
from .keepers import OwnPlaces, OwnRows
from .site import site


class KnownAutocomplete(AutocompleteSelect):
    """Of many forms on one page, none asks the database for the name of what it already holds."""

    known = None

    def optgroups(self, name, value, attrs=None):
        if self.known is None or list(value) != [str(self.known.pk)]:
            return super().optgroups(name, value, attrs)
        return [(None, [self.create_option(name, self.known.pk, str(self.known), True, 0)], 0)]


class PartnershipForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if self.instance.pk and isinstance(field.widget, KnownAutocomplete):
                field.widget.known = getattr(self.instance, name)


class PartnershipInline(OwnRows, StackedInline):
    model = Partnership
    form = PartnershipForm
    verbose_name_plural = _("Partenariats")
    classes = ["collapse"]
    show_change_link = True
    common_fields = [
        ("theme", "activity", "status"),
        "description",
        ("since", "review_on", "ended_on"),
        ("place_contact", "partner_contact"),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).for_rows()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = KnownAutocomplete(db_field, site)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "theme":
            field.choices = list(field.choices)  # read once for all forms of the page
        return field


@admin.register(Partnership, site=site)
class PartnershipAdmin(OwnPlaces, HistoryAdmin):
    new_title = _("Nouveau partenariat")
    fields = [("place", "partner"), *PartnershipInline.common_fields]
    autocomplete_fields = ["place", "partner"]
    list_display = ["place", "partner", "theme", "activity", "status", "review_on"]
    list_filter = [ReviewFilter, "status", "theme", "activity"]
    list_select_related = ["place", "partner", "theme"]
    search_fields = ["place__folded_name", "partner__folded_name", "place__neighbourhood__folded_name"]
    search_help_text = _("Un lieu, un partenaire ou un quartier.")
