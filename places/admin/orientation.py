"""What was counted of orientations, to read and not to write; lists that are shared, to put an end to."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from places.models import OrientationCount, SharedList, UnmetNeed

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


@admin.register(SharedList, site=site)
class SharedListAdmin(CountAdmin):
    """Its secret address is not told here: who answers for the site needs it for nothing."""

    date_hierarchy = None
    fields = ["name", "owner", "choice_count", "is_shared", "created_at", "changed_at"]
    list_display = ["name", "owner", "choice_count", "is_shared", "changed_at"]
    list_filter = ["is_shared"]
    list_select_related = ["owner"]
    search_fields = ["name", "owner__username", "owner__last_name"]
    actions = ["revoke"]

    def is_public(self, obj):
        return False

    def has_delete_permission(self, request, obj=None):
        return obj is not None and request.user.has_perm("places.delete_sharedlist")

    def has_revoke_permission(self, request):
        return request.user.has_perm("places.change_sharedlist")

    @admin.display(description=_("choix"))
    def choice_count(self, row):
        return row.selection.count

    @admin.action(description=_("Arrêter le partage"), permissions=["revoke"])
    def revoke(self, request, queryset):
        n = queryset.filter(is_shared=True).update(is_shared=False)
        text = ngettext("%(n)d liste n’est plus partagée.", "%(n)d listes ne sont plus partagées.", n)
        self.message_user(request, text % {"n": n})
