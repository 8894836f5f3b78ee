"""The meetings of a workshop, as rows: what the agenda shows and what an editor may move or cancel."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .closure import Closure
from .publication import State
from .venue import Venue

# A day of the whole agenda begins at the mainland's midnight; each row shows the hour of its place.
MAINLAND = ZoneInfo("Europe/Paris")


# How a slot is written in an address.
SLOT_FORMAT = "%Y-%m-%d-%Hh%M"

# What `revise()` sets.
REVISED = ["sequence", "updated_at"]


class OccurrenceQuerySet(models.QuerySet):
    def visible(self):
        return self.filter(workshop__state=State.PUBLISHED, workshop__place__state=State.PUBLISHED)

    def upcoming(self, at):
        """Not over at the aware moment `at`, soonest first; cancelled ones stay, they are told as such."""
        return self.visible().filter(ends_at__gt=at).order_by("starts_at", "pk")

    def at_slot(self, slot, zone):
        """Those of the slot that an address calls `slot`, by the clock of `zone`. Raises ValueError."""
        first = dt.datetime.strptime(slot, SLOT_FORMAT).replace(tzinfo=zone)
        # An hour that comes twice, when the clocks go back, is either of both: in UTC they differ.
        either = [moment.astimezone(dt.UTC) for moment in (first, first.replace(fold=1))]
        return self.filter(slot_starts_at__in=either)

    def held(self):
        return self.exclude(status=Occurrence.Status.CANCELLED)

    def at_closed(self, closure):
        """Those that a closure leaves without a door: at the place itself, on its days."""
        at_the_place = Q(workshop__host_partner=None, workshop__host_address="", host_address="")
        if closure.kind != Closure.Kind.CLOSED:
            return self.none()
        zone = closure.place.timezone
        first, last = (
            dt.datetime.combine(day, dt.time.min, tzinfo=zone)
            for day in (closure.starts_on, closure.ends_on + dt.timedelta(days=1))
        )
        rows = self.filter(at_the_place, workshop__place=closure.place)
        return rows.filter(starts_at__gte=first, starts_at__lt=last)

    def changed(self):
        """Cancelled, or at another hour or place than the rule gave."""
        moved = ~Q(starts_at=F("slot_starts_at")) | ~Q(host_address="")
        return self.filter(Q(status=Occurrence.Status.CANCELLED) | moved)

    def of(self, workshops):
        return self.filter(workshop__in=workshops.order_by().values("pk"))

    def at_places(self, places):
        return self.filter(workshop__place__in=places)

    def for_rows(self):
        """With all that a row of the agenda shows, in a fixed number of queries."""
        rows = self.select_related(
            "workshop",
            "workshop__fee",
            "workshop__place",
            "workshop__place__commune",
            "workshop__place__source",
            "workshop__host_partner__commune",
        )
        # The outline of a town, and what a source said once, are larger than all the rest of a row.
        return rows.defer(
            "workshop__imported_values",
            "workshop__place__imported_values",
            "workshop__place__commune__area",
            "workshop__host_partner__commune__area",
        ).prefetch_related("workshop__themes", "workshop__booking_modes")


class Occurrence(models.Model):
    """One meeting of a workshop. `slot_starts_at` is what the rule gave: it names the row once moved."""

    class Status(models.TextChoices):
        SCHEDULED = "SCHEDULED", _("Prévue")
        CANCELLED = "CANCELLED", _("Annulée")

    class Seats(models.TextChoices):
        UNKNOWN = "", _("Non précisé")
        FREE = "FREE", _("Il reste des places")
        FEW = "FEW", _("Dernières places")
        FULL = "FULL", _("Complet")
        WAITING_LIST = "WAITING_LIST", _("Complet, liste d’attente")

    workshop = models.ForeignKey(
        "places.Workshop", verbose_name=_("atelier"), on_delete=models.CASCADE, related_name="occurrences"
    )
    slot_starts_at = models.DateTimeField(_("créneau d’origine"), editable=False)
    starts_at = models.DateTimeField(_("début"), db_index=True)
    ends_at = models.DateTimeField(_("fin"), db_index=True)
    status = models.CharField(_("état"), max_length=10, choices=Status, default=Status.SCHEDULED)
    seats = models.CharField(_("places"), max_length=12, choices=Seats, default=Seats.UNKNOWN, blank=True)
    message = models.CharField(
        _("message"), max_length=200, blank=True, help_text=_("Affiché avec la séance.")
    )
    host_address = models.CharField(
        _("à une autre adresse, cette fois"),
        max_length=200,
        blank=True,
        help_text=_("Seulement si cette séance a lieu ailleurs que les autres."),
    )
    is_overridden = models.BooleanField(
        _("modifiée à la main"),
        default=False,
        help_text=_("Une séance modifiée à la main n’est plus changée par la règle de l’atelier."),
    )

    sequence = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    history = HistoricalRecords(excluded_fields=["sequence", "updated_at"])
    objects = models.Manager.from_queryset(OccurrenceQuerySet)()

    class Meta:
        verbose_name = _("séance")
        verbose_name_plural = _("séances")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="occurrence_once_per_slot",
                fields=["workshop", "slot_starts_at"],
                violation_error_message=_("Cette séance existe déjà."),
            ),
            models.CheckConstraint(
                name="occurrence_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("La fin doit suivre le début."),
            ),
        ]

    def __str__(self):
        return f"{self.workshop} – {self.local_start:%d/%m/%Y %H:%M}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            self.sequence += 1
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("occurrence", args=[self.workshop.slug, self.slot])

    def revise(self, at):
        """Count a change made at `at`, as `save()` does: calendars hear of it by `sequence` (RFC 5545).

        Bulk writers call it, and write REVISED with the fields that they change.
        """
        self.sequence += 1
        self.updated_at = at

    @property
    def uid(self):
        """What calendars know it by: of its workshop and its slot, that nothing changes."""
        return f"{self.workshop.uid}-{self.slot_starts_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"

    @property
    def slot(self):
        """What its address calls it, moved or not: "2026-09-08-14h00", by the clock of the place."""
        return f"{self.local_slot:{SLOT_FORMAT}}"

    @property
    def local_slot(self):
        return self.slot_starts_at.astimezone(self.workshop.place.timezone)

    @property
    def is_moved(self):
        return self.starts_at != self.slot_starts_at

    @property
    def is_cancelled(self):
        return self.status == self.Status.CANCELLED

    @property
    def local_start(self):
        return self.starts_at.astimezone(self.workshop.place.timezone)

    @property
    def local_date(self):
        return self.local_start.date()

    @property
    def local_end(self):
        return self.ends_at.astimezone(self.workshop.place.timezone)

    @property
    def venue(self):
        return Venue("", self.host_address, None) if self.host_address else self.workshop.venue
