"""What is new in a neighbourhood, as an Atom feed: workshops, sessions cancelled or moved, closures."""

from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from places.domain.text import tidy
from places.models import Closure, Neighbourhood, Occurrence, Place, Workshop

from .downloads import unless_known

MOST = 40


class News(NamedTuple):
    title: str
    link: str
    mark: str  # after the link, what tells it from other news of the same page
    at: object
    subject: dict  # what its text is made from


@require_safe
@cache_control(public=True, max_age=900)
def neighbourhood_feed(request, slug):
    neighbourhood = get_object_or_404(Neighbourhood.objects.defer(*Neighbourhood.OUTLINES[1:]), slug=slug)
    feed = Atom1Feed(
        title=_("Ateliers numériques, %(where)s") % {"where": neighbourhood.name},
        link=request.build_absolute_uri(neighbourhood.get_absolute_url()),
        feed_url=request.build_absolute_uri(reverse("neighbourhood-feed", args=[slug])),
        description=_("Nouveaux ateliers, séances annulées ou déplacées, fermetures."),
        language="fr",
    )
    for news in news_of(neighbourhood, timezone.now()):
        link = request.build_absolute_uri(news.link)
        feed.add_item(
            title=tidy(news.title),
            link=link,
            description=render_to_string("places/includes/news.html", news.subject),
            unique_id=f"{link}#{news.mark}",
            pubdate=news.at,
            updateddate=news.at,
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return unless_known(request, response)


def news_of(neighbourhood, at):
    """At most MOST of them, the latest first."""
    workshops = Workshop.objects.published().in_neighbourhood(neighbourhood)
    coming = Occurrence.objects.upcoming(at=at).of(workshops)
    news = [*new_workshops(workshops, coming), *changes(coming), *closures(neighbourhood, at)]
    return sorted(news, key=lambda one: one.at, reverse=True)[:MOST]


def new_workshops(workshops, coming):
    """Those that have a session ahead."""
    ahead = workshops.filter(pk__in=coming.order_by().values("workshop"))
    for workshop in ahead.select_related("place").order_by("-created_at", "pk")[:MOST]:
        title = _("Nouveau\u00a0: %(title)s") % {"title": workshop.title}
        yield News(title, workshop.get_absolute_url(), "nouveau", workshop.created_at, {"workshop": workshop})


def changes(coming):
    for row in coming.changed().order_by("-updated_at", "pk").for_rows()[:MOST]:
        told = _("Annulé\u00a0: %(title)s") if row.is_cancelled else _("Changé\u00a0: %(title)s")
        yield News(
            told % {"title": row.workshop.title},
            row.get_absolute_url(),
            f"{row.status.lower()}-{row.sequence}",
            row.updated_at,
            {"occurrence": row},
        )


def closures(neighbourhood, at):
    places = Place.objects.published().filter(neighbourhood=neighbourhood)
    rows = Closure.objects.filter(place__in=places).not_over(at.date()).select_related("place")
    for row in rows.order_by("-updated_at", "pk")[:MOST]:
        title = f"{row.get_kind_display()}\u00a0: {row.place.name}"
        yield News(
            title, row.place.get_absolute_url(), f"fermeture-{row.pk}", row.updated_at, {"closure": row}
        )
