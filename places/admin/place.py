"""Places and their closures."""

from django.contrib import admin, messages
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from places.models import Certainty, Closure, Correction, IndexStamp, Place, Source, State
from places.search import reindex

from .base import HistoryAdmin, StackedInline
from .closure import ClosureForm, offer_to_cancel
from .filters import (
    CompletenessFilter,
    ConfirmedFilter,
    DepartmentFilter,
    HoursKnownFilter,
    SituationFilter,
)
from .keepers import OwnPlaces, keeps_every_place
from .offer import PlaceOffers
from .partnership import PartnershipInline
from .place_form import PlaceForm
from .reading import read_hours, rule_in_words, state_mark
from .site import site

# Where places that are typed in here come from.
OWN_SOURCE = "saisie"


class ClosureInline(StackedInline):
    """Those to come; past ones stay in their own list."""

    model = Closure
    form = ClosureForm
    fields = [("starts_on", "ends_on"), "message", "opening_hours"]
    verbose_name_plural = _("Fermetures et horaires exceptionnels")

    def get_queryset(self, request):
        return super().get_queryset(request).not_over(timezone.localdate())


class PlacePartnerships(PartnershipInline):
    autocomplete_fields = ["partner"]
    fields = ["partner", *PartnershipInline.common_fields]


@admin.register(Place, site=site)
class PlaceAdmin(OwnPlaces, HistoryAdmin):
    form = PlaceForm
    editors_path = "editors"
    new_title = _("Nouveau lieu")
    folded_name = "folded_name"
    inlines = [ClosureInline, PlacePartnerships, PlaceOffers]

    list_display = ["name", "town", "situation", "publication", "confirmed", "percent", "call"]
    list_filter = [
        "state",
        DepartmentFilter,
        SituationFilter,
        CompletenessFilter,
        ConfirmedFilter,
        HoursKnownFilter,
        "source",
    ]
    list_select_related = ["neighbourhood"]
    search_fields = [
        "folded_name",
        "city",
        "commune__folded_name",
        "^postcode",
        "neighbourhood__folded_name",
        "neighbourhood__code",
    ]
    search_help_text = _("Un nom, une ville, un code postal ou un quartier.")
    actions = ["publish", "archive", "mark_verified"]

    autocomplete_fields = ["kinds", "commune", "serves", "labels", "editors"]
    checkboxes = ["services", "support_modes", "audiences", "access_modes", "fees", "languages"]
    radio_fields = {"state": admin.HORIZONTAL}
    readonly_fields = [
        "reports",
        "neighbourhood_found",
        "workshops_here",
        "percent",
        "verified_at",
        "source_updated_on",
        "created_at",
        "updated_at",
    ]
    fieldsets = [
        (_("L’essentiel"), {"fields": [
            "seen_at", "reports", "name", "kinds", "state", "phone",
            "opening_hours", "opening_hours_text", "is_verified_now",
        ]}),
        (_("Où c’est"), {"fields": [
            "address", "address_complement", ("postcode", "city"), "commune", "location",
            "neighbourhood_found", "serves", "directions", "is_itinerant",
        ]}),
        (_("Quelle aide, pour qui"), {"fields": [
            "services", "support_modes", "access_modes", "fees", "audiences", "languages",
            "what_to_bring", "companion_welcome",
        ]}),
        (_("Ateliers et permanences"), {"fields": ["workshops_here"]}),
        (_("Présentation"), {"fields": ["summary", "description", ("photo", "photo_credit")]}),
        (_("Nous écrire, prendre rendez-vous"), {"fields": ["emails", "website", "booking_url"]}),
        (_("Matériel"), {"classes": ["collapse"], "fields": [
            "computer_count", ("has_printing", "printing_price"), "has_scanning", "has_wifi",
            "has_webcam_booth", "has_headset", "has_large_screen", "welcomes_own_device",
        ]}),
        (_("Accessibilité"), {"classes": ["collapse"], "fields": [
            "is_step_free", "has_adapted_toilets", "has_accessible_parking", "has_hearing_loop",
            "has_adapted_workstation", "accessibility_notes", "acceslibre_url",
        ]}),
        (_("La fiche"), {"classes": ["collapse"], "fields": [
            "percent", "verified_at", "editors", "labels", "other_labels", "parent_structure", "pivot",
            "source", "external_id", "source_updated_on", "slug", "created_at", "updated_at",
        ]}),
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        """Who keeps one page changes what it says, not to whom it belongs or where it comes from."""
        fixed = super().get_readonly_fields(request, obj)
        if keeps_every_place(request.user):
            return fixed
        return [*fixed, "editors", "source", "external_id", "slug"]

    def is_public(self, obj):
        return obj.state == State.PUBLISHED

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Who keeps one page may take it off line and ask for it to be read; others put a page on line."""
        form = super().get_form(request, obj, change=change, **kwargs)
        is_online = obj is not None and obj.state == State.PUBLISHED
        if "state" in form.base_fields and not is_online and not keeps_every_place(request.user):
            form.base_fields["state"].choices = [pair for pair in State.choices if pair[0] != State.PUBLISHED]
        return form

    def has_publish_permission(self, request):
        return self.has_change_permission(request) and keeps_every_place(request.user)

    def save_model(self, request, obj, form, change):
        if form.cleaned_data.get("is_verified_now"):
            obj.verified_at = timezone.now()
        if obj.source_id is None:
            obj.source = own_source()
        super().save_model(request, obj, form, change)

    def after_save(self, request, obj):
        if not keeps_every_place(request.user):
            obj.editors.add(request.user)
        reindex([obj])
        self.tell_public_page(request, obj)
        for closure in obj.closures.not_over(timezone.localdate(timezone=obj.timezone)):
            offer_to_cancel(request, self, closure)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        IndexStamp.renew(IndexStamp.Part.PLACES)

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        IndexStamp.renew(IndexStamp.Part.PLACES)

    # Columns

    @admin.display(description=_("ville"), ordering="city")
    def town(self, place):
        return f"{place.postcode} {place.city}".strip() or None

    @admin.display(description=_("quartier"), ordering="neighbourhood__folded_name")
    def situation(self, place):
        if place.neighbourhood is None:
            return place.get_neighbourhood_certainty_display()
        if place.neighbourhood_certainty == Certainty.EDGE:
            return _("%(name)s (en limite)") % {"name": place.neighbourhood}
        return str(place.neighbourhood)

    @admin.display(description=_("confirmé"), ordering="verified_at")
    def confirmed(self, place):
        if place.verified_at:
            return _("il y a %(time)s") % {"time": timesince(place.verified_at, depth=1)}
        if place.source_updated_on:
            return _("source : il y a %(time)s") % {"time": timesince(place.source_updated_on, depth=1)}
        return _("jamais")

    @admin.display(description=_("complétude"), ordering="completeness")
    def percent(self, place):
        return f"{place.completeness} %"

    @admin.display(description=_("publication"), ordering="state")
    def publication(self, place):
        return state_mark(place)

    @admin.display(description=_("téléphone"))
    def call(self, place):
        return place.phone_display or None

    # What else is known, on the form

    @admin.display(description=_("Signalements à traiter"))
    def reports(self, place):
        rows = Correction.objects.waiting().filter(place=place.pk) if place.pk else []
        return format_html_join(
            "",
            '<p><a href="{}">{}</a> : {}</p>',
            [
                (
                    reverse("admin:places_correction_change", args=[row.pk]),
                    row.get_kind_display(),
                    row.message,
                )
                for row in rows
            ],
        ) or _("aucun")

    @admin.display(description=_("quartier"))
    def neighbourhood_found(self, place):
        if not place.pk:
            return _("Calculé à l’enregistrement, d’après la position.")
        return self.situation(place)

    @admin.display(description=_("ateliers"))
    def workshops_here(self, place):
        if not place.pk:
            return _("Enregistrez d’abord le lieu.")
        workshops = place.workshops.all()
        context = {"place": place, "rows": [(row, rule_in_words(row), state_mark(row)) for row in workshops]}
        return render_to_string("admin/includes/workshops_of_place.html", context)

    # Actions

    @admin.action(description=_("Mettre en ligne"), permissions=["publish"])
    def publish(self, request, queryset):
        n = self._set_state(request, queryset, State.PUBLISHED)
        self.message_user(
            request, ngettext("%(n)d lieu mis en ligne.", "%(n)d lieux mis en ligne.", n) % {"n": n}
        )

    @admin.action(description=_("Archiver (retirer du site, sans rien effacer)"), permissions=["change"])
    def archive(self, request, queryset):
        n = self._set_state(request, queryset, State.ARCHIVED)
        self.message_user(request, ngettext("%(n)d lieu archivé.", "%(n)d lieux archivés.", n) % {"n": n})

    @admin.action(description=_("Marquer comme vérifié aujourd’hui"), permissions=["change"])
    def mark_verified(self, request, queryset):
        now = timezone.now()
        n = self.save_all(request, queryset, verified_at=now, updated_at=now)
        self.message_user(
            request,
            ngettext("%(n)d lieu vérifié aujourd’hui.", "%(n)d lieux vérifiés aujourd’hui.", n) % {"n": n},
            messages.SUCCESS,
        )

    def _set_state(self, request, queryset, state):
        places = list(queryset)
        n = self.save_all(request, places, state=state, updated_at=timezone.now())
        reindex(places)
        return n

    # What was understood of the hours, while they are typed

    def get_urls(self):
        return [
            path("horaires/", site.admin_view(self.hours_view), name="places_place_hours"),
            *super().get_urls(),
        ]

    @staticmethod
    @require_safe
    def hours_view(request):
        reading = read_hours(request.GET.get("hours", "")[:1000])
        return JsonResponse(
            {"sentence": reading.sentence, "note": reading.note, "is_refused": reading.is_refused}
        )


def own_source():
    """Where places that are typed in here come from."""
    return Source.objects.get_or_create(code="redaction", defaults={"name": _("Saisi sur ce site")})[0]
