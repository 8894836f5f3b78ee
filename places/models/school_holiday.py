"""School holidays, zone by zone: what "sauf vacances scolaires" means in the rule of a workshop."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from places.domain.school_holidays import SchoolBreak, Zone


class SchoolHolidayQuerySet(models.QuerySet):
    def get_by_natural_key(self, zone, starts_on):
        return self.get(zone=zone, starts_on=starts_on)

    def by_zone(self):
        """{zone: [SchoolBreak, …]} of all that is known."""
        found = {}
        for zone, starts_on, ends_on in self.values_list("zone", "starts_on", "ends_on"):
            found.setdefault(zone, []).append(SchoolBreak(starts_on, ends_on))
        return found


class SchoolHoliday(models.Model):
    """Days without school in one zone: from the Saturday that lessons end to the eve of their return."""

    ZONES = [
        (Zone.A.value, _("Zone A")),
        (Zone.B.value, _("Zone B")),
        (Zone.C.value, _("Zone C")),
        (Zone.CORSICA.value, _("Corse")),
        (Zone.GUADELOUPE.value, _("Guadeloupe")),
        (Zone.MARTINIQUE.value, _("Martinique")),
        (Zone.GUYANE.value, _("Guyane")),
        (Zone.REUNION.value, _("La Réunion")),
        (Zone.SAINT_PIERRE_ET_MIQUELON.value, _("Saint-Pierre-et-Miquelon")),
        (Zone.MAYOTTE.value, _("Mayotte")),
        (Zone.SAINT_BARTHELEMY.value, _("Saint-Barthélemy")),
        (Zone.SAINT_MARTIN.value, _("Saint-Martin")),
        (Zone.WALLIS_ET_FUTUNA.value, _("Wallis-et-Futuna")),
        (Zone.POLYNESIE.value, _("Polynésie française")),
        (Zone.NOUVELLE_CALEDONIE.value, _("Nouvelle-Calédonie")),
    ]

    zone = models.CharField(_("zone scolaire"), max_length=5, choices=ZONES)
    name = models.CharField(
        _("nom"),
        max_length=60,
        help_text=_("«\u00a0Vacances de la Toussaint\u00a0», «\u00a0Pont de l’Ascension\u00a0»…"),
    )
    starts_on = models.DateField(_("premier jour"), help_text=_("Le samedi, pour la plupart."))
    ends_on = models.DateField(_("dernier jour"), help_text=_("La veille de la reprise des cours."))

    objects = models.Manager.from_queryset(SchoolHolidayQuerySet)()

    class Meta:
        verbose_name = _("vacances scolaires")
        verbose_name_plural = _("vacances scolaires")
        ordering = ["starts_on", "zone"]
        constraints = [
            models.UniqueConstraint(
                name="school_holiday_once",
                fields=["zone", "starts_on"],
                violation_error_message=_("Des vacances commencent déjà ce jour-là dans cette zone."),
            ),
            models.CheckConstraint(
                name="school_holiday_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("La fin ne peut pas précéder le début."),
            ),
        ]

    def __str__(self):
        return f"{self.name} – {self.get_zone_display()}"

    def natural_key(self):
        return (self.zone, self.starts_on)
