"""The map that people have in their heads: départements, communes and neighbourhoods."""

from django.contrib.gis.db import models
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.core.validators import RegexValidator
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from places.domain.text import fold, slug

from .naming import free_slug
from .publication import State
from .reference import Source

# A hundredth of a second of arc or so: about 10 m, invisible on a screen and ten times lighter.
DISPLAY_TOLERANCE_DEG = 0.0001

INSEE_CODE = r"^([013-9]\d|2[AB1-9])\d{3}$"
QPV_CODE = r"^(QN(\d{3}|02[AB])\d{2}[A-Z]|QP(\d{3}|02[AB])\d{3})$"


class DepartmentQuerySet(models.QuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)

    def with_neighbourhoods(self):
        """Those that have neighbourhoods in force, without their outlines."""
        lying = Neighbourhood.objects.current().values("communes__department")
        return self.filter(pk__in=lying).defer("area")

    def counting_neighbourhoods(self):
        """`code`, `name` and `neighbourhood_count` of those that have neighbourhoods in force."""
        # Values and not rows: grouping whole rows would compare their outlines.
        return (
            self.filter(communes__neighbourhoods__in=Neighbourhood.objects.current())
            .values("code", "name")
            .annotate(neighbourhood_count=Count("communes__neighbourhoods", distinct=True))
            .order_by("code")
        )


class Department(models.Model):
    """A département or an overseas collectivity; `code` is "29", "2A", "974", "988"."""

    code = models.CharField(_("code"), max_length=3, unique=True)
    name = models.CharField(_("nom"), max_length=80)
    region = models.CharField(_("région"), max_length=80, blank=True)
    area = models.MultiPolygonField(_("contour"), srid=4326, null=True, blank=True)

    objects = models.Manager.from_queryset(DepartmentQuerySet)()

    class Meta:
        verbose_name = _("département")
        verbose_name_plural = _("départements")
        ordering = ["code"]

    def __str__(self):
        return f"{self.name} ({self.code})"

    def natural_key(self):
        return (self.code,)


class WithPlaces(models.QuerySet):
    def with_most_places(self, most):
        """The `most` of them that have the most published places, with `.place_count`; no outline."""
        # Counted over the keys of places alone: an index holds them, and no outline is compared.
        link = self.model._meta.get_field("places")
        key = link.field.attname
        places = link.related_model.objects.filter(**{f"{key}__isnull": False}, state=State.PUBLISHED)
        if self.query.where:
            places = places.filter(**{f"{key}__in": self.values("pk")})
        counted = places.order_by().values(key).annotate(total=Count("pk")).order_by("-total", key)
        counts = dict(counted.values_list(key, "total")[:most])
        rows = list(self.filter(pk__in=counts).defer(*self.model.OUTLINES))
        for row in rows:
            row.place_count = counts[row.pk]
        return sorted(rows, key=lambda row: (-row.place_count, row.folded_name))


class CommuneQuerySet(WithPlaces):
    def get_by_natural_key(self, insee_code):
        return self.get(insee_code=insee_code)

    def with_postcode(self, postcode):
        return self.filter(postcodes__contains=postcode)


class Commune(models.Model):
    """A commune, or one of the boroughs (arrondissements) of Paris, Lyon and Marseille.

    A borough has its commune as `parent`; never add the populations of both.
    """

    OUTLINES = ["area"]

    class Kind(models.TextChoices):
        COMMUNE = "COM", _("Commune")
        BOROUGH = "ARM", _("Arrondissement")

    insee_code = models.CharField(
        _("code Insee"),
        max_length=5,
        unique=True,
        validators=[RegexValidator(INSEE_CODE, _("Un code Insee a cinq caractères, par exemple 29019."))],
    )
    kind = models.CharField(_("nature"), max_length=3, choices=Kind, default=Kind.COMMUNE)
    name = models.CharField(_("nom"), max_length=120)
    folded_name = models.CharField(max_length=120, editable=False, db_index=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("commune de l’arrondissement"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="boroughs",
    )
    postcodes = models.CharField(
        _("codes postaux"), max_length=300, blank=True, help_text=_("Séparés par une barre : 29200|29000.")
    )
    department = models.ForeignKey(
        Department, verbose_name=_("département"), on_delete=models.PROTECT, related_name="communes"
    )
    epci_code = models.CharField(_("Siren de l’intercommunalité"), max_length=9, blank=True)
    epci_name = models.CharField(_("intercommunalité"), max_length=160, blank=True)
    location = models.PointField(_("centre"), srid=4326, null=True, blank=True)
    area = models.MultiPolygonField(_("contour"), srid=4326, null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)

    objects = models.Manager.from_queryset(CommuneQuerySet)()

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        ordering = ["folded_name", "insee_code"]
        constraints = [
            models.CheckConstraint(
                name="commune_borough_has_parent",
                condition=Q(kind="COM", parent__isnull=True) | Q(kind="ARM", parent__isnull=False),
                violation_error_message=_("Un arrondissement, et lui seul, dépend d’une autre commune."),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.department.code})"

    def save(self, *args, **kwargs):
        self.derive()
        super().save(*args, **kwargs)

    def derive(self):
        self.folded_name = fold(self.name)

    def natural_key(self):
        return (self.insee_code,)

    natural_key.dependencies = ["places.department"]

    @property
    def postcode_list(self):
        return [code for code in self.postcodes.split("|") if code]


class NeighbourhoodQuerySet(WithPlaces):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def current(self):
        """Those in force: the former generation of priority neighbourhoods stays for reference only."""
        return self.exclude(generation=Neighbourhood.FORMER_GENERATION)

    def with_communes(self):
        """With their communes and the département of each; outlines stay in the database."""
        return self.prefetch_related(named_communes("communes"))

    def matching(self, text, department=None):
        """In `department`, those whose name, alias, commune, name of 2015 or code holds each word."""
        # A subquery on bare keys: DISTINCT over rows that hold polygons would compare the polygons.
        named = Neighbourhood.objects.values("pk")
        if department:
            named = named.filter(communes__department=department)
        for word in fold(text).split():
            named = named.filter(
                Q(folded_name__contains=word)
                | Q(folded_aliases__contains=word)
                | Q(communes__folded_name__contains=word)
                | Q(predecessors__folded_name__contains=word)
                | Q(code=word.upper())
                | Q(predecessors__code=word.upper())
            )
        return self.filter(pk__in=named)

    def in_territory(self, *, department=None, epci="", commune=None):
        """In a département, an intercommunality (its Siren), a commune or one of its boroughs."""
        lying = Neighbourhood.objects.values("pk")
        if department:
            lying = lying.filter(communes__department=department)
        if epci:
            lying = lying.filter(communes__epci_code=epci)
        if commune:
            lying = lying.filter(Q(communes=commune) | Q(communes__parent=commune))
        return self.filter(pk__in=lying)

    def with_place_count(self):
        """Each with `.place_count`: published places inside or in limit of it."""
        # A subquery: grouping whole rows would compare their outlines.
        counted = self.model.objects.filter(pk=OuterRef("pk"), places__state=State.PUBLISHED).order_by()
        counts = counted.values("pk").annotate(total=Count("places")).values("total")
        return self.annotate(place_count=Coalesce(Subquery(counts), 0))

    def around(self, geometry):
        """Whose area meets `geometry` (WGS 84), edge included."""
        # `bboverlaps` is wrong on SpatiaLite; `intersects` uses the index on both sides.
        return self.filter(area__intersects=geometry)


class Neighbourhood(models.Model):
    """A neighbourhood: a priority one of city policy (QPV), or one that people live in and name."""

    FORMER_GENERATION = 2015
    OUTLINES = ["area", "display_area"]

    class Kind(models.TextChoices):
        PRIORITY = "PRIORITY", _("Quartier prioritaire (QPV)")
        LIVED = "LIVED", _("Quartier vécu")

    class Generation(models.IntegerChoices):
        QPV_2024 = 2024, _("Depuis 2024")
        QPV_2015 = 2015, _("De 2015 à 2023")

    kind = models.CharField(_("nature"), max_length=10, choices=Kind, default=Kind.LIVED)
    code = models.CharField(
        _("code officiel"),
        max_length=8,
        null=True,
        blank=True,
        unique=True,
        validators=[
            RegexValidator(QPV_CODE, _("Un code de quartier prioritaire ressemble à QN02901M ou QP029001."))
        ],
        help_text=_("Seulement pour un quartier prioritaire."),
    )
    generation = models.PositiveSmallIntegerField(_("génération"), choices=Generation, null=True, blank=True)
    name = models.CharField(_("nom"), max_length=160)
    folded_name = models.CharField(max_length=160, editable=False, db_index=True)
    slug = models.SlugField(_("adresse de la page"), max_length=180, unique=True, blank=True)
    aliases = models.TextField(
        _("autres noms"), blank=True, help_text=_("Un nom par ligne, comme les habitants le disent.")
    )
    folded_aliases = models.TextField(editable=False, blank=True)
    presentation = models.TextField(_("présentation"), blank=True)
    communes = models.ManyToManyField(
        Commune, verbose_name=_("communes"), related_name="neighbourhoods", blank=True
    )
    area = models.MultiPolygonField(_("périmètre"), srid=4326)
    display_area = models.MultiPolygonField(srid=4326, editable=False)
    centre = models.PointField(srid=4326, editable=False)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(_("année de la population"), null=True, blank=True)
    source = models.ForeignKey(
        Source, verbose_name=_("source"), null=True, blank=True, on_delete=models.PROTECT
    )
    imported_values = models.JSONField(
        default=dict,
        editable=False,
        blank=True,
        help_text=_("Ce que la source disait à la dernière importation, champ par champ."),
    )

    history = HistoricalRecords(
        excluded_fields=["display_area", "centre", "folded_name", "folded_aliases", "imported_values"]
    )
    objects = models.Manager.from_queryset(NeighbourhoodQuerySet)()

    class Meta:
        verbose_name = _("quartier")
        verbose_name_plural = _("quartiers")
        ordering = ["folded_name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="neighbourhood_priority_has_code",
                condition=Q(kind="PRIORITY", code__isnull=False, generation__isnull=False)
                | Q(kind="LIVED", code__isnull=True, generation__isnull=True),
                violation_error_message=_(
                    "Un quartier prioritaire, et lui seul, a un code officiel et une génération."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.derive()
        super().save(*args, **kwargs)

    def derive(self):
        """Set what follows from the name and the area. `save()` calls it; bulk loads call it themselves."""
        self.folded_name = fold(self.name)
        self.folded_aliases = fold(self.aliases)
        self.code = self.code or None
        if not self.slug:
            self.slug = free_slug(Neighbourhood, slug(f"{self.name} {self.code or ''}"))
        self.display_area = as_multipolygon(self.area.simplify(DISPLAY_TOLERANCE_DEG, preserve_topology=True))
        self.centre = Point(*self.area.point_on_surface.coords, srid=4326)

    def natural_key(self):
        return (self.slug,)

    natural_key.dependencies = ["places.commune", "places.source"]

    def get_absolute_url(self):
        return reverse("neighbourhood", args=[self.slug])

    @property
    def alias_list(self):
        return [alias.strip() for alias in self.aliases.splitlines() if alias.strip()]

    @property
    def is_priority(self):
        return self.kind == self.Kind.PRIORITY

    @property
    def is_former(self):
        return self.generation == self.FORMER_GENERATION


def as_multipolygon(geometry):
    """The polygons of `geometry`, valid, as one MultiPolygon of the same SRID; lines and points fall away."""
    mended = geometry if geometry.valid else geometry.make_valid()
    if isinstance(mended, Polygon):
        return MultiPolygon(mended, srid=geometry.srid)
    polygons = [part for part in mended if isinstance(part, (Polygon, MultiPolygon))]
    flat = [single for part in polygons for single in (part if isinstance(part, MultiPolygon) else [part])]
    return MultiPolygon(flat, srid=geometry.srid)


def named_communes(path):
    """What prefetches communes by `path` with their département, without the outlines of either."""
    communes = Commune.objects.select_related("department").defer("area", "department__area")
    return models.Prefetch(path, communes)
