"""What the search reads: words that residents use, and the terms of each place."""

from secrets import randbelow

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from places.domain.text import fold

from .place import Place
from .prepared import Prepared
from .reference import Service, Theme


class NeedManager(models.Manager):
    def get_by_natural_key(self, folded_words):
        return self.get(folded_words=folded_words)


class Need(models.Model):
    """Words that residents use ("CV", "impôts", "Parcoursup"), and the help that answers them.

    `terms` are words to look for in the listings besides: a place that says "imprimante" answers "imprimer"
    even when its services do not.
    """

    words = models.CharField(_("mots"), max_length=80, help_text=_("Comme les habitants le disent."))
    folded_words = models.CharField(max_length=80, unique=True, editable=False)
    name = models.CharField(
        _("besoin"), max_length=80, help_text=_("Comme la page le redit : « Imprimer », « Faire un CV ».")
    )
    services = models.ManyToManyField(Service, verbose_name=_("aides"), related_name="needs", blank=True)
    themes = models.ManyToManyField(Theme, verbose_name=_("axes"), related_name="needs", blank=True)
    terms = models.CharField(
        _("mots à chercher dans les fiches"),
        max_length=200,
        blank=True,
        help_text=_("Séparés par une virgule."),
    )

    history = HistoricalRecords(excluded_fields=["folded_words"])
    objects = NeedManager()

    class Meta:
        verbose_name = _("besoin")
        verbose_name_plural = _("besoins")
        ordering = ["folded_words"]
        constraints = [
            models.CheckConstraint(
                name="need_has_words",
                condition=~Q(folded_words=""),
                violation_error_message=_("Donnez les mots que les habitants emploient."),
            ),
        ]

    def __str__(self):
        return self.words

    def save(self, *args, **kwargs):
        self.folded_words = fold(self.words)
        super().save(*args, **kwargs)
        IndexStamp.renew(IndexStamp.Part.WORDS)

    def delete(self, *args, **kwargs):
        IndexStamp.renew(IndexStamp.Part.WORDS)
        return super().delete(*args, **kwargs)

    def clean(self):
        self.folded_words = fold(self.words)

    def natural_key(self):
        return (self.folded_words,)

    natural_key.dependencies = ["places.service", "places.theme"]


class Posting(models.Model):
    """A term (folded stem) of a place, with how much it says about it."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="postings")
    term = models.CharField(max_length=60)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="posting_once", fields=["term", "place"])]

    def __str__(self):
        return f"{self.term} ({self.weight})"


class FilterCodes(models.Model):
    """What the filters read of a place, in one row: its services, themes, audiences, kinds and fees.

    `codes` are a letter and a primary key each, "s12 t1 a5 k3 f2". Reading them with the place costs 1 µs;
    joining five lists of links for a thousand places cost 30 ms.
    """

    place = models.OneToOneField(
        Place, on_delete=models.CASCADE, related_name="filter_codes", primary_key=True
    )
    codes = models.TextField()

    def __str__(self):
        return self.codes


class Word(models.Model):
    """A folded word of the listings, as it is written: what a misspelled word is compared with.

    `place_count` is how many published places it tells apart: by their name, kind, label or help, the
    names of their own town and neighbourhood left out; 0 for a word of addresses and presentations only.
    """

    text = models.CharField(max_length=60, unique=True)
    place_count = models.PositiveIntegerField()

    def __str__(self):
        return self.text


class IndexStamp(models.Model):
    """Three rows, each a number that changes when what it tells of does: each process reads that anew."""

    class Part(models.IntegerChoices):
        NAMES = 1  # of communes, neighbourhoods, départements
        WORDS = 2  # of listings and needs
        PLACES = 3  # by name

    number = models.PositiveIntegerField(default=0)

    def __str__(self):
        return str(self.number)

    @classmethod
    def renew(cls, *parts):
        """Tell that these parts have changed; without an argument, all of them."""
        for part in parts or cls.Part:
            # Drawn and not counted: a process must not take a database that was put back for what it holds.
            cls.objects.update_or_create(pk=part, defaults={"number": randbelow(2**31)})

    @classmethod
    def read(cls):
        """{part: number}; a part that never changed is 0."""
        return dict.fromkeys(cls.Part, 0) | {row.pk: row.number for row in _stamps()}


_stamps = Prepared(IndexStamp.objects.all)
