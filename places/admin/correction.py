"""What visitors report: their words beside the listing, which is corrected on the spot."""

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from places.models import Correction, Place

from .base import HistoryAdmin
from .filters import QueueFilter
from .keepers import OwnPlaces
from .site import site

# What a visitor can say is wrong, and the fields of the listing where it is put right.
FIELDS = {
    Correction.Kind.HOURS: ["opening_hours", "opening_hours_text"],
    Correction.Kind.PHONE: ["phone", "emails", "website"],
    Correction.Kind.ADDRESS: [
        "address",
        "address_complement",
        "postcode",
        "city",
        "commune",
        "location",
        "directions",
    ],
    Correction.Kind.SERVICES: ["services", "access_modes", "fees", "what_to_bring"],
    Correction.Kind.CLOSED: ["state"],
    Correction.Kind.OTHER: ["summary", "description"],
}
ALWAYS = ["is_verified_now", "seen_at"]


class AnswerForm(forms.ModelForm):
    class Meta:
        model = Correction
        fields = ["answer"]
        labels = {"answer": _("Suite donnée")}
        help_texts = {"answer": _("Facultatif. Reste entre vous : le visiteur ne le lit pas.")}
        widgets = {"answer": forms.Textarea(attrs={"rows": 2, "cols": 60})}


@admin.register(Correction, site=site)
class CorrectionAdmin(OwnPlaces, HistoryAdmin):
    list_display = ["subject", "place", "words", "created_at", "status"]
    list_filter = [QueueFilter, "kind"]
    list_select_related = ["place"]
    search_fields = ["place__folded_name", "message"]
    search_help_text = _("Le nom du lieu ou un mot du message.")
    fields = ["place", "kind", "message", "reply_to", "status", "answer", "created_at", "handled_at"]
    readonly_fields = fields
    ordering = ["created_at", "pk"]
    actions = ["reject_chosen"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        is_open = obj is None or obj.status == Correction.Status.NEW
        return is_open and super().has_change_permission(request, obj)

    def is_public(self, obj):
        return False

    # Columns

    @admin.display(description=_("ce qui ne va pas"), ordering="kind")
    def subject(self, correction):
        return correction.get_kind_display()

    @admin.display(description=_("ce que dit le visiteur"))
    def words(self, correction):
        return Truncator(correction.message).chars(90)

    # The two side by side

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What waits is worked on; what was handled is read."""
        with transaction.atomic():
            correction = self._locked(request, object_id)
            is_open = correction is not None and correction.status == Correction.Status.NEW
            if is_open and self._can_handle(request, correction):
                return self._review(request, correction)
            if correction is not None and not is_open and request.method == "POST":
                self.message_user(request, _("Ce signalement vient d’être traité."), messages.WARNING)
                return HttpResponseRedirect(reverse("admin:places_correction_changelist"))
            return super().change_view(request, object_id, form_url, extra_context)

    def _locked(self, request, object_id):
        correction = self.get_object(request, object_id)
        if correction and request.method == "POST":
            Correction.objects.select_for_update().get(pk=correction.pk)
            correction.refresh_from_db()
        return correction

    def _can_handle(self, request, correction):
        place_admin = site.get_model_admin(Place)
        return self.has_change_permission(request, correction) and place_admin.has_change_permission(
            request, correction.place
        )

    def _review(self, request, correction):
        answer = AnswerForm(request.POST or None, instance=correction)
        listing = self._listing_form(request, correction)
        if "_reject" in request.POST and answer.is_valid():
            return self._close(request, correction, Correction.Status.REJECTED)
        if "_accept" in request.POST and all([answer.is_valid(), listing.is_valid()]):
            self._correct_listing(request, correction.place, listing)
            return self._close(request, correction, Correction.Status.ACCEPTED)
        context = {
            **site.each_context(request),
            "title": correction.get_kind_display(),
            "opts": self.opts,
            "correction": correction,
            "listing": listing,
            "answer": answer,
            "media": self.media + listing.media,
            "has_errors": listing.is_bound and not listing.is_valid(),
        }
        request.current_app = site.name
        return TemplateResponse(request, "admin/places/correction/review.html", context)

    @staticmethod
    def _listing_form(request, correction):
        """The form of the place, cut down to what the visitor speaks of."""
        place_admin = site.get_model_admin(Place)
        wanted = FIELDS[correction.kind]
        model_fields = [field.name for field in Place._meta.get_fields() if field.name in wanted]
        form_class = place_admin.get_form(request, correction.place, change=True, fields=model_fields)
        form = form_class(request.POST or None, request.FILES or None, instance=correction.place)
        for name in set(form.fields) - {*wanted, *ALWAYS}:
            del form.fields[name]
        form.order_fields([*wanted, *ALWAYS])
        return form

    @staticmethod
    def _correct_listing(request, place, form):
        place_admin = site.get_model_admin(Place)
        saved = place_admin.save_form(request, form, change=True)
        place_admin.save_model(request, saved, form, change=True)
        form.save_m2m()
        place_admin.after_save(request, place)
        place_admin.log_change(request, place, place_admin.construct_change_message(request, form, []))

    def _close(self, request, correction, status):
        correction.status, correction.handled_at = status, timezone.now()
        correction._history_user = request.user
        correction.save()
        self.log_change(request, correction, str(correction.get_status_display()))
        accepted = status == Correction.Status.ACCEPTED
        text = _("Signalement accepté, merci.") if accepted else _("Signalement refusé.")
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:places_correction_changelist"))

    # Advertisements come in dozens

    @admin.action(description=_("Refuser"), permissions=["change"])
    def reject_chosen(self, request, queryset):
        rows = queryset.waiting()
        n = self.save_all(
            request, rows, status=Correction.Status.REJECTED, reply_to="", handled_at=timezone.now()
        )
        self.message_user(request, _("Signalements refusés : %(n)d.") % {"n": n}, messages.SUCCESS)
