"""What a visitor reports about a listing. Nothing of it is public before a person accepts it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .place import Place


class CorrectionQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(status=Correction.Status.NEW)


class Correction(models.Model):
    class Kind(models.TextChoices):
        HOURS = "HOURS", _("Les horaires")
        PHONE = "PHONE", _("Le téléphone ou le courriel")
        ADDRESS = "ADDRESS", _("L’adresse ou la position")
        SERVICES = "SERVICES", _("Les aides proposées")
        CLOSED = "CLOSED", _("Le lieu n’existe plus")
        OTHER = "OTHER", _("Autre chose")

    class Status(models.TextChoices):
        NEW = "NEW", _("À traiter")
        ACCEPTED = "ACCEPTED", _("Acceptée")
        REJECTED = "REJECTED", _("Refusée")

    place = models.ForeignKey(
        Place, verbose_name=_("lieu"), on_delete=models.CASCADE, related_name="corrections"
    )
    kind = models.CharField(_("ce qui ne va pas"), max_length=10, choices=Kind)
    message = models.TextField(_("ce qu’il faudrait écrire"), max_length=2000)
    reply_to = models.CharField(
        _("pour vous répondre"),
        max_length=120,
        blank=True,
        help_text=_(
            "Facultatif : un courriel ou un téléphone. Il est effacé une fois le signalement traité."
        ),
    )
    status = models.CharField(_("état"), max_length=10, choices=Status, default=Status.NEW, db_index=True)
    answer = models.TextField(_("suite donnée"), blank=True)
    created_at = models.DateTimeField(_("reçu le"), auto_now_add=True)
    handled_at = models.DateTimeField(_("traité le"), null=True, blank=True)

    # The visitor's address must not live on in the history once it is erased.
    history = HistoricalRecords(excluded_fields=["reply_to"])
    objects = models.Manager.from_queryset(CorrectionQuerySet)()

    class Meta:
        verbose_name = _("signalement")
        verbose_name_plural = _("signalements")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="correction_has_message",
                condition=~Q(message=""),
                violation_error_message=_("Dites-nous ce qu’il faudrait écrire."),
            ),
            models.CheckConstraint(
                name="correction_handled_forgets_the_visitor",
                condition=Q(status="NEW") | Q(reply_to=""),
                violation_error_message=_("Un signalement traité ne garde pas l’adresse du visiteur."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} – {self.place}"

    def save(self, *args, **kwargs):
        if self.status != self.Status.NEW:
            self.reply_to = ""
        super().save(*args, **kwargs)
