"""What places and actors lend, do or look for among themselves: the place as a resource centre."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from places.domain.text import fold

from .partner import Partner
from .place import Place
from .publication import State


class OfferQuerySet(models.QuerySet):
    def published(self):
        """Online, of a place or an actor that is."""
        of_place, of_partner = Q(place__state=State.PUBLISHED), Q(partner__is_published=True)
        return self.filter(of_place | of_partner, is_published=True)

    def given(self):
        return self.filter(is_wanted=False)

    def matching(self, q="", *, kind=(), neighbourhood=None, commune=None, place=None, partner=None):
        """Those that hold each word of `q`, or whose place or actor does; empty arguments mean any."""
        found = Offer.objects.values("pk")
        for word in fold(q).split():
            found = found.filter(_holds(word))
        if kind:
            found = found.filter(kind__in=kind)
        if neighbourhood:
            found = found.filter(
                Q(place__neighbourhood=neighbourhood)
                | Q(place__serves=neighbourhood)
                | Q(partner__neighbourhoods=neighbourhood)
            )
        if commune:
            found = found.filter(Q(place__commune=commune) | Q(partner__commune=commune))
        if place:
            found = found.filter(place=place)
        if partner:
            found = found.filter(partner=partner)
        return self.filter(pk__in=found)

    def for_rows(self):
        rows = self.select_related("place__source", "partner__source", "partner__commune")
        return rows.defer("place__imported_values", "partner__commune__area")


def _holds(word):
    # People write "ordinateurs"; the title says "un ordinateur".
    stem = word.rstrip("sx") if len(word) > 3 else word
    columns = [
        "folded_text",
        "place__folded_name",
        "place__commune__folded_name",
        "place__neighbourhood__folded_name",
        "place__neighbourhood__folded_aliases",
        "partner__folded_name",
        "partner__commune__folded_name",
        "partner__neighbourhoods__folded_name",
        "partner__neighbourhoods__folded_aliases",
    ]
    return Q(*((f"{column}__contains", stem) for column in columns), _connector=Q.OR)


class Offer(models.Model):
    """A resource that a place, or an actor, gives to the others of the neighbourhood, or looks for."""

    class Kind(models.TextChoices):
        ROOM = "ROOM", _("Salle")
        EQUIPMENT = "EQUIPMENT", _("Prêt d’ordinateurs ou de matériel")
        MEDIATOR = "MEDIATOR", _("Médiateur pour quelques heures")
        TRAINING = "TRAINING", _("Formation de bénévoles ou de salariés")
        WEBSITE = "WEBSITE", _("Aide pour le site d’une association")
        HOSTING = "HOSTING", _("Accueil d’une permanence")
        OTHER = "OTHER", _("Autre coup de main")

    place = models.ForeignKey(
        Place,
        verbose_name=_("lieu"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="offers",
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("partenaire"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="offers",
    )
    is_wanted = models.BooleanField(
        _("c’est une recherche"), default=False, help_text=_("Coché : cherché. Sinon : proposé.")
    )
    kind = models.CharField(_("type de ressource"), max_length=12, choices=Kind)
    title = models.CharField(_("titre"), max_length=120)
    summary = models.CharField(_("en une phrase"), max_length=280, blank=True)
    conditions = models.CharField(
        _("à quelles conditions"),
        max_length=280,
        blank=True,
        help_text=_("Gratuit ou non, combien de temps, combien de jours avant."),
    )
    for_whom = models.CharField(
        _("pour qui"), max_length=160, blank=True, help_text=_("« Les associations du quartier ».")
    )
    contact = models.CharField(
        _("fonction à contacter"), max_length=120, blank=True, help_text=_("Jamais un nom de personne.")
    )
    is_published = models.BooleanField(_("en ligne"), default=True)
    folded_text = models.CharField(max_length=600, editable=False)
    updated_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    history = HistoricalRecords(excluded_fields=["folded_text", "updated_at"])
    objects = models.Manager.from_queryset(OfferQuerySet)()

    class Meta:
        verbose_name = _("ressource")
        verbose_name_plural = _("ressources")
        ordering = ["kind", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="offer_has_one_giver",
                condition=Q(place__isnull=True, partner__isnull=False)
                | Q(place__isnull=False, partner__isnull=True),
                violation_error_message=_("Choisissez un lieu ou un partenaire, l’un des deux."),
            ),
            models.CheckConstraint(
                name="offer_has_title",
                condition=~Q(title=""),
                violation_error_message=_("Donnez un titre à la ressource."),
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.folded_text = fold(f"{self.title} {self.get_kind_display()} {self.summary}")[:600]
        super().save(*args, **kwargs)

    @property
    def giver(self):
        """Whose it is, or who looks for it."""
        return self.place or self.partner

    @property
    def city(self):
        if self.place_id:
            return self.place.city
        return self.partner.commune.name if self.partner.commune_id else ""

    @property
    def is_demonstration(self):
        return self.giver.is_demonstration
