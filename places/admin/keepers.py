"""People who keep one place's page only: they see and change that place and what hangs on it.

The rule: who may "edit every place" (the group "Éditeurs", superusers) sees all rows; anyone else
sees the rows of the places that name them among their `editors`, whatever else they may do.
"""

from places.models import Place

EVERY_PLACE = "places.edit_every_place"


def keeps_every_place(user):
    return user.has_perm(EVERY_PLACE)


class OwnRows:
    """Lists, and choices of a place, cut down to the places that the person keeps."""

    # From a row to the people who keep its place.
    editors_path = "place__editors"

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if keeps_every_place(request.user):
            return rows
        return rows.filter(**{self.editors_path: request.user})

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is Place and not keeps_every_place(request.user):
            kwargs["queryset"] = Place.objects.filter(editors=request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class OwnPlaces(OwnRows):
    """The same for whole pages: neither the form nor the history of a row is reached by its address."""

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and self._is_own(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_own(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._is_own(request, obj)

    def _is_own(self, request, obj):
        if obj is None or keeps_every_place(request.user):
            return True
        return self.get_queryset(request).filter(pk=obj.pk).exists()
