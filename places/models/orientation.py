"""Orienting people: how often in a week, and what was not found for them. Numbers, never a person."""

import datetime as dt

from django.db import models, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from places.domain.hours.halfdays import HALF_DAY_NAMES

from .reference import Service, Theme
from .territory import Commune, Neighbourhood


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


class CountQuerySet(models.QuerySet):
    def add(self, *, on: dt.date, **what):
        """One more of `what` in the week of the day `on`."""
        row = {"week": monday_of(on), **what}
        with transaction.atomic():
            # Two at once may each make a first row: sums stay right, which is all that is read of them.
            if not self.filter(**row).update(count=F("count") + 1):
                self.create(count=1, **row)

    def since(self, day):
        return self.filter(week__gte=monday_of(day))

    def total(self):
        return self.aggregate(total=Sum("count"))["total"] or 0


class Count(models.Model):
    week = models.DateField(_("semaine du"), help_text=_("Le lundi."))
    count = models.PositiveIntegerField(_("nombre"), default=0)

    objects = models.Manager.from_queryset(CountQuerySet)()

    class Meta:
        abstract = True
        ordering = ["-week", "pk"]


class OrientationCount(Count):
    """Slips made in a week, for people of one neighbourhood, on one axis; None is "not said"."""

    neighbourhood = models.ForeignKey(
        Neighbourhood,
        verbose_name=_("quartier"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="orientation_counts",
    )
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("axe"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="orientation_counts",
    )

    class Meta(Count.Meta):
        verbose_name = _("orientations de la semaine")
        verbose_name_plural = _("orientations, en nombres")
        indexes = [models.Index(fields=["neighbourhood", "week"], name="orientation_area_week")]

    def __str__(self):
        return f"{self.week:%d/%m/%Y} – {self.count}"


class UnmetNeed(Count):
    """How often in a week nothing was found that fits: which help, where, when."""

    HALF_DAYS = [("", _("À tout moment")), *HALF_DAY_NAMES.items()]

    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="unmet_needs")
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        verbose_name=_("quartier"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="unmet_needs",
    )
    service = models.ForeignKey(
        Service, verbose_name=_("aide cherchée"), on_delete=models.CASCADE, related_name="unmet_needs"
    )
    half_day = models.CharField(_("moment"), max_length=20, choices=HALF_DAYS, blank=True)

    class Meta(Count.Meta):
        verbose_name = _("besoin sans réponse")
        verbose_name_plural = _("besoins sans réponse")
        indexes = [models.Index(fields=["neighbourhood", "week"], name="unmet_area_week")]

    def __str__(self):
        return f"{self.week:%d/%m/%Y} – {self.count}"
