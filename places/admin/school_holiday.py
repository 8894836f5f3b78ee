"""School holidays, as each arrêté of the calendar gives them; overseas, as the rector decides."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from places.models import SchoolHoliday

from .base import DirectoryAdmin
from .site import site


@admin.register(SchoolHoliday, site=site)
class SchoolHolidayAdmin(DirectoryAdmin):
    new_title = _("Nouvelles vacances scolaires")
    fields = ["zone", "name", ("starts_on", "ends_on")]
    list_display = ["name", "zone", "starts_on", "ends_on"]
    list_filter = ["zone"]
    date_hierarchy = "starts_on"

    def after_save(self, request, obj):
        text = _("Les séances suivront cette nuit, avec la programmation de chaque jour.")
        self.message_user(request, text, messages.INFO)
