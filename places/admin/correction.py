"""What visitors report."""

from django.contrib import admin

from places.models import Correction

from .base import HistoryAdmin
from .keepers import OwnPlaces
from .site import site


@admin.register(Correction, site=site)
class CorrectionAdmin(OwnPlaces, HistoryAdmin):
    pass
