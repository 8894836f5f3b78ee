"""What waits for a person, told on the first page of the admin with a link to each list."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from places.models import Correction, Occurrence, Partnership, Place, State, Workshop

A_YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Waiting:
    count: int
    text: str
    url: str


def what_waits(site, request, at):
    """What the person may see and has to do at the aware moment `at`, the most urgent first; never a zero."""
    chores = [
        _chore(site, request, model, wait, query, text)
        for model, wait, query, text in _chores(at)
        if site.get_model_admin(model).has_view_permission(request)
    ]
    return [chore for chore in chores if chore.count]


def _chores(at):
    """(model, rows that wait, query string of the list that shows them, text for a count)."""
    today = timezone.localdate(at)
    ahead = Exists(Occurrence.objects.filter(workshop=OuterRef("pk"), ends_at__gt=at))
    return [
        (
            Correction,
            lambda rows: rows.waiting(),
            "",
            lambda n: ngettext("signalement à traiter", "signalements à traiter", n),
        ),
        (
            Place,
            lambda rows: rows.filter(state=State.PENDING),
            f"state__exact={State.PENDING}",
            lambda n: ngettext("lieu à relire", "lieux à relire", n),
        ),
        (
            Place,
            lambda rows: rows.filter(state=State.DRAFT),
            f"state__exact={State.DRAFT}",
            lambda n: ngettext("lieu en brouillon", "lieux en brouillon", n),
        ),
        (
            Workshop,
            lambda rows: rows.filter(state=State.PENDING),
            f"state__exact={State.PENDING}",
            lambda n: ngettext("atelier à relire", "ateliers à relire", n),
        ),
        (
            Partnership,
            lambda rows: rows.to_review(today),
            "review=due",
            lambda n: ngettext("partenariat à revoir", "partenariats à revoir", n),
        ),
        (
            Workshop,
            lambda rows: rows.filter(~ahead, state=State.PUBLISHED),
            f"state__exact={State.PUBLISHED}&coming=no",
            lambda n: ngettext("atelier sans séance à venir", "ateliers sans séance à venir", n),
        ),
        (
            Place,
            lambda rows: rows.published().not_confirmed_since(today - A_YEAR),
            f"state__exact={State.PUBLISHED}&confirmed=stale",
            lambda n: ngettext(
                "lieu que personne n’a confirmé depuis un an",
                "lieux que personne n’a confirmés depuis un an",
                n,
            ),
        ),
    ]


def _chore(site, request, model, wait, query, text):
    count = wait(site.get_model_admin(model).get_queryset(request).order_by()).count()
    url = reverse(f"admin:places_{model._meta.model_name}_changelist")
    return Waiting(count, text(count), f"{url}?{query}" if query else url)
