"""Days on which a place is closed, or keeps other hours than usual."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from places.domain import hours


class ClosureQuerySet(models.QuerySet):
    # Closures are announced 15 days ahead.
    NOTICE = dt.timedelta(days=15)

    def around(self, day):
        """Those in force on the date `day` or starting within the notice of 15 days."""
        return self.between(*self.days_around(day))

    def days_around(self, day):
        return day, day + self.NOTICE

    def between(self, first, last):
        return self.filter(ends_on__gte=first, starts_on__lte=last)

    def not_over(self, day):
        return self.filter(ends_on__gte=day)


class Closure(models.Model):
    """Days on which a place is closed, or keeps other hours than usual, and why."""

    class Kind(models.TextChoices):
        CLOSED = "CLOSED", _("Fermé")
        CHANGED_HOURS = "CHANGED_HOURS", _("Horaires modifiés")

    place = models.ForeignKey(
        "places.Place", verbose_name=_("lieu"), on_delete=models.CASCADE, related_name="closures"
    )
    kind = models.CharField(_("nature"), max_length=15, choices=Kind, default=Kind.CLOSED)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    opening_hours = models.CharField(_("horaires ces jours-là"), max_length=1000, blank=True)
    message = models.CharField(
        _("message"), max_length=200, blank=True, help_text=_("« Congés d’été », « Travaux »…")
    )

    updated_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    history = HistoricalRecords(excluded_fields=["updated_at"])
    objects = models.Manager.from_queryset(ClosureQuerySet)()

    class Meta:
        verbose_name = _("fermeture")
        verbose_name_plural = _("fermetures")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="closure_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("La fin ne peut pas précéder le début."),
            ),
            models.CheckConstraint(
                name="closure_has_hours_when_changed",
                condition=Q(kind="CLOSED", opening_hours="")
                | (Q(kind="CHANGED_HOURS") & ~Q(opening_hours="")),
                violation_error_message=_(
                    "Donnez les horaires de ces jours-là pour des horaires modifiés, et pour eux seuls."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.starts_on:%d/%m/%Y} – {self.ends_on:%d/%m/%Y}"

    def clean(self):
        if self.opening_hours:
            try:
                hours.parse(self.opening_hours)
            except ValueError as error:
                raise ValidationError({"opening_hours": str(error)}) from error

    @property
    def span(self):
        """The value that `domain.hours` reckons with."""
        return hours.ClosureSpan(self.starts_on, self.ends_on, self.opening_hours or None, self.message)
