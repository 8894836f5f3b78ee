"""The short controlled lists: the official value is kept, the name that people read may be bettered."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from places.models import (
    AccessMode,
    Audience,
    Fee,
    Label,
    Language,
    PlaceKind,
    Service,
    Source,
    SupportMode,
    Theme,
)

from .base import DirectoryAdmin, ShortListSearch
from .indexing import FoundByName
from .site import site


@admin.register(AccessMode, Fee, SupportMode, Theme, site=site)
class ReferenceAdmin(ShortListSearch, DirectoryAdmin):
    list_display = ["name", "label", "code", "rank"]
    list_editable = ["rank"]
    search_fields = ["name", "label", "code"]
    fields = ["name", "description", "rank", "label", "code"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "rank":
            field.widget.attrs["aria-label"] = _("Rang")
        return field

    def get_readonly_fields(self, request, obj=None):
        """Codes travel in addresses and labels in published files: neither changes once it is in use."""
        return ["code", "label"] if obj else []


@admin.register(Language, PlaceKind, site=site)
class IndexedAdmin(FoundByName, ReferenceAdmin):
    pass


@admin.register(Service, site=site)
class ServiceAdmin(IndexedAdmin):
    fields = ["name", "description", "themes", "rank", "label", "code"]
    checkboxes = ["themes"]


@admin.register(Audience, Label, site=site)
class KindedAdmin(IndexedAdmin):
    list_display = ["name", "kind", "label", "code", "rank"]
    list_filter = ["kind"]
    fields = ["name", "description", "kind", "rank", "label", "code"]


@admin.register(Source, site=site)
class SourceAdmin(ShortListSearch, DirectoryAdmin):
    list_display = ["name", "code", "licence", "is_demonstration"]
    list_filter = ["is_demonstration"]
    search_fields = ["name", "code"]
    fields = ["name", "code", "licence", "url", "is_demonstration"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []
