"""What a place and a partner do together, from both ends and in a list of its own."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from places.models import Partnership

from .base import HistoryAdmin, StackedInline
from .filters import ReviewFilter
from .keepers import OwnPlaces, OwnRows
from .site import site


class PartnershipInline(OwnRows, StackedInline):
    model = Partnership
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
