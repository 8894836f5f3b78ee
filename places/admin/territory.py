"""Départements, communes and neighbourhoods: imported, rarely typed."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from places.models import Commune, Department, Neighbourhood

from .base import DirectoryAdmin, HistoryAdmin
from .site import site


@admin.register(Department, site=site)
class DepartmentAdmin(DirectoryAdmin):
    list_display = ["name", "code", "region"]
    search_fields = ["name", "code"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("area")


@admin.register(Commune, site=site)
class CommuneAdmin(DirectoryAdmin):
    folded_name = "folded_name"
    list_display = ["name", "insee_code", "postcodes", "department", "population"]
    list_filter = ["kind", "department__region"]
    search_fields = ["folded_name", "^insee_code", "postcodes"]
    search_help_text = _("Un nom, un code postal ou un code Insee.")
    autocomplete_fields = ["parent"]
    fieldsets = [
        (None, {"fields": ["name", "insee_code", "postcodes", "department", "population"]}),
        (_("Arrondissement"), {"fields": ["kind", "parent"]}),
        (_("Intercommunalité"), {"fields": ["epci_name", "epci_code"]}),
        (_("Sur la carte"), {"fields": ["location", "area"]}),
    ]

    def get_queryset(self, request):
        # Its name is told with its département, in lists and in the suggestions of other forms.
        rows = super().get_queryset(request).select_related("department")
        return rows.defer("area", "department__area")


@admin.register(Neighbourhood, site=site)
class NeighbourhoodAdmin(HistoryAdmin):
    folded_name = "folded_name"
    list_display = ["name", "kind", "code", "generation", "towns", "population", "place_count"]
    list_filter = ["kind", "generation"]
    search_fields = ["folded_name", "code", "communes__folded_name", "aliases"]
    search_help_text = _("Un nom, un code officiel ou une commune.")
    autocomplete_fields = ["communes"]
    fieldsets = [
        (None, {"fields": ["name", "aliases", "kind", ("code", "generation"), "communes"]}),
        (_("Sur la carte"), {"fields": ["area"]}),
        (_("Présentation"), {"fields": ["presentation", ("population", "population_year")]}),
        (_("La fiche"), {"classes": ["collapse"], "fields": ["source", "slug"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("area", "display_area")

    def get_list_queryset(self, request):
        return self.get_queryset(request)

    def after_save(self, request, obj):
        moved = obj.relocate_places()
        self.message_user(request, moved)

    @admin.display(description=_("communes"))
    def towns(self, neighbourhood):
        return ", ".join(commune.name for commune in neighbourhood.communes.all())
