"""Lists cut down to what an editor is looking for."""

import datetime as dt

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from places.models import Certainty, Department, Neighbourhood, Occurrence, Place


class DepartmentFilter(admin.SimpleListFilter):
    """Only the départements that the list holds: a hundred links would hide the other filters."""

    title = _("département")
    parameter_name = "department"

    def lookups(self, request, model_admin):
        here = Place.objects.filter(commune__department=OuterRef("pk"))
        return [(row.code, str(row)) for row in Department.objects.filter(Exists(here)).defer("area")]

    def queryset(self, request, queryset):
        if self.value():
            return queryset.filter(commune__department__code=self.value())
        return queryset


class SituationFilter(admin.SimpleListFilter):
    title = _("situation")
    parameter_name = "situation"

    MEANINGS = {
        "qpv": Q(neighbourhood__kind=Neighbourhood.Kind.PRIORITY),
        "lived": Q(neighbourhood__kind=Neighbourhood.Kind.LIVED),
        "edge": Q(neighbourhood_certainty=Certainty.EDGE),
        "outside": Q(neighbourhood_certainty=Certainty.OUTSIDE),
        "unknown": Q(neighbourhood_certainty=Certainty.UNKNOWN),
    }

    def lookups(self, request, model_admin):
        return [
            ("qpv", _("Dans un quartier prioritaire")),
            ("lived", _("Dans un quartier vécu")),
            ("edge", _("En limite de quartier")),
            ("outside", _("Hors d’un quartier connu")),
            ("unknown", _("Position inconnue")),
        ]

    def queryset(self, request, queryset):
        return queryset.filter(self.MEANINGS.get(self.value(), Q()))


class CompletenessFilter(admin.SimpleListFilter):
    title = _("complétude")
    parameter_name = "completeness"

    BANDS = {"low": (0, 49), "middle": (50, 79), "high": (80, 100)}

    def lookups(self, request, model_admin):
        return [
            ("low", _("Moins de 50 %")),
            ("middle", _("De 50 à 79 %")),
            ("high", _("80 % et plus")),
        ]

    def queryset(self, request, queryset):
        if self.value() in self.BANDS:
            return queryset.filter(completeness__range=self.BANDS[self.value()])
        return queryset


class ConfirmedFilter(admin.SimpleListFilter):
    """When somebody last said that the listing is right: here, or in its source."""

    title = _("dernière confirmation")
    parameter_name = "confirmed"

    def lookups(self, request, model_admin):
        return [
            ("recent", _("Il y a moins de 6 mois")),
            ("ageing", _("Il y a 6 à 12 mois")),
            ("stale", _("Il y a plus d’un an, ou jamais")),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        half_a_year, a_year = today - dt.timedelta(days=183), today - dt.timedelta(days=365)
        if self.value() == "recent":
            return queryset.confirmed_since(half_a_year)
        if self.value() == "ageing":
            return queryset.confirmed_since(a_year).not_confirmed_since(half_a_year)
        if self.value() == "stale":
            return queryset.not_confirmed_since(a_year)
        return queryset


class HoursKnownFilter(admin.SimpleListFilter):
    title = _("horaires")
    parameter_name = "hours"

    def lookups(self, request, model_admin):
        return [("yes", _("Connus")), ("text", _("En texte seulement")), ("no", _("Inconnus"))]

    def queryset(self, request, queryset):
        meanings = {
            "yes": ~Q(opening_hours=""),
            "text": Q(opening_hours="") & ~Q(opening_hours_text=""),
            "no": Q(opening_hours="", opening_hours_text=""),
        }
        return queryset.filter(meanings.get(self.value(), Q()))


class WhenFilter(admin.SimpleListFilter):
    """Sessions to come unless asked otherwise: the past is long, and rarely what one looks for."""

    title = _("date")
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [("week", _("Dans les 7 jours")), ("past", _("Passées")), ("all", _("Toutes"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [{**first, "display": _("À venir")}, *others]

    def queryset(self, request, queryset):
        now = timezone.now()
        meanings = {
            None: Q(ends_at__gt=now),
            "week": Q(ends_at__gt=now, starts_at__lt=now + dt.timedelta(days=7)),
            "past": Q(ends_at__lte=now),
        }
        return queryset.filter(meanings.get(self.value(), Q()))


class QueueFilter(admin.SimpleListFilter):
    """What is still to do unless asked otherwise."""

    title = _("état")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [("accepted", _("Acceptés")), ("rejected", _("Refusés")), ("all", _("Tous"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [{**first, "display": _("À traiter")}, *others]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset.waiting()
        if self.value() in ("accepted", "rejected"):
            return queryset.filter(status=self.value().upper())
        return queryset


class ReviewFilter(admin.SimpleListFilter):
    title = _("à revoir")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("due", _("C’est le moment")), ("none", _("Sans date"))]

    def queryset(self, request, queryset):
        if self.value() == "due":
            return queryset.to_review(timezone.localdate())
        if self.value() == "none":
            return queryset.current().filter(review_on=None)
        return queryset


class ComingFilter(admin.SimpleListFilter):
    """Workshops on line whose rule gives nothing any more: a date to extend, or a page to archive."""

    title = _("séances")
    parameter_name = "coming"

    def lookups(self, request, model_admin):
        return [("yes", _("Des séances à venir")), ("no", _("Plus de séance à venir"))]

    def queryset(self, request, queryset):
        ahead = Exists(Occurrence.objects.filter(workshop=OuterRef("pk"), ends_at__gt=timezone.now()))
        if self.value() == "yes":
            return queryset.filter(ahead)
        if self.value() == "no":
            return queryset.filter(~ahead)
        return queryset
