"""What was made together in a neighbourhood, told so that others can make it again."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from places.domain.text import fold, slug

from .naming import free_slug
from .partner import Partner
from .place import Place
from .reference import Source, Theme
from .territory import Neighbourhood


class ProjectQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def published(self):
        return self.filter(is_published=True)

    def matching(self, q="", *, theme=(), neighbourhood=None, place=None, partner=None):
        """Those whose title, places, actors or neighbourhoods hold each word of `q`."""
        found = Project.objects.values("pk")
        for word in fold(q).split():
            stem = word.rstrip("sx") if len(word) > 3 else word
            found = found.filter(
                Q(folded_text__contains=stem)
                | Q(places__folded_name__contains=stem)
                | Q(places__commune__folded_name__contains=stem)
                | Q(partners__folded_name__contains=stem)
                | Q(neighbourhoods__folded_name__contains=stem)
                | Q(neighbourhoods__folded_aliases__contains=stem)
            )
        if theme:
            found = found.filter(theme__in=theme)
        if neighbourhood:
            found = found.filter(Q(neighbourhoods=neighbourhood) | Q(places__neighbourhood=neighbourhood))
        if place:
            found = found.filter(places=place)
        if partner:
            found = found.filter(partners=partner)
        return self.filter(pk__in=found)

    def for_rows(self):
        return self.select_related("theme", "source").prefetch_related("neighbourhoods")


class Project(models.Model):
    """A short sheet: a story map, a web radio, a memory workshop, a feast; with whom, what it took."""

    title = models.CharField(_("titre"), max_length=160)
    folded_text = models.CharField(max_length=480, editable=False)
    slug = models.SlugField(_("adresse de la page"), max_length=180, unique=True, blank=True)
    is_published = models.BooleanField(_("en ligne"), default=True)
    theme = models.ForeignKey(Theme, verbose_name=_("axe"), on_delete=models.PROTECT, related_name="projects")
    summary = models.CharField(_("en une phrase"), max_length=280)
    story = models.TextField(_("ce qui s’est passé"), blank=True)
    started_on = models.DateField(_("depuis le"), null=True, blank=True)
    ended_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    places = models.ManyToManyField(Place, verbose_name=_("lieux"), related_name="projects", blank=True)
    partners = models.ManyToManyField(
        Partner, verbose_name=_("partenaires"), related_name="projects", blank=True
    )
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, verbose_name=_("quartiers"), related_name="projects", blank=True
    )
    people = models.CharField(_("avec qui"), max_length=280, blank=True)
    time = models.CharField(_("le temps qu’il a fallu"), max_length=280, blank=True)
    equipment = models.CharField(_("le matériel"), max_length=280, blank=True)
    cost = models.CharField(_("ce que cela a coûté"), max_length=280, blank=True)
    steps = models.TextField(_("comment le refaire"), blank=True, help_text=_("Une étape par ligne."))
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects",
    )
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    history = HistoricalRecords(excluded_fields=["folded_text", "updated_at"])
    objects = models.Manager.from_queryset(ProjectQuerySet)()

    class Meta:
        verbose_name = _("projet de quartier")
        verbose_name_plural = _("projets de quartier")
        ordering = [F("started_on").desc(nulls_last=True), "title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="project_has_title",
                condition=~Q(title=""),
                violation_error_message=_("Donnez un titre au projet."),
            ),
            models.CheckConstraint(
                name="project_ends_after_it_starts",
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                violation_error_message=_("La fin ne peut pas précéder le début."),
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.folded_text = fold(f"{self.title} {self.summary}")[:480]
        if not self.slug:
            self.slug = free_slug(Project, slug(self.title))
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("project", args=[self.slug])

    def natural_key(self):
        return (self.slug,)

    natural_key.dependencies = ["places.place", "places.partner", "places.theme", "places.source"]

    @property
    def step_list(self):
        return [line.strip() for line in self.steps.splitlines() if line.strip()]

    @property
    def is_demonstration(self):
        return self.source_id is not None and self.source.is_demonstration
