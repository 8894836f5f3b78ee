"""A choice of places and sessions that a professional keeps under a name and shares by a secret address."""

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from places.domain.selection import Selection

TOKEN_BYTES = 16  # 128 bits: nobody comes upon one by trying


def new_token():
    return secrets.token_urlsafe(TOKEN_BYTES)


class SharedListQuerySet(models.QuerySet):
    def open(self):
        """Those whose address leads somewhere: shared, by an account that is not shut."""
        return self.filter(is_shared=True, owner__is_active=True)

    def keep(self, owner, name, selection):
        """The list of that name of `owner`, with this choice in it, and shared."""
        row = self.filter(owner=owner, name=name).first() or SharedList(owner=owner, name=name)
        row.selection = selection
        row.share_again() if row.pk and not row.is_shared else row.save()
        return row


class SharedList(models.Model):
    """Its address holds a secret, and nothing of a person; with a new secret the old address is dead."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("compte"),
        on_delete=models.CASCADE,
        related_name="shared_lists",
    )
    name = models.CharField(
        _("nom de la liste"),
        max_length=80,
        help_text=_("«\u00a0Aide aux CV à Bellevue\u00a0»\u00a0: jamais le nom d’une personne."),
    )
    places = models.CharField(max_length=300, blank=True, editable=False)
    occurrences = models.CharField(max_length=300, blank=True, editable=False)
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    is_shared = models.BooleanField(_("partagée"), default=True)
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)
    changed_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    objects = models.Manager.from_queryset(SharedListQuerySet)()

    class Meta:
        verbose_name = _("liste partagée")
        verbose_name_plural = _("listes partagées")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="shared_list_name_once",
                fields=["owner", "name"],
                violation_error_message=_("Vous avez déjà une liste de ce nom."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("shared-list", args=[self.token])

    @property
    def selection(self):
        return Selection.read(self.places, self.occurrences)

    @selection.setter
    def selection(self, selection):
        self.places, self.occurrences = (selection.address.get(name, "") for name in Selection._fields)

    def share_again(self):
        """At a new address: the old one, if there was one, leads nowhere any more."""
        self.token, self.is_shared = new_token(), True
        self.save()

    def revoke(self):
        self.is_shared = False
        self.save(update_fields=["is_shared", "changed_at"])

    @property
    def own_url(self):
        return reverse("own-list", args=[self.pk])
