"""How far a listing is from being public."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "DRAFT", _("Brouillon")
    PENDING = "PENDING", _("À relire")
    PUBLISHED = "PUBLISHED", _("En ligne")
    ARCHIVED = "ARCHIVED", _("Archivé")
