"""Actors of city policy, and what binds them to the places of the neighbourhood."""

from django.contrib.gis.db import models
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from places.domain import identifiers
from places.domain.text import fold, slug

from .naming import free_slug
from .professional import PERMISSION, is_professional
from .reference import Audience, Source, Theme
from .territory import Commune, Neighbourhood
from .venue import Venue


class PartnerQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def published(self):
        return self.filter(is_published=True)

    def matching(self, q="", *, kind=(), theme=(), neighbourhood=None, commune=None):
        """Those whose name, neighbourhood or commune holds the words of `q`; empty arguments mean any."""
        named = Partner.objects.values("pk")
        for word in fold(q).split():
            named = named.filter(
                Q(folded_name__contains=word)
                | Q(neighbourhoods__folded_name__contains=word)
                | Q(neighbourhoods__folded_aliases__contains=word)
                | Q(neighbourhoods__communes__folded_name__contains=word)
                | Q(commune__folded_name__contains=word)
            )
        if kind:
            named = named.filter(kind__in=kind)
        if theme:
            named = named.filter(themes__in=theme)
        if neighbourhood:
            named = named.filter(neighbourhoods=neighbourhood)
        if commune:
            named = named.filter(Q(commune=commune) | Q(neighbourhoods__communes=commune))
        return self.filter(pk__in=named)

    def active_in(self, neighbourhood):
        """Those that name `neighbourhood` as one of theirs, or work with a place inside it."""
        together = Q(partnerships__place__neighbourhood=neighbourhood) & ~Q(partnerships__status="ENDED")
        named = Partner.objects.filter(Q(neighbourhoods=neighbourhood) | together)
        return self.filter(pk__in=named.values("pk"))


class Partner(models.Model):
    """An actor of city policy: social centre, mission locale, landlord, school, association…"""

    class Kind(models.TextChoices):
        PREFECT_DELEGATE = "PREFECT_DELEGATE", _("Délégué du préfet")
        PROJECT_MANAGER = "PROJECT_MANAGER", _("Équipe du contrat de ville")
        MUNICIPALITY = "MUNICIPALITY", _("Ville ou intercommunalité")
        SOCIAL_CENTRE = "SOCIAL_CENTRE", _("Centre social")
        ADULT_RELAY = "ADULT_RELAY", _("Médiation, adultes-relais")
        LANDLORD = "LANDLORD", _("Bailleur social")
        SCHOOL = "SCHOOL", _("Établissement scolaire")
        FRANCE_TRAVAIL = "FRANCE_TRAVAIL", _("France Travail")
        MISSION_LOCALE = "MISSION_LOCALE", _("Mission locale")
        CAF = "CAF", _("Caf")
        CCAS = "CCAS", _("Centre communal d’action sociale")
        LIBRARY = "LIBRARY", _("Bibliothèque")
        HEALTH = "HEALTH", _("Santé")
        PREVENTION = "PREVENTION", _("Prévention spécialisée")
        ASSOCIATION = "ASSOCIATION", _("Association")
        CITIZEN_COUNCIL = "CITIZEN_COUNCIL", _("Conseil citoyen")
        OTHER = "OTHER", _("Autre acteur")

    name = models.CharField(_("nom"), max_length=160)
    folded_name = models.CharField(max_length=160, editable=False, db_index=True)
    slug = models.SlugField(_("adresse de la page"), max_length=180, unique=True, blank=True)
    kind = models.CharField(_("type d’acteur"), max_length=20, choices=Kind, default=Kind.ASSOCIATION)
    is_published = models.BooleanField(_("en ligne"), default=True)
    summary = models.CharField(_("en une phrase"), max_length=280, blank=True)
    description = models.TextField(_("présentation"), blank=True)
    themes = models.ManyToManyField(Theme, verbose_name=_("axes"), related_name="partners", blank=True)
    audiences = models.ManyToManyField(
        Audience,
        verbose_name=_("publics"),
        related_name="partners",
        blank=True,
        help_text=_("Ceux à qui il s’adresse en particulier. Rien de coché : tout le monde."),
    )
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, verbose_name=_("quartiers"), related_name="partners", blank=True
    )
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    postcode = models.CharField(_("code postal"), max_length=5, blank=True)
    commune = models.ForeignKey(
        Commune,
        verbose_name=_("commune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="partners",
    )
    location = models.PointField(_("position"), srid=4326, null=True, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    website = models.URLField(_("site web"), max_length=400, blank=True)
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="partners",
    )
    external_id = models.CharField(_("identifiant dans la source"), max_length=140, blank=True)
    imported_values = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text=_("Ce que la source disait à la dernière importation, champ par champ."),
    )
    verified_at = models.DateTimeField(_("vérifié le"), null=True, blank=True)

    history = HistoricalRecords(excluded_fields=["folded_name", "imported_values"])
    objects = models.Manager.from_queryset(PartnerQuerySet)()

    class Meta:
        verbose_name = _("partenaire")
        verbose_name_plural = _("partenaires")
        ordering = ["folded_name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="partner_has_name",
                condition=~Q(name=""),
                violation_error_message=_("Donnez un nom au partenaire."),
            ),
            models.UniqueConstraint(
                name="partner_once_per_source",
                fields=["source", "external_id"],
                condition=~Q(external_id=""),
                violation_error_message=_("Cette source a déjà un partenaire de cet identifiant."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if self.phone:
            try:
                self.phone = identifiers.phone(self.phone, self.postcode)
            except ValueError as error:
                raise ValidationError({"phone": str(error)}) from error

    def save(self, *args, **kwargs):
        self.derive()
        super().save(*args, **kwargs)

    def derive(self):
        self.folded_name = fold(self.name)
        if not self.slug:
            self.slug = free_slug(Partner, slug(self.name))

    def natural_key(self):
        return (self.slug,)

    natural_key.dependencies = ["places.commune", "places.source"]

    def get_absolute_url(self):
        return reverse("partner", args=[self.slug])

    @property
    def venue(self):
        town = " ".join(
            part for part in (self.postcode, self.commune.name if self.commune_id else "") if part
        )
        address = ", ".join(part for part in (self.address, town) if part)
        return Venue(self.name, address, self.location)

    @property
    def is_demonstration(self):
        return self.source_id is not None and self.source.is_demonstration


class PartnerContactQuerySet(models.QuerySet):
    def public(self):
        return self.filter(visibility=PartnerContact.Visibility.PUBLIC)

    def visible_to(self, user):
        return self if is_professional(user) else self.public()

    def for_professional(self, user):
        """All of them for a professional; for anybody else none, public ones neither."""
        return self if is_professional(user) else self.none()


class PartnerContact(models.Model):
    """Whom to call at a partner: a function, never the name of a person."""

    class Visibility(models.TextChoices):
        PUBLIC = "PUBLIC", _("Tout le monde")
        PROFESSIONAL = "PROFESSIONAL", _("Professionnels seulement")

    partner = models.ForeignKey(
        Partner, verbose_name=_("partenaire"), on_delete=models.CASCADE, related_name="contacts"
    )
    function = models.CharField(
        _("fonction"), max_length=120, help_text=_("« Accueil », « Référente insertion » : pas de nom.")
    )
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    visibility = models.CharField(
        _("visible par"), max_length=12, choices=Visibility, default=Visibility.PROFESSIONAL
    )

    history = HistoricalRecords()
    objects = models.Manager.from_queryset(PartnerContactQuerySet)()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["function", "pk"]
        permissions = [(PERMISSION, _("lire ceux qui sont réservés aux professionnels"))]
        constraints = [
            models.CheckConstraint(
                name="partner_contact_can_be_reached",
                condition=~Q(phone="", email=""),
                violation_error_message=_("Donnez un téléphone ou un courriel."),
            ),
        ]

    def __str__(self):
        return self.function

    @property
    def is_reserved(self):
        return self.visibility == self.Visibility.PROFESSIONAL
