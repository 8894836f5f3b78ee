"""Sessions: moved, full, or cancelled with a word of explanation."""

from django.contrib import admin

from places.models import Occurrence

from .base import HistoryAdmin
from .keepers import OwnPlaces
from .site import site


@admin.register(Occurrence, site=site)
class OccurrenceAdmin(OwnPlaces, HistoryAdmin):
    editors_path = "workshop__place__editors"
