"""Workshops: the rule is written once, the dates that follow are rows (`Occurrence`)."""

from uuid import uuid4

from django.contrib.gis.db import models
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from places.domain import recurrence
from places.domain.identifiers import department_of, has_alsace_moselle_holidays
from places.domain.school_holidays import zone_of
from places.domain.text import fold, slug

from .booking import ways_to_book
from .naming import free_slug
from .nearness import within_radius
from .partner import Partner
from .place import Place, batched
from .publication import State
from .reference import AccessMode, Audience, Fee, Language, Service, Theme
from .scheduling import Scheduled, write_occurrences
from .school_holiday import SchoolHoliday
from .venue import Venue

# How far ahead occurrences are written; `extend_agenda` moves the window each day.
WINDOW_DAYS = 120

SCHEDULE_BATCH = 250

# How the identifier of a generated example begins: that of any other workshop is a UUID, or an imported one.
GENERATED = "exemple:"


class WorkshopQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def published(self):
        return self.filter(state=State.PUBLISHED, place__state=State.PUBLISHED)

    def generated(self):
        """Examples at real places, for trials."""
        return self.filter(uid__startswith=GENERATED)

    def in_neighbourhood(self, neighbourhood):
        """Of a place inside it, or held there by a place from elsewhere."""
        area = neighbourhood.area
        return self.filter(
            Q(place__neighbourhood=neighbourhood)
            | Q(host_location__intersects=area)
            | Q(host_partner__location__intersects=area)
        )

    def in_commune(self, commune):
        """Of a place in `commune` or one of its boroughs, or held at a partner's there."""
        held = Q(place__commune=commune) | Q(place__commune__parent=commune)
        hosted = Q(host_partner__commune=commune) | Q(host_partner__commune__parent=commune)
        return self.filter(held | hosted)

    def near(self, point, radius_m):
        """Held at most `radius_m` metres from `point`; an address without a position counts as the place."""
        at_address = within_radius(Workshop.objects, "host_location", point, radius_m)
        partners = within_radius(Partner.objects, "location", point, radius_m)
        at_place = Q(host_location=None, host_partner__location=None)
        return self.filter(
            Q(pk__in=at_address.order_by().values("pk"))
            | Q(host_partner__in=partners.order_by().values("pk"))
            | at_place & Q(place__in=Place.objects.near(point, radius_m).order_by().values("pk"))
        )

    def schedule(self, until, *, since, at=None):
        """Write the occurrences of all of them, some hundreds in each transaction: a `Scheduled`.

        A rule that cannot be read is told in its `faults` and does not stop the rest.
        """
        scheduled = Scheduled()
        for pks in batched(self.order_by("pk").values_list("pk", flat=True), SCHEDULE_BATCH):
            with transaction.atomic():
                scheduled = scheduled.and_then(write_occurrences(_lock(pks), until, since=since, at=at))
        return scheduled


def new_uid():
    return str(uuid4())


class Workshop(models.Model):
    """Something that a place offers at set times: a workshop, a drop-in hour, a course, an event."""

    class Kind(models.TextChoices):
        WORKSHOP = "WORKSHOP", _("Atelier")
        DROP_IN = "DROP_IN", _("Permanence")
        COURSE = "COURSE", _("Cycle d’ateliers")
        OPEN_ACCESS = "OPEN_ACCESS", _("Accès libre")
        EVENT = "EVENT", _("Événement")

    class Level(models.TextChoices):
        ANY = "ANY", _("Tous niveaux")
        BEGINNER = "BEGINNER", _("Débutant")
        INTERMEDIATE = "INTERMEDIATE", _("Intermédiaire")
        ADVANCED = "ADVANCED", _("Avancé")

    class Frequency(models.TextChoices):
        ONCE = "ONCE", _("Une seule fois")
        DAILY = "DAILY", _("Chaque jour")
        WEEKLY = "WEEKLY", _("Chaque semaine")
        MONTHLY = "MONTHLY", _("Chaque mois")
        DATES = "DATES", _("À des dates choisies")

    title = models.CharField(_("titre"), max_length=160)
    folded_title = models.CharField(max_length=160, editable=False, db_index=True)
    slug = models.SlugField(_("adresse de la page"), max_length=180, unique=True, blank=True)
    state = models.CharField(
        _("publication"), max_length=10, choices=State, default=State.PUBLISHED, db_index=True
    )
    place = models.ForeignKey(
        Place, verbose_name=_("lieu"), on_delete=models.CASCADE, related_name="workshops"
    )
    kind = models.CharField(_("nature"), max_length=12, choices=Kind, default=Kind.WORKSHOP)
    summary = models.CharField(_("en une phrase"), max_length=280, blank=True)
    description = models.TextField(_("présentation"), blank=True)
    themes = models.ManyToManyField(Theme, verbose_name=_("axes"), related_name="workshops", blank=True)
    services = models.ManyToManyField(Service, verbose_name=_("aides"), related_name="workshops", blank=True)
    audiences = models.ManyToManyField(
        Audience, verbose_name=_("publics"), related_name="workshops", blank=True
    )
    languages = models.ManyToManyField(
        Language, verbose_name=_("langues"), related_name="workshops", blank=True
    )
    level = models.CharField(_("niveau"), max_length=12, choices=Level, default=Level.ANY)
    capacity = models.PositiveSmallIntegerField(
        _("nombre de places"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    fee = models.ForeignKey(Fee, verbose_name=_("tarif"), null=True, blank=True, on_delete=models.PROTECT)
    price_notes = models.CharField(_("précisions sur le tarif"), max_length=160, blank=True)
    booking_modes = models.ManyToManyField(
        AccessMode,
        verbose_name=_("comment s’inscrire"),
        related_name="workshops",
        blank=True,
        help_text=_("Rien de coché : venez sans inscription."),
    )
    booking_url = models.URLField(_("inscription en ligne"), max_length=400, blank=True)
    what_to_bring = models.CharField(_("quoi apporter"), max_length=280, blank=True)
    companion_welcome = models.BooleanField(_("on peut venir accompagné"), null=True, blank=True)

    # The rule, as people say it: "tous les mardis de 14 h à 16 h, du … au …, sauf …"
    frequency = models.CharField(_("fréquence"), max_length=10, choices=Frequency, default=Frequency.WEEKLY)
    interval = models.PositiveSmallIntegerField(
        _("tous les"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(52)],
        help_text=_("1 : chaque semaine ; 2 : une semaine sur deux…"),
    )
    weekdays = models.CharField(
        _("jours"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*$")],
    )
    week_of_month = models.SmallIntegerField(
        _("semaine du mois"),
        null=True,
        blank=True,
        choices=[
            (1, _("le premier")),
            (2, _("le deuxième")),
            (3, _("le troisième")),
            (4, _("le quatrième")),
            (-1, _("le dernier")),
        ],
    )
    starts_on = models.DateField(_("à partir du"))
    start_time = models.TimeField(_("de"))
    duration_min = models.PositiveSmallIntegerField(
        _("durée en minutes"), validators=[MinValueValidator(5), MaxValueValidator(24 * 60)]
    )
    until = models.DateField(_("jusqu’au"), null=True, blank=True)
    count = models.PositiveSmallIntegerField(_("nombre de séances"), null=True, blank=True)
    extra_dates = models.TextField(_("dates en plus"), blank=True, help_text=_("Une par ligne : 2026-12-24."))
    except_dates = models.TextField(_("sauf le"), blank=True, help_text=_("Une date par ligne : 2026-12-24."))
    skips_public_holidays = models.BooleanField(_("pas les jours fériés"), default=True)
    skips_school_holidays = models.BooleanField(_("pas pendant les vacances scolaires"), default=False)

    # Elsewhere than at the place
    host_partner = models.ForeignKey(
        Partner,
        verbose_name=_("chez un partenaire"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hosted_workshops",
        help_text=_("Si les séances ont lieu ailleurs que dans le lieu."),
    )
    host_address = models.CharField(_("à une autre adresse"), max_length=200, blank=True)
    host_location = models.PointField(_("position de cette adresse"), srid=4326, null=True, blank=True)

    # What calendars know it by, wherever the site is served from; of an imported one, as it came.
    uid = models.CharField(max_length=255, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    imported_values = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text=_("Ce que la source disait à la dernière importation, champ par champ."),
    )
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    history = HistoricalRecords(
        excluded_fields=["folded_title", "uid", "sequence", "imported_values", "created_at", "updated_at"]
    )
    objects = models.Manager.from_queryset(WorkshopQuerySet)()

    class Meta:
        verbose_name = _("atelier")
        verbose_name_plural = _("ateliers")
        ordering = ["folded_title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="workshop_weekly_has_weekdays",
                condition=~Q(frequency="WEEKLY") | ~Q(weekdays=""),
                violation_error_message=_("Choisissez au moins un jour de la semaine."),
            ),
            models.CheckConstraint(
                name="workshop_ends_after_it_starts",
                condition=Q(until__isnull=True) | Q(until__gte=F("starts_on")),
                violation_error_message=_("La fin ne peut pas précéder le début."),
            ),
            models.CheckConstraint(
                name="workshop_duration_is_sane",
                condition=Q(duration_min__gte=5, duration_min__lte=1440),
                violation_error_message=_("Une séance dure de 5 minutes à 24 heures."),
            ),
            models.CheckConstraint(
                name="workshop_has_one_host",
                condition=Q(host_partner__isnull=True) | Q(host_address=""),
                violation_error_message=_("Choisissez un partenaire ou une adresse, pas les deux."),
            ),
            models.CheckConstraint(
                name="workshop_interval_is_positive", condition=Q(interval__gte=1, interval__lte=52)
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        try:
            self.rule  # noqa: B018 - a Rule checks itself when it is made
        except recurrence.RuleError as error:
            raise ValidationError({error.field: str(error)} if error.field else str(error)) from error

    def save(self, *args, **kwargs):
        self.derive()
        if not self._state.adding:
            self.sequence += 1  # calendars hear of a change by it (RFC 5545, 3.8.7.4)
        super().save(*args, **kwargs)

    def derive(self):
        self.folded_title = fold(self.title)
        if not self.slug:
            self.slug = free_slug(Workshop, slug(f"{self.title} {self.place.city}"))

    def natural_key(self):
        return (self.slug,)

    natural_key.dependencies = ["places.place", "places.partner"]

    def get_absolute_url(self):
        return reverse("workshop", args=[self.slug])

    @property
    def is_demonstration(self):
        return self.uid.startswith(GENERATED) or self.place.is_demonstration

    @property
    def is_elsewhere(self):
        return self.host_partner_id is not None or bool(self.host_address)

    @property
    def venue(self):
        if self.host_partner_id is not None:
            return self.host_partner.venue
        if self.host_address:
            return Venue("", self.host_address, self.host_location)
        return self.place.venue

    @property
    def booking_ways(self):
        return ways_to_book(self)

    @property
    def rule(self):
        """The rule as a value of the domain. Raises `recurrence.RuleError`, with the field at fault."""
        return recurrence.Rule(
            frequency=recurrence.Frequency(self.frequency),
            interval=self.interval,
            weekdays=recurrence.weekdays_from_codes(self.weekdays),
            week_of_month=self.week_of_month,
            starts_on=self.starts_on,
            start_time=self.start_time,
            duration_min=self.duration_min,
            until=self.until,
            count=self.count,
            extra_dates=recurrence.dates_from_lines(self.extra_dates, field="extra_dates"),
            except_dates=recurrence.dates_from_lines(self.except_dates, field="except_dates"),
            skips_public_holidays=self.skips_public_holidays,
            skips_school_holidays=self.skips_school_holidays,
        )

    def slots(self, start, end, school_holidays=None):
        """The slots of the rule from the date `start` to the date `end`, both included.

        `school_holidays`, as `SchoolHoliday.objects.by_zone()` gives them, spare many workshops a query each.
        """
        at = self.place.insee_or_postcode
        if school_holidays is None:
            school_holidays = SchoolHoliday.objects.by_zone()
        return recurrence.occurrences(
            self.rule,
            start,
            end,
            self.place.timezone,
            alsace_moselle=has_alsace_moselle_holidays(at),
            department=department_of(at),
            school_holidays=school_holidays.get(zone_of(at), ()),
        )

    def schedule(self, until, *, since, at=None):
        """Write the occurrences from the date `since` to the date `until`; say how many are ahead.

        Rows that a person has touched stay, and so do past ones, those begun at `at` among them; rows that
        the rule no longer gives go.
        Raises RuleError, with the field at fault.
        """
        with transaction.atomic():
            _lock([self.pk])
            scheduled = write_occurrences([self], until, since=since, at=at)
        for _workshop, error in scheduled.faults:
            raise error
        return scheduled.ahead_count


def _lock(pks):
    """Workshops as they are now, held till the end of the transaction: two schedulers take turns.

    SQLite has one writer at a time and needs no lock.
    """
    workshops = Workshop.objects.select_for_update(of=("self",)).select_related("place__commune")
    return list(workshops.filter(pk__in=pks).order_by("pk"))
