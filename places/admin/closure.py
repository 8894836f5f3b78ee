"""Exceptional closures and changed hours."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from places.models import Closure, Occurrence

from .base import HistoryAdmin
from .fields import HoursField
from .keepers import OwnPlaces
from .reading import day_and_hours
from .site import site


class ClosureForm(forms.ModelForm):
    opening_hours = HoursField(
        label=_("Horaires ces jours-là"),
        required=False,
        max_length=1000,
        help_text=_("Seulement si le lieu reste ouvert : « Lu-Ve 9h-12h »."),
    )

    def clean(self):
        """The nature follows from the hours: one thing less to choose rightly."""
        cleaned = super().clean()
        has_hours = bool(cleaned.get("opening_hours"))
        self.instance.kind = Closure.Kind.CHANGED_HOURS if has_hours else Closure.Kind.CLOSED
        return cleaned


@admin.register(Closure, site=site)
class ClosureAdmin(OwnPlaces, HistoryAdmin):
    new_title = _("Nouvelle fermeture")
    form = ClosureForm
    fields = ["place", ("starts_on", "ends_on"), "message", "opening_hours"]
    autocomplete_fields = ["place"]
    list_display = ["place", "starts_on", "ends_on", "kind", "message"]
    list_filter = ["kind"]
    list_select_related = ["place"]
    search_fields = ["place__folded_name", "place__city"]
    search_help_text = _("Le nom ou la ville du lieu.")
    ordering = ["-starts_on", "pk"]

    def after_save(self, request, obj):
        offer_to_cancel(request, self, obj)

    def get_urls(self):
        view = site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.sessions_view))
        return [path("<int:pk>/seances/", view, name="places_closure_sessions"), *super().get_urls()]

    def sessions_view(self, request, pk):
        """The sessions that fall while the place is closed, to be cancelled all at once."""
        closure = get_object_or_404(self.get_queryset(request).select_related("place__commune"), pk=pk)
        occurrences = site.get_model_admin(Occurrence)
        if not (self.has_change_permission(request, closure) and occurrences.has_change_permission(request)):
            raise PermissionDenied
        rows = list(sessions_within(closure).select_related("workshop__place__commune"))
        if request.method == "POST":
            chosen = set(request.POST.getlist("occurrence"))
            to_cancel = [row for row in rows if str(row.pk) in chosen]
            if to_cancel:
                occurrences.cancel(request, to_cancel, message=request.POST.get("message", "").strip()[:200])
            return HttpResponseRedirect(reverse("admin:places_closure_changelist"))
        context = {
            **site.each_context(request),
            "title": _("Les séances de ces jours-là"),
            "opts": self.opts,
            "closure": closure,
            "rows": [(row, day_and_hours(row.local_start, row.local_end)) for row in rows],
        }
        request.current_app = site.name
        return TemplateResponse(request, "admin/places/closure/sessions.html", context)


def sessions_within(closure):
    """Those still to come that are not cancelled yet."""
    return Occurrence.objects.at_closed(closure).held().filter(ends_at__gt=timezone.now())


def offer_to_cancel(request, model_admin, closure):
    if n := sessions_within(closure).count():
        text = ngettext(
            "%(n)d séance tombe pendant la fermeture.", "%(n)d séances tombent pendant la fermeture.", n
        )
        link = reverse("admin:places_closure_sessions", args=[closure.pk])
        told = format_html('{} <a href="{}">{}</a>', text % {"n": n}, link, _("Les annuler"))
        model_admin.message_user(request, told, messages.WARNING)
