"""Names that communes no longer bear, and that people still say."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from places.domain.text import fold

from .territory import Commune


class FormerName(models.Model):
    """What a commune, or one that became a part of it, was called: Château-Arnoux, Cherbourg, Évry."""

    commune = models.ForeignKey(
        Commune,
        verbose_name=_("commune d’aujourd’hui"),
        on_delete=models.CASCADE,
        related_name="former_names",
    )
    name = models.CharField(_("ancien nom"), max_length=120)
    folded_name = models.CharField(max_length=120, editable=False)
    changed_on = models.DateField(_("changé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("ancien nom de commune")
        verbose_name_plural = _("anciens noms de communes")
        ordering = ["folded_name", "commune"]
        constraints = [
            models.UniqueConstraint(
                name="former_name_once",
                fields=["commune", "folded_name"],
                violation_error_message=_("Cette commune a déjà cet ancien nom."),
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.derive()
        super().save(*args, **kwargs)

    def derive(self):
        self.folded_name = fold(self.name)
