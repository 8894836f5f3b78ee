"""Workshops and drop-in hours: the rule is written once, the dates that follow are told at once."""

import datetime as dt

from django.contrib import admin, messages
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from places.domain import recurrence
from places.models import WINDOW_DAYS, State, Workshop

from .base import HistoryAdmin
from .filters import ComingFilter
from .keepers import OwnPlaces
from .site import site
from .workshop_form import WorkshopForm

NEXT_SHOWN = 8


@admin.register(Workshop, site=site)
class WorkshopAdmin(OwnPlaces, HistoryAdmin):
    form = WorkshopForm
    folded_name = "folded_title"
    save_on_top = True
    autocomplete_fields = ["place", "host_partner"]
    checkboxes = ["themes", "services", "audiences", "languages", "booking_modes"]
    radio_fields = {"state": admin.HORIZONTAL}
    readonly_fields = ["next_occurrences"]
    list_display = ["title", "place", "rule_sentence", "state"]
    list_filter = ["state", "kind", ComingFilter, "themes"]
    list_select_related = ["place"]
    search_fields = ["folded_title", "place__folded_name", "place__commune__folded_name"]
    search_help_text = _("Un titre, un lieu ou une ville.")
    fieldsets = [
        (_("L’essentiel"), {"fields": ["title", "place", "kind", "state", "summary"]}),
        (
            _("Quand ?"),
            {
                "classes": ["rule"],
                "fields": [
                    ("frequency", "interval"),
                    ("week_of_month", "weekdays"),
                    ("start_time", "end_time"),
                    ("starts_on", "until", "count"),
                    ("extra_dates", "except_dates"),
                    "skips_public_holidays",
                    "next_occurrences",
                ],
            },
        ),
        (_("Pour qui, sur quoi"), {"fields": ["themes", "services", "audiences", "level", "languages"]}),
        (
            _("Venir"),
            {
                "fields": [
                    "booking_modes",
                    "booking_url",
                    "capacity",
                    ("fee", "price_notes"),
                    "what_to_bring",
                    "companion_welcome",
                ]
            },
        ),
        (_("Présentation"), {"fields": ["description"]}),
        (
            _("Ailleurs que dans le lieu"),
            {"classes": ["collapse"], "fields": ["host_partner", "host_address", "host_location"]},
        ),
        (_("La fiche"), {"classes": ["collapse"], "fields": ["slug"]}),
    ]

    def is_public(self, obj):
        return obj.state == State.PUBLISHED and obj.place.state == State.PUBLISHED

    @admin.display(description=_("quand"))
    def rule_sentence(self, workshop):
        return recurrence.sentence(workshop.rule)

    @admin.display(description=_("Prochaines séances"))
    def next_occurrences(self, workshop):
        return ""
