"""What a place and a partner do together."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .partner import Partner
from .place import Place
from .publication import State
from .reference import Theme


class PartnershipQuerySet(models.QuerySet):
    def current(self):
        return self.exclude(status=Partnership.Status.ENDED)

    def public(self):
        """Not ended, between two pages that are online."""
        return self.current().filter(partner__is_published=True, place__state=State.PUBLISHED)

    def to_review(self, today):
        """Not ended, and the date on which people meant to talk about it again is past."""
        return self.current().filter(review_on__lte=today)

    def for_rows(self):
        return self.select_related("place", "partner", "theme", "place__commune", "place__neighbourhood")


class Partnership(models.Model):
    """What a place and a partner do together: on which axis, what really, since when."""

    class Activity(models.TextChoices):
        PERMANENCE = "PERMANENCE", _("Permanence dans les locaux")
        SHARED_WORKSHOP = "SHARED_WORKSHOP", _("Atelier en commun")
        LOAN = "LOAN", _("Prêt de salle ou de matériel")
        ORIENTATION = "ORIENTATION", _("Orientation de personnes")
        TRAINING = "TRAINING", _("Formation de professionnels ou de bénévoles")
        FUNDING = "FUNDING", _("Financement")
        PROJECT = "PROJECT", _("Projet commun")

    class Status(models.TextChoices):
        WISHED = "WISHED", _("Souhaité")
        STARTING = "STARTING", _("En construction")
        ACTIVE = "ACTIVE", _("Actif")
        ENDED = "ENDED", _("Terminé")

    place = models.ForeignKey(
        Place, verbose_name=_("lieu"), on_delete=models.CASCADE, related_name="partnerships"
    )
    partner = models.ForeignKey(
        Partner, verbose_name=_("partenaire"), on_delete=models.CASCADE, related_name="partnerships"
    )
    theme = models.ForeignKey(
        Theme, verbose_name=_("axe"), on_delete=models.PROTECT, related_name="partnerships"
    )
    activity = models.CharField(_("ce qui se fait"), max_length=16, choices=Activity)
    description = models.CharField(_("en une phrase"), max_length=280, blank=True)
    status = models.CharField(_("état"), max_length=10, choices=Status, default=Status.ACTIVE)
    since = models.DateField(_("depuis le"), null=True, blank=True)
    ended_on = models.DateField(_("terminé le"), null=True, blank=True)
    review_on = models.DateField(
        _("à revoir le"), null=True, blank=True, help_text=_("La date à laquelle en reparler.")
    )
    place_contact = models.CharField(_("fonction à contacter dans le lieu"), max_length=120, blank=True)
    partner_contact = models.CharField(
        _("fonction à contacter chez le partenaire"), max_length=120, blank=True
    )

    history = HistoricalRecords()
    objects = models.Manager.from_queryset(PartnershipQuerySet)()

    class Meta:
        verbose_name = _("partenariat")
        verbose_name_plural = _("partenariats")
        ordering = ["theme", "partner__folded_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="partnership_once",
                fields=["place", "partner", "theme", "activity"],
                violation_error_message=_("Ce partenariat existe déjà sur cet axe, pour la même action."),
            ),
            models.CheckConstraint(
                name="partnership_ends_after_it_starts",
                condition=Q(ended_on__isnull=True) | Q(since__isnull=True) | Q(ended_on__gte=F("since")),
                violation_error_message=_("La fin ne peut pas précéder le début."),
            ),
            models.CheckConstraint(
                name="partnership_end_date_means_ended",
                condition=Q(ended_on__isnull=True) | Q(status="ENDED"),
                violation_error_message=_("Un partenariat qui a une date de fin est « Terminé »."),
            ),
        ]

    def __str__(self):
        return f"{self.place} – {self.partner} ({self.theme})"
