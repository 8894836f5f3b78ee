"""Départements, communes and neighbourhoods: imported, rarely typed."""

from django import forms
from django.contrib import admin
from django.contrib.gis.geos import Polygon
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from places.domain.geo import bbox_around
from places.models import EDGE_M, Commune, Department, FormerName, IndexStamp, Neighbourhood, Place

from .base import DirectoryAdmin, HistoryAdmin, StackedInline
from .indexing import FoundByName, index_anew
from .site import site


@admin.register(Department, site=site)
class DepartmentAdmin(DirectoryAdmin):
    new_title = _("Nouveau département")
    list_display = ["name", "code", "region"]
    search_fields = ["name", "code"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("area")


class FormerNameInline(StackedInline):
    model = FormerName
    fields = [("name", "changed_on")]


@admin.register(Commune, site=site)
class CommuneAdmin(FoundByName, DirectoryAdmin):
    new_title = _("Nouvelle commune")
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
    inlines = [FormerNameInline]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            IndexStamp.renew(IndexStamp.Part.NAMES)

    def get_queryset(self, request):
        # Its name is told with its département, in lists and in the suggestions of other forms.
        rows = super().get_queryset(request).select_related("department")
        return rows.defer("area", "department__area")


class NeighbourhoodForm(forms.ModelForm):
    class Meta:
        widgets = {
            "aliases": forms.Textarea(attrs={"rows": 3, "cols": 40}),
            "presentation": forms.Textarea(attrs={"rows": 6, "cols": 60}),
        }


@admin.register(Neighbourhood, site=site)
class NeighbourhoodAdmin(HistoryAdmin):
    form = NeighbourhoodForm
    new_title = _("Nouveau quartier")
    folded_name = "folded_name"
    list_display = ["name", "kind", "code", "generation", "towns", "population", "place_count"]
    list_filter = ["kind", "generation"]
    search_fields = ["folded_name", "folded_aliases", "code", "communes__folded_name"]
    search_help_text = _("Un nom, un code officiel ou une commune.")
    autocomplete_fields = ["communes"]
    fieldsets = [
        (None, {"fields": ["name", "aliases", "kind", ("code", "generation"), "communes"]}),
        (_("Sur la carte"), {"fields": ["area"]}),
        (_("Présentation"), {"fields": ["presentation", ("population", "population_year")]}),
        (_("La fiche"), {"classes": ["collapse"], "fields": ["source", "slug"]}),
    ]

    def get_queryset(self, request):
        rows = super().get_queryset(request).defer("area", "display_area")
        return rows.with_place_count().prefetch_related("communes")

    def after_save(self, request, obj):
        """Places may lie in another neighbourhood now, and are found by its names."""
        self._settle(request, near_places(obj))

    def delete_model(self, request, obj):
        self.delete_queryset(request, Neighbourhood.objects.filter(pk=obj.pk))

    def delete_queryset(self, request, queryset):
        named = Place.objects.filter(Q(neighbourhood__in=queryset) | Q(serves__in=queryset))
        left = set(named.values_list("pk", flat=True))
        super().delete_queryset(request, queryset)
        self._settle(request, Place.objects.filter(pk__in=left))

    def _settle(self, request, places):
        """Locate and index `places` anew; tell how many lie in another neighbourhood than before."""
        pks = list(places.values_list("pk", flat=True))
        if moved := places.relocate():
            text = ngettext("%(n)d lieu change de quartier.", "%(n)d lieux changent de quartier.", moved)
            self.message_user(request, text % {"n": moved})
        index_anew(pks)

    @admin.display(description=_("communes"))
    def towns(self, neighbourhood):
        return ", ".join(commune.name for commune in neighbourhood.communes.all())

    @admin.display(description=_("lieux"), ordering="place_count")
    def place_count(self, neighbourhood):
        return neighbourhood.place_count


def near_places(neighbourhood):
    """Those that lay in `neighbourhood` before, lie in it or at its edge now, or serve it."""
    west, south, east, north = neighbourhood.area.extent
    far_west, far_south, _east, _north = bbox_around(west, south, EDGE_M)
    _west, _south, far_east, far_north = bbox_around(east, north, EDGE_M)
    box = Polygon.from_bbox((far_west, far_south, far_east, far_north))
    box.srid = 4326
    here = Place.objects.filter(Q(neighbourhood=neighbourhood) | Q(location__intersects=box))
    return Place.objects.filter(
        Q(pk__in=here.values("pk")) | Q(pk__in=neighbourhood.serving_places.values("pk"))
    )
