"""What was counted of orientations: to read, not to write."""

from django.contrib import admin

from places.models import OrientationCount, UnmetNeed

from .base import DirectoryAdmin
from .site import site


class CountAdmin(DirectoryAdmin):
    date_hierarchy = "week"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(OrientationCount, site=site)
class OrientationCountAdmin(CountAdmin):
    list_display = ["week", "neighbourhood", "theme", "count"]
    list_filter = ["theme"]
    list_select_related = ["neighbourhood", "theme"]


@admin.register(UnmetNeed, site=site)
class UnmetNeedAdmin(CountAdmin):
    list_display = ["week", "commune", "neighbourhood", "service", "half_day", "count"]
    list_filter = ["service"]
    list_select_related = ["commune__department", "neighbourhood", "service"]
