"""Facts about a place that decide a visit: what one can use there, and whether one can get in.

In every field, None is "unknown": a page never turns it into a no.
"""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Equipment(models.Model):
    computer_count = models.PositiveSmallIntegerField(
        _("nombre d’ordinateurs"), null=True, blank=True, validators=[MaxValueValidator(500)]
    )
    has_printing = models.BooleanField(_("imprimante"), null=True, blank=True)
    printing_price = models.CharField(_("prix d’une impression"), max_length=120, blank=True)
    has_scanning = models.BooleanField(_("scanner"), null=True, blank=True)
    has_wifi = models.BooleanField(_("wifi"), null=True, blank=True)
    has_webcam_booth = models.BooleanField(_("cabine pour la visio"), null=True, blank=True)
    welcomes_own_device = models.BooleanField(_("on peut venir avec son appareil"), null=True, blank=True)
    has_headset = models.BooleanField(_("casque audio"), null=True, blank=True)
    has_large_screen = models.BooleanField(_("grand écran"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def equipment_is_known(self):
        """Whether there is anything to say about what one can use there."""
        return any(getattr(self, field.name) not in (None, "") for field in Equipment._meta.local_fields)


class Accessibility(models.Model):
    is_step_free = models.BooleanField(_("accès de plain-pied"), null=True, blank=True)
    has_adapted_toilets = models.BooleanField(_("toilettes adaptées"), null=True, blank=True)
    has_accessible_parking = models.BooleanField(_("place de parking adaptée"), null=True, blank=True)
    has_hearing_loop = models.BooleanField(_("boucle magnétique"), null=True, blank=True)
    has_adapted_workstation = models.BooleanField(
        _("poste adapté (lecture d’écran, agrandissement)"), null=True, blank=True
    )
    accessibility_notes = models.TextField(_("précisions sur l’accessibilité"), blank=True)
    acceslibre_url = models.URLField(_("fiche Acceslibre"), max_length=400, blank=True)

    class Meta:
        abstract = True
