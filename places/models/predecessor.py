"""Which priority neighbourhood of 2015 lies under one of 2024, and for how much."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from places.domain.text import fold

from .territory import Neighbourhood

# Below, outlines that were drawn anew only touch each other; half is what one takes for the same.
LEAST_SHARE, SAME_SHARE = 0.05, 0.5


class PredecessorQuerySet(models.QuerySet):
    def telling(self):
        """Those worth a word, each with the `.slug` of the former one where it is known; largest first."""
        page = Neighbourhood.objects.filter(code=OuterRef("code")).values("slug")[:1]
        return (
            self.filter(Q(share_of_former__gte=LEAST_SHARE) | Q(share_of_new__gte=LEAST_SHARE))
            .annotate(slug=Subquery(page))
            .order_by("-share_of_new", "code")
        )

    def same(self):
        """Those of which the new one is the continuation."""
        return self.filter(Q(share_of_former__gte=SAME_SHARE) | Q(share_of_new__gte=SAME_SHARE))


class Predecessor(models.Model):
    """The former neighbourhood may have no row of its own: its code and its name are told here."""

    neighbourhood = models.ForeignKey(
        Neighbourhood, verbose_name=_("quartier"), on_delete=models.CASCADE, related_name="predecessors"
    )
    code = models.CharField(_("code officiel"), max_length=8, db_index=True)
    name = models.CharField(_("nom"), max_length=160)
    folded_name = models.CharField(max_length=160, editable=False)
    share_of_former = models.FloatField(_("part du quartier de 2015"))
    share_of_new = models.FloatField(_("part du quartier de 2024"))

    objects = models.Manager.from_queryset(PredecessorQuerySet)()

    class Meta:
        verbose_name = _("quartier prioritaire de 2015")
        verbose_name_plural = _("quartiers prioritaires de 2015")
        ordering = ["neighbourhood", "code"]
        constraints = [
            models.UniqueConstraint(
                name="predecessor_once",
                fields=["neighbourhood", "code"],
                violation_error_message=_("Ce quartier de 2015 est déjà lié à celui de 2024."),
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.code})"

    def save(self, *args, **kwargs):
        self.derive()
        super().save(*args, **kwargs)

    def derive(self):
        self.folded_name = fold(self.name)

    @property
    def is_same(self):
        return max(self.share_of_former, self.share_of_new) >= SAME_SHARE
