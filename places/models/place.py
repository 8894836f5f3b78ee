"""A place where anyone in a neighbourhood can use a computer and be helped."""

from itertools import islice

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.gis.geos import Polygon
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from places.domain import hours, identifiers
from places.domain.geo import bbox_around
from places.domain.limits import distance_to_limit_m
from places.domain.text import fold, slug

from .facts import Accessibility, Equipment
from .locating import Certainty, NeighbourhoodMap, locate
from .naming import free_slug
from .nearness import coordinates_of, with_position, within_radius
from .publication import State
from .reference import AccessMode, Audience, Fee, Label, Language, PlaceKind, Service, Source, SupportMode
from .territory import Commune, Neighbourhood
from .venue import Venue

# Reading this far on foot takes 15 minutes: the distance within which a place is "next door".
WALK_RADIUS_M = 1_000

RELOCATE_BATCH = 5_000


# Of the seventy columns of a place, and the outlines of its territory, those that a card shows.
CARD_COLUMNS = ["name", "folded_name", "slug", "address", "postcode", "city", "phone"]
CARD_COLUMNS += ["opening_hours", "opening_hours_text"]
CARD_COLUMNS += ["location", "verified_at", "commune__insee_code", "source__is_demonstration"]
CARD_COLUMNS += ["neighbourhood__name", "neighbourhood__slug", "neighbourhood__kind"]


class PlaceQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def published(self):
        return self.filter(state=State.PUBLISHED)

    def confirmed_since(self, day):
        """Which somebody said to be right on the date `day` or later: here, or in the source."""
        return self.filter(Q(verified_at__date__gte=day) | Q(source_updated_on__gte=day))

    def not_confirmed_since(self, day):
        return self.exclude(pk__in=self.model.objects.confirmed_since(day).values("pk"))

    def near(self, point, radius_m):
        """At most `radius_m` metres from `point` (WGS 84), nearest first, each with `.distance`.

        A place without a location is near nothing.
        """
        return within_radius(self, "location", point, radius_m)

    def around(self, lon, lat, reach_m):
        """In the box of `reach_m` metres around, in no order, each with `.lon` and `.lat`."""
        return with_position(self, "location", lon, lat, reach_m)

    def located(self):
        """Those with a position, in no order, each with `.lon` and `.lat`."""
        return self.exclude(location=None).order_by().annotate(**coordinates_of("location"))

    def within(self, area):
        return self.filter(location__intersects=area)

    def _linked(self, condition):
        """Rows for which `condition`, on many-to-many fields, holds: a subquery, so that no row comes twice
        and the database never has to compare whole rows with DISTINCT."""
        return self.filter(pk__in=self.model.objects.filter(condition).values("pk"))

    def serving(self, neighbourhood):
        """In `neighbourhood`, or saying that it serves it."""
        inside = self.model.objects.filter(neighbourhood=neighbourhood).order_by().values("pk")
        links = self.model.serves.through.objects.filter(neighbourhood=neighbourhood).values("place")
        # One condition for both would have all places read and joined.
        return self.filter(pk__in=inside.union(links))

    def in_commune(self, commune):
        """In `commune` or one of its boroughs."""
        return self.filter(Q(commune=commune) | Q(commune__parent=commune))

    def offering(self, services):
        """With at least one of `services`; all places when there is none."""
        return self._linked(Q(services__in=services)) if services else self

    def on_themes(self, themes):
        return self._linked(Q(services__themes__in=themes)) if themes else self

    def for_audiences(self, audiences):
        """Addressing one of `audiences` in particular, or everybody (no audience named)."""
        if not audiences:
            return self
        return self._linked(Q(audiences__in=audiences) | Q(audiences__isnull=True))

    def of_kinds(self, kinds):
        return self._linked(Q(kinds__in=kinds)) if kinds else self

    def at_fees(self, fees):
        return self._linked(Q(fees__in=fees)) if fees else self

    def reachable_from(self, neighbourhood, radius_m=WALK_RADIUS_M):
        """{pk: metres from the limit}, nearest first, of places outside `neighbourhood` but next to it.

        Straight metres from the limit of the area, not from its centre: large neighbourhoods have wide edges.
        """
        west, south, east, north = neighbourhood.area.extent
        far_west, far_south, _, _ = bbox_around(west, south, radius_m)
        _, _, far_east, far_north = bbox_around(east, north, radius_m)
        box = Polygon.from_bbox((far_west, far_south, far_east, far_north))
        rings = [ring for polygon in neighbourhood.area.coords for ring in polygon]
        candidates = self.exclude(neighbourhood=neighbourhood).filter(location__within=box)
        metres = {
            pk: distance_to_limit_m(point.x, point.y, rings)
            for pk, point in candidates.values_list("pk", "location")
        }
        return {pk: m for pk, m in sorted(metres.items(), key=lambda pair: pair[::-1]) if m <= radius_m}

    def relocate(self):
        """Set the neighbourhood of each place anew from the polygons; say how many changed.

        To be called after polygons have changed, or after a bulk load.
        """
        neighbourhoods = NeighbourhoodMap(Neighbourhood.objects.current())
        changed = 0
        rows = self.order_by("pk").only("location", "neighbourhood", "neighbourhood_certainty")
        for places in batched(rows.iterator(RELOCATE_BATCH), RELOCATE_BATCH):
            points = [(p.pk, p.location.x, p.location.y) for p in places if p.location]
            found = neighbourhoods.locate_all(points)
            moved = []
            for place in places:
                pk, certainty = found.get(place.pk, (None, Certainty.UNKNOWN))
                if (place.neighbourhood_id, place.neighbourhood_certainty) != (pk, certainty):
                    place.neighbourhood_id, place.neighbourhood_certainty = pk, certainty
                    moved.append(place)
            self.model.objects.bulk_update(
                moved, ["neighbourhood", "neighbourhood_certainty"], batch_size=500
            )
            changed += len(moved)
        return changed

    def with_card_columns(self):
        return self.select_related("commune", "neighbourhood", "source").only(*CARD_COLUMNS)

    def with_territory(self):
        """With commune, neighbourhood and source in the same query; their outlines stay in the database."""
        outlines = [f"commune__{name}" for name in Commune.OUTLINES]
        outlines += [f"neighbourhood__{name}" for name in (*Neighbourhood.OUTLINES, "imported_values")]
        return self.select_related("commune", "neighbourhood", "source").defer("imported_values", *outlines)


class Lists:
    """`place.lists.services`: what was read with the place. Its manager is asked only when nothing was: to
    build one takes as long as to show its rows, and a page of results shows a hundred lists."""

    def __init__(self, place):
        self._place = place

    def __getitem__(self, name):
        read = self._place.__dict__.get("_prefetched_objects_cache", {})
        return read[name] if name in read else getattr(self._place, name).all()


class Place(Equipment, Accessibility, models.Model):
    """A listing: all that the national standard v1.0.2 holds, and what people asked for besides."""

    # What it is
    name = models.CharField(_("nom"), max_length=160)
    folded_name = models.CharField(max_length=160, editable=False, db_index=True)
    slug = models.SlugField(_("adresse de la page"), max_length=180, unique=True, blank=True)
    state = models.CharField(
        _("publication"), max_length=10, choices=State, default=State.DRAFT, db_index=True
    )
    kinds = models.ManyToManyField(
        PlaceKind, verbose_name=_("types de lieu"), related_name="places", blank=True
    )
    parent_structure = models.CharField(_("organisme porteur"), max_length=160, blank=True)
    pivot = models.CharField(
        _("SIRET, RNA ou RIDET"),
        max_length=14,
        blank=True,
        validators=[RegexValidator(r"^[a-zA-Z0-9]{9,14}$", _("De 9 à 14 chiffres ou lettres."))],
    )
    summary = models.CharField(_("en une phrase"), max_length=280, blank=True)
    description = models.TextField(_("présentation"), blank=True)
    photo = models.ImageField(_("photo de l’entrée"), upload_to="lieux/", blank=True)
    photo_credit = models.CharField(_("crédit de la photo"), max_length=120, blank=True)

    # Where it is
    address = models.CharField(_("numéro et rue"), max_length=200, blank=True)
    address_complement = models.CharField(_("complément d’adresse"), max_length=200, blank=True)
    postcode = models.CharField(
        _("code postal"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^\d{5}$", _("Un code postal a cinq chiffres."))],
    )
    city = models.CharField(_("ville"), max_length=120, blank=True)
    commune = models.ForeignKey(
        Commune,
        verbose_name=_("commune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="places",
    )
    location = models.PointField(_("position"), srid=4326, null=True, blank=True)
    is_itinerant = models.BooleanField(_("itinérant"), null=True, blank=True)
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        verbose_name=_("quartier"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="places",
    )
    neighbourhood_certainty = models.CharField(
        _("situation"), max_length=8, choices=Certainty, default=Certainty.UNKNOWN, editable=False
    )
    serves = models.ManyToManyField(
        Neighbourhood,
        verbose_name=_("quartiers desservis"),
        related_name="serving_places",
        blank=True,
        help_text=_("Les quartiers dont vous accueillez les habitants, même si le lieu n’y est pas."),
    )
    directions = models.TextField(_("comment venir"), blank=True, help_text=_("Arrêt de bus, entrée, étage…"))

    # How to reach it and when
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    emails = models.TextField(_("courriels"), blank=True, help_text=_("Un par ligne."))
    website = models.URLField(_("site web"), max_length=400, blank=True)
    booking_url = models.URLField(_("prise de rendez-vous en ligne"), max_length=400, blank=True)
    opening_hours = models.CharField(_("horaires"), max_length=1000, blank=True)
    opening_hours_text = models.TextField(
        _("précisions sur les horaires"),
        blank=True,
        help_text=_("Affichées telles quelles : « fermé pendant les vacances scolaires », par exemple."),
    )
    access_modes = models.ManyToManyField(
        AccessMode, verbose_name=_("comment s’y présenter"), related_name="places", blank=True
    )

    # What help, for whom
    services = models.ManyToManyField(
        Service, verbose_name=_("aides proposées"), related_name="places", blank=True
    )
    support_modes = models.ManyToManyField(
        SupportMode, verbose_name=_("façons d’aider"), related_name="places", blank=True
    )
    audiences = models.ManyToManyField(
        Audience,
        verbose_name=_("publics"),
        related_name="places",
        blank=True,
        help_text=_("Rien de coché : tout le monde est accueilli."),
    )
    languages = models.ManyToManyField(
        Language, verbose_name=_("langues parlées"), related_name="places", blank=True
    )
    fees = models.ManyToManyField(Fee, verbose_name=_("tarifs"), related_name="places", blank=True)
    labels = models.ManyToManyField(
        Label, verbose_name=_("dispositifs et labels"), related_name="places", blank=True
    )
    other_labels = models.TextField(_("autres labels"), blank=True, help_text=_("Un par ligne."))
    what_to_bring = models.TextField(_("quoi apporter"), blank=True)
    companion_welcome = models.BooleanField(_("on peut venir accompagné"), null=True, blank=True)

    # Where the listing comes from and how far it can be trusted
    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="places"
    )
    external_id = models.CharField(_("identifiant dans la source"), max_length=140, blank=True)
    source_updated_on = models.DateField(_("mise à jour dans la source"), null=True, blank=True)
    imported_values = models.JSONField(
        default=dict,
        editable=False,
        blank=True,
        help_text=_("Ce que la source disait à la dernière importation, champ par champ."),
    )
    verified_at = models.DateTimeField(_("vérifié le"), null=True, blank=True)
    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("tenu par"),
        related_name="kept_places",
        blank=True,
        help_text=_("Les personnes qui tiennent cette page et n’en modifient pas d’autre."),
    )
    completeness = models.PositiveSmallIntegerField(
        _("complétude"), default=0, editable=False, help_text=_("En pour cent.")
    )
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    history = HistoricalRecords(
        excluded_fields=[
            "folded_name",
            "imported_values",
            "completeness",
            "neighbourhood",
            "neighbourhood_certainty",
            "updated_at",
        ],
    )
    objects = models.Manager.from_queryset(PlaceQuerySet)()

    class Meta:
        verbose_name = _("lieu")
        verbose_name_plural = _("lieux")
        ordering = ["folded_name", "pk"]
        permissions = [("edit_every_place", _("Peut modifier tous les lieux"))]
        constraints = [
            models.UniqueConstraint(
                name="place_once_per_source",
                fields=["source", "external_id"],
                condition=~Q(external_id=""),
                violation_error_message=_("Cette source a déjà un lieu avec cet identifiant."),
            ),
            models.CheckConstraint(
                name="place_has_name",
                condition=~Q(name=""),
                violation_error_message=_("Donnez un nom au lieu."),
            ),
            models.CheckConstraint(
                name="place_certainty_matches_neighbourhood",
                condition=Q(neighbourhood_certainty__in=["INSIDE", "EDGE"]) | Q(neighbourhood__isnull=True),
                violation_error_message=_("Un lieu hors de tout quartier n’a pas de quartier."),
            ),
            models.CheckConstraint(
                name="place_printing_price_needs_printing",
                condition=Q(printing_price="") | Q(has_printing__isnull=True) | Q(has_printing=True),
                violation_error_message=_(
                    "Un prix d’impression est donné alors qu’il n’y a pas d’imprimante."
                ),
            ),
            models.CheckConstraint(
                name="place_photo_has_credit",
                condition=Q(photo="") | ~Q(photo_credit=""),
                violation_error_message=_("Indiquez à qui l’on doit la photo."),
            ),
            models.CheckConstraint(
                name="place_completeness_is_percentage",
                condition=Q(completeness__lte=100),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "folded_name"], name="place_state_name"),
            models.Index(fields=["postcode"], name="place_postcode"),
            # Counts per town and per neighbourhood read these alone, not the rows: five times faster.
            models.Index(fields=["commune"], condition=Q(state="PUBLISHED"), name="place_online_commune"),
            models.Index(
                fields=["neighbourhood"],
                condition=Q(state="PUBLISHED", neighbourhood__isnull=False),
                name="place_online_neighbourhood",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Refuse, in French, what a person can mend; put phones and hours in their one written form."""
        errors = {}
        for field, check in (("opening_hours", self._clean_hours), ("phone", self._clean_phone)):
            try:
                check()
            except ValueError as error:
                errors[field] = str(error)
        if errors:
            raise ValidationError(errors)

    def _clean_hours(self):
        if self.opening_hours:
            hours.parse(self.opening_hours)

    def _clean_phone(self):
        if self.phone:
            self.phone = identifiers.phone(self.phone, self.postcode)

    def save(self, *args, **kwargs):
        self.derive()
        super().save(*args, **kwargs)

    def derive(self):
        """Set what follows from the other fields. `save()` calls it; bulk loads use `rederive()`."""
        self.folded_name = fold(self.name)
        self.neighbourhood, self.neighbourhood_certainty = locate(self.location)
        self.completeness = completeness_of(self)
        if not self.slug:
            self.slug = free_slug(Place, slug(f"{self.name} {self.city}"))

    def natural_key(self):
        return (self.slug,)

    natural_key.dependencies = ["places.commune", "places.neighbourhood", "places.source"]

    def get_absolute_url(self):
        return reverse("place", args=[self.slug])

    @property
    def insee_or_postcode(self):
        return (self.commune.insee_code if self.commune_id else "") or self.postcode

    @property
    def timezone(self):
        """The wall-clock time of the place: France has eleven of them."""
        return identifiers.timezone_of(self.insee_or_postcode)

    @cached_property
    def address_line(self):
        """ "12 rue des Lilas, 29200 Brest", without what is unknown, or said twice."""
        town = " ".join(part for part in (self.postcode, self.city) if part)
        street = "" if fold(self.address) == fold(self.city) else self.address
        return ", ".join(part for part in (street, town) if part)

    @property
    def venue(self):
        return Venue(self.name, self.address_line, self.location, is_elsewhere=False)

    @property
    def phone_display(self):
        return identifiers.phone_display(self.phone)

    @property
    def lists(self):
        return Lists(self)

    @cached_property
    def kind_name(self):
        """The first of its kinds, or "" (prefetch `kinds` for lists)."""
        return next((kind.name for kind in self.lists["kinds"]), "")

    @property
    def is_epn(self):
        return any(kind.code == "EPN" for kind in self.lists["kinds"])

    @property
    def is_free(self):
        """True when it says that all is free, None when it does not say."""
        codes = {fee.code for fee in self.lists["fees"]}
        return codes == {"gratuit"} if codes else None

    @property
    def email_list(self):
        return [email.strip() for email in self.emails.splitlines() if email.strip()]

    @property
    def is_demonstration(self):
        return self.source.is_demonstration

    def status_at(self, at):
        """Open, closed or unknown at the aware moment `at`, closures included (prefetch them for lists)."""
        return hours.status(
            self.opening_hours,
            at,
            self.timezone,
            closures=[closure.span for closure in self.lists["closures"]],
            **self._holidays,
        )

    def week(self, monday):
        """Seven days from the date `monday`, closures and public holidays included; [] when unknown."""
        return hours.week(
            self.opening_hours,
            monday,
            closures=[closure.span for closure in self.lists["closures"]],
            **self._holidays,
        )

    @property
    def _holidays(self):
        """Which public holidays count here, as `domain.hours` asks."""
        at = self.insee_or_postcode
        return {
            "alsace_moselle": identifiers.has_alsace_moselle_holidays(at),
            "department": identifiers.department_of(at),
        }


def batched(rows, size):
    """Lists of `size` rows; `itertools.batched` comes with Python 3.12."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


# What a resident needs first weighs most. The sum is 100 (tests/models/test_place.py).
COMPLETENESS_WEIGHTS = {
    "phone": 20,
    "opening_hours": 20,
    "address": 15,
    "location": 15,
    "summary": 10,
    "emails": 5,
    "website": 5,
    "directions": 2,
    "is_step_free": 4,
    "has_printing": 2,
    "has_wifi": 2,
}


def completeness_of(place):
    """From 0 to 100: how much of what a visitor needs the listing says."""
    return sum(
        weight for field, weight in COMPLETENESS_WEIGHTS.items() if getattr(place, field) not in (None, "")
    )
