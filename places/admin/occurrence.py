"""Sessions: moved, full, or cancelled with a word of explanation. The rule of the workshop writes them."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from places.models import REVISED, Occurrence

from .base import HistoryAdmin
from .filters import WhenFilter
from .keepers import OwnPlaces
from .reading import day_and_hours
from .site import site


@admin.register(Occurrence, site=site)
class OccurrenceAdmin(OwnPlaces, HistoryAdmin):
    editors_path = "workshop__place__editors"
    fields = ["workshop", "starts_at", "ends_at", "status", "seats", "message", "host_address"]
    readonly_fields = ["workshop"]
    radio_fields = {"status": admin.HORIZONTAL}
    list_display = ["when", "workshop_title", "place", "situation", "message", "cancel_or_restore"]
    list_filter = [WhenFilter, "status", "seats"]
    list_select_related = ["workshop__place__commune"]
    search_fields = ["workshop__folded_title", "workshop__place__folded_name"]
    search_help_text = _("Un atelier ou un lieu.")
    ordering = ["starts_at", "pk"]
    actions = ["cancel_chosen", "restore_chosen", "say_full", "say_free"]

    # The rule makes sessions, and would make one again that is deleted: here they are cancelled.

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        here = request.resolver_match.url_name or ""
        return not here.startswith("places_occurrence_") and super().has_delete_permission(request, obj)

    def is_public(self, obj):
        return False

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Hours are those of the place's own clock: in Cayenne as in Paris."""
        occurrence = self.get_object(request, object_id)
        with timezone.override(occurrence.workshop.place.timezone if occurrence else None):
            response = super().changeform_view(request, object_id, form_url, extra_context)
            return response.render() if hasattr(response, "render") else response

    def save_model(self, request, obj, form, change):
        obj.is_overridden = True
        super().save_model(request, obj, form, change)

    def save_rows(self, request, rows, fields):
        for row in rows:
            row.revise(timezone.now())
        return super().save_rows(request, rows, [*fields, *REVISED])

    # Columns

    @admin.display(description=_("date"), ordering="starts_at")
    def when(self, occurrence):
        return day_and_hours(occurrence.local_start, occurrence.local_end)

    @admin.display(description=_("atelier"), ordering="workshop__folded_title")
    def workshop_title(self, occurrence):
        return occurrence.workshop.title

    @admin.display(description=_("lieu"), ordering="workshop__place__folded_name")
    def place(self, occurrence):
        return occurrence.workshop.place.name

    @admin.display(description=_("état"))
    def situation(self, occurrence):
        if occurrence.is_cancelled:
            return occurrence.get_status_display()
        return occurrence.get_seats_display() if occurrence.seats else None

    @admin.display(description=_("annuler"))
    def cancel_or_restore(self, occurrence):
        return render_to_string("admin/includes/cancel_occurrence.html", {"occurrence": occurrence})

    # One click from the list: the buttons of a row send the form of the list to these addresses.

    def get_urls(self):
        def one(verb, view):
            address = site.admin_view(require_POST(view))
            return path(f"<int:pk>/{verb}/", address, name=f"places_occurrence_{verb}")

        return [one("annuler", self.cancel_one), one("retablir", self.restore_one), *super().get_urls()]

    def cancel_one(self, request, pk):
        message = request.POST.get(f"message-{pk}", "").strip()[:200]
        return self._answer(request, pk, self.cancel, message=message)

    def restore_one(self, request, pk):
        return self._answer(request, pk, self._restore)

    def _answer(self, request, pk, change, **values):
        occurrence = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, occurrence):
            raise PermissionDenied
        change(request, [occurrence], **values)
        return HttpResponseRedirect(back_to_list(request))

    def cancel(self, request, rows, **values):
        """Cancel `rows`, each with the `message` that visitors read."""
        status = Occurrence.Status.CANCELLED
        n = self.save_all(request, rows, status=status, is_overridden=True, **values)
        text = ngettext("%(n)d séance annulée.", "%(n)d séances annulées.", n) % {"n": n}
        self.message_user(request, text, messages.SUCCESS)

    def _restore(self, request, rows):
        """As the rule has it again; one that was moved by hand stays where it was put."""
        for row in rows:
            row.status, row.message = Occurrence.Status.SCHEDULED, ""
            row.is_overridden = row.starts_at != row.slot_starts_at
        n = self.save_rows(request, rows, ["status", "message", "is_overridden"])
        text = ngettext("%(n)d séance rétablie.", "%(n)d séances rétablies.", n) % {"n": n}
        self.message_user(request, text, messages.SUCCESS)

    # Actions

    @admin.action(description=_("Annuler"), permissions=["change"])
    def cancel_chosen(self, request, queryset):
        self.cancel(request, list(queryset))

    @admin.action(description=_("Rétablir"), permissions=["change"])
    def restore_chosen(self, request, queryset):
        self._restore(request, list(queryset))

    @admin.action(description=_("Afficher « Complet »"), permissions=["change"])
    def say_full(self, request, queryset):
        self._say_seats(request, queryset, Occurrence.Seats.FULL)

    @admin.action(description=_("Afficher « Il reste des places »"), permissions=["change"])
    def say_free(self, request, queryset):
        self._say_seats(request, queryset, Occurrence.Seats.FREE)

    def _say_seats(self, request, queryset, seats):
        n = self.save_all(request, queryset, seats=seats, is_overridden=True)
        text = ngettext("%(n)d séance : %(seats)s.", "%(n)d séances : %(seats)s.", n)
        self.message_user(request, text % {"n": n, "seats": seats.label.lower()}, messages.SUCCESS)


def back_to_list(request):
    """The list with the filters that it had, when the browser says so."""
    came_from = request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
        return came_from
    return reverse("admin:places_occurrence_changelist")
