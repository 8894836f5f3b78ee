"""Workshops and drop-in hours: the rule is written once, the dates that follow are told at once."""

import datetime as dt

from django.contrib import admin, messages
from django.db.models import OuterRef, Subquery
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from places.domain import recurrence
from places.models import WINDOW_DAYS, Occurrence, Place, State, Workshop

from .base import HistoryAdmin
from .filters import ComingFilter
from .keepers import OwnPlaces
from .reading import day_and_hours, rule_in_words, state_mark
from .session_import import SessionImport
from .site import site
from .widgets import module
from .workshop_form import WorkshopForm, copied

RULE = [
    ("frequency", "interval"),
    ("week_of_month", "weekdays"),
    ("start_time", "end_time"),
    ("starts_on", "until", "count"),
    ("extra_dates", "except_dates"),
    ("skips_public_holidays", "skips_school_holidays"),
]
RULE_FIELDS = [name for row in RULE for name in ([row] if isinstance(row, str) else row)]
NEXT_SHOWN = 10


@admin.register(Workshop, site=site)
class WorkshopAdmin(SessionImport, OwnPlaces, HistoryAdmin):
    form = WorkshopForm
    new_title = _("Nouvel atelier")
    folded_name = "folded_title"
    autocomplete_fields = ["place", "host_partner"]
    checkboxes = ["themes", "services", "audiences", "languages", "booking_modes"]
    radio_fields = {"state": admin.HORIZONTAL}
    readonly_fields = ["rule_reading", "next_occurrences"]
    list_display = ["title", "place", "rule_sentence", "next_date", "publication"]
    list_filter = ["state", "kind", ComingFilter, "themes"]
    list_select_related = ["place__commune"]
    search_fields = ["folded_title", "place__folded_name", "place__commune__folded_name"]
    search_help_text = _("Un titre, un lieu ou une ville.")
    actions = ["publish", "archive"]
    fieldsets = [
        (_("L’essentiel"), {"fields": ["title", "place", "kind", "state", "summary"]}),
        (_("Quand ?"), {"classes": ["rule"], "fields": [*RULE, "rule_reading", "next_occurrences"]}),
        (_("Pour qui, sur quoi"), {"fields": ["themes", "services", "audiences", "level", "languages"]}),
        (_("Venir"), {"fields": [
            "booking_modes", "booking_url", "capacity", ("fee", "price_notes"), "what_to_bring",
            "companion_welcome",
        ]}),
        (_("Présentation"), {"fields": ["description"]}),
        (_("Ailleurs que dans le lieu"), {"classes": ["collapse"], "fields": [
            "host_partner", "host_address", "host_location",
        ]}),
        (_("La fiche"), {"classes": ["collapse"], "fields": ["slug"]}),
    ]  # fmt: skip

    class Media:
        js = [module("rule-fields")]

    def get_queryset(self, request):
        ahead = Occurrence.objects.held().filter(workshop=OuterRef("pk"), ends_at__gt=timezone.now())
        soonest = ahead.order_by("starts_at").values("starts_at")[:1]
        return super().get_queryset(request).annotate(next_at=Subquery(soonest))

    def get_changeform_initial_data(self, request):
        """Of a copy, all that the first one says but its dates and its page."""
        initial = super().get_changeform_initial_data(request)
        source = self.get_queryset(request).filter(pk=whole_number(initial.pop("copie", ""))).first()
        return initial | (copied(source) if source else {})

    def is_public(self, obj):
        return obj.state == State.PUBLISHED and obj.place.state == State.PUBLISHED

    def after_save(self, request, obj):
        self.message_user(request, *scheduled_sentence(schedule(obj), obj))
        self.tell_public_page(request, obj)

    # Columns

    @admin.display(description=_("quand"))
    def rule_sentence(self, workshop):
        return rule_in_words(workshop)

    @admin.display(description=_("prochaine séance"), ordering="next_at")
    def next_date(self, workshop):
        if workshop.next_at:
            return recurrence.date_name(workshop.next_at.astimezone(workshop.place.timezone).date())
        return None

    @admin.display(description=_("publication"), ordering="state")
    def publication(self, workshop):
        return state_mark(workshop)

    # What the rule gives, on the form

    @admin.display(description=_("Ce que cela donne"))
    def rule_reading(self, workshop):
        context = {
            "sentence": rule_in_words(workshop) if workshop.pk else "",
            "fields": " ".join(RULE_FIELDS),
        }
        return render_to_string("admin/includes/rule_reading.html", context)

    @admin.display(description=_("Prochaines séances"))
    def next_occurrences(self, workshop):
        if not workshop.pk:
            return _("Les séances seront programmées à l’enregistrement.")
        ahead = workshop.occurrences.filter(ends_at__gt=timezone.now()).order_by("starts_at")
        for occurrence in (shown := list(ahead[:NEXT_SHOWN])):
            occurrence.workshop = workshop
        context = {
            "workshop": workshop,
            "rows": [(row, day_and_hours(row.local_start, row.local_end)) for row in shown],
            "total": ahead.count(),
        }
        return render_to_string("admin/includes/next_occurrences.html", context)

    def get_urls(self):
        return [
            path("seances/", site.admin_view(require_safe(self.preview)), name="places_workshop_preview"),
            *super().get_urls(),
        ]

    def preview(self, request):
        """What the rule that is being typed would give: a sentence and its next dates, or what is wrong."""
        place = Place.objects.filter(pk=whole_number(request.GET.get("place"))).first()
        form_class = self.get_form(request, None, change=False, fields=RULE_FIELDS)
        form = form_class(request.GET, instance=Workshop(place=place or Place()))
        if not form.is_valid():
            return JsonResponse({"error": next(iter(form.errors.values()))[0]})
        return JsonResponse(foretold(form.instance))

    # Actions

    @admin.action(description=_("Mettre en ligne"), permissions=["change"])
    def publish(self, request, queryset):
        self._set_state(request, queryset, State.PUBLISHED)

    @admin.action(description=_("Archiver (retirer du site, sans rien effacer)"), permissions=["change"])
    def archive(self, request, queryset):
        self._set_state(request, queryset, State.ARCHIVED)

    def _set_state(self, request, queryset, state):
        workshops = list(queryset.select_related("place__commune"))
        n = self.save_all(request, workshops, state=state)
        for workshop in workshops:
            schedule(workshop)
        self.message_user(
            request, ngettext("%(n)d atelier modifié.", "%(n)d ateliers modifiés.", n) % {"n": n}
        )


def whole_number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def today_at(workshop):
    return timezone.localdate(timezone=workshop.place.timezone)


def schedule(workshop):
    today = today_at(workshop)
    return workshop.schedule(today + dt.timedelta(days=WINDOW_DAYS), since=today, at=timezone.now())


def scheduled_sentence(count, workshop):
    """(what was scheduled, level of the message)."""
    if workshop.state != State.PUBLISHED:
        return _("L’atelier n’est pas en ligne : aucune séance n’est à l’agenda."), messages.WARNING
    if not count:
        return _("Aucune séance à venir : vérifiez les dates."), messages.WARNING
    last = workshop.occurrences.order_by("-starts_at").first()
    text = ngettext(
        "%(n)d séance programmée, le %(day)s.", "%(n)d séances programmées jusqu’au %(day)s.", count
    )
    return text % {"n": count, "day": recurrence.date_name(last.local_start.date())}, messages.SUCCESS


def foretold(workshop):
    today = today_at(workshop)
    slots = workshop.slots(today, today + dt.timedelta(days=WINDOW_DAYS))
    n = len(slots)
    total = ngettext("%(n)d séance dans les quatre mois", "%(n)d séances dans les quatre mois", n) % {"n": n}
    return {
        "sentence": recurrence.sentence(workshop.rule),
        "dates": [day_and_hours(*slot) for slot in slots[:NEXT_SHOWN]],
        "total": total if n else _("Aucune séance à venir : vérifiez les dates."),
    }
