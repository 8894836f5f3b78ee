"""The short controlled lists of the field: what help, for whom, under which label, from which source.

`code` travels in addresses and files of ours, `label` is the exact value of the national
standard "lieux de médiation numérique" v1.0.2 (schema.json), `name` is what people read.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _


class ReferenceManager(models.Manager):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class TranslatedName(models.CharField):
    """A French name that is read in the language of the page, where the catalogues have it.

    What an editor adds is shown as it is written. Forms of the admin, which is in French, hold the French.
    """

    def from_db_value(self, value, expression, connection):
        return in_language(value)

    def deconstruct(self):
        # To the database it is any other column.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def in_language(name):
    """`name`, a French one, in the language of the page."""
    return gettext(name) if name and get_language() != settings.LANGUAGE_CODE else name


class Reference(models.Model):
    """One value of a controlled list, in the order in which people should meet it."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    label = models.CharField(_("libellé officiel"), max_length=120, unique=True)
    name = TranslatedName(_("nom affiché"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    rank = models.PositiveSmallIntegerField(_("rang"), default=0)

    objects = ReferenceManager()

    class Meta:
        abstract = True
        ordering = ["rank", "code"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.code,)


class Theme(Reference):
    """One of the five axes of the study of 2011 (ANSA for the Comité interministériel des villes)."""

    class Meta(Reference.Meta):
        verbose_name = _("axe")
        verbose_name_plural = _("axes")


class Service(Reference):
    """A kind of help: list A of the national standard."""

    themes = models.ManyToManyField(Theme, verbose_name=_("axes"), blank=True, related_name="services")

    class Meta(Reference.Meta):
        verbose_name = _("aide proposée")
        verbose_name_plural = _("aides proposées")


class Audience(Reference):
    """People whom a place addresses in particular (list B), or whose needs it is ready for (list C).

    A place with no audience addresses everybody: "tout public" was taken out of the standard on purpose.
    """

    class Kind(models.TextChoices):
        PUBLIC = "public", _("Public")
        NEED = "need", _("Besoin particulier")

    kind = models.CharField(_("nature"), max_length=10, choices=Kind, default=Kind.PUBLIC)

    class Meta(Reference.Meta):
        verbose_name = _("public")
        verbose_name_plural = _("publics")


class Label(Reference):
    """A national programme (list D), a training or local label (list E), or another label written freely."""

    class Kind(models.TextChoices):
        PROGRAMME = "programme", _("Dispositif national")
        TRAINING = "training", _("Formation ou label")
        OTHER = "other", _("Autre label")

    kind = models.CharField(_("nature"), max_length=10, choices=Kind, default=Kind.PROGRAMME)

    class Meta(Reference.Meta):
        verbose_name = _("dispositif ou label")
        verbose_name_plural = _("dispositifs et labels")


class PlaceKind(Reference):
    """What sort of place it is: `code` is a code of the standard's `typologie` (EPN, BIB, RFS…)."""

    class Meta(Reference.Meta):
        verbose_name = _("type de lieu")
        verbose_name_plural = _("types de lieu")


class AccessMode(Reference):
    """How one gets in: list F of the standard ("Se présenter" means without an appointment)."""

    class Meta(Reference.Meta):
        verbose_name = _("modalité d’accès")
        verbose_name_plural = _("modalités d’accès")


class SupportMode(Reference):
    """How one is helped: list G of the standard."""

    class Meta(Reference.Meta):
        verbose_name = _("modalité d’accompagnement")
        verbose_name_plural = _("modalités d’accompagnement")


class Fee(Reference):
    """What it costs: `frais_a_charge` of the standard."""

    class Meta(Reference.Meta):
        verbose_name = _("tarif")
        verbose_name_plural = _("tarifs")


class Language(Reference):
    """A language spoken at a place; `code` is an ISO 639 code, or `lsf` for French sign language."""

    class Meta(Reference.Meta):
        verbose_name = _("langue")
        verbose_name_plural = _("langues")


class Source(models.Model):
    """Where listings come from: a published file, a network, or this site's own editors."""

    code = models.SlugField(_("code"), max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    url = models.URLField(_("adresse web"), max_length=300, blank=True)
    is_demonstration = models.BooleanField(
        _("démonstration"),
        default=False,
        help_text=_("Les fiches de cette source sont des exemples et sont signalées à l’écran."),
    )

    objects = ReferenceManager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name", "code"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.code,)
