"""The place as a resource centre: what is lent and looked for, and projects to make again."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from places.forms.resources import OfferSearchForm, ProjectSearchForm
from places.models import Offer, Place, Project, Theme

from .narrowing import criteria, facet

PAGE_SIZE = 30
# Shown when nothing in the neighbourhood answers.
OTHERS = 6
# What has no box of its own in the forms.
PROJECT_AREAS = ("neighbourhood", "place", "partner")
OFFER_AREAS = (*PROJECT_AREAS, "commune")


@require_safe
def resources(request):
    form = OfferSearchForm(request.GET)
    offers = Offer.objects.published().for_rows()
    asked = form.cleaned_data if form.is_valid() else {}
    found = offers.matching(**asked) if form.is_valid() else offers.none()
    page = Paginator(found.given(), PAGE_SIZE).get_page(request.GET.get("page"))
    wanted = list(found.filter(is_wanted=True))
    is_empty = form.is_valid() and not page.object_list and not wanted
    kinds = [(code, Offer.Kind(code).label) for code in asked.get("kind", ())]
    context = {"form": form, "page": page, "wanted": wanted}
    context["facets"] = [facet_of_kinds(asked)] if asked else []
    context["others"] = wider(offers, asked)[:OTHERS] if is_empty else []
    return render(
        request, "places/resources.html", context | criteria(request, asked, OFFER_AREAS, {"kind": kinds})
    )


def facet_of_kinds(asked):
    rows = Offer.objects.published().matching(**(asked | {"kind": ()})).order_by().values_list("kind")
    counts = dict(rows.annotate(n=Count("pk")))
    return facet(
        "kind",
        _("Type de ressource"),
        [(code, name, counts.get(code, 0), code in asked["kind"]) for code, name in Offer.Kind.choices],
    )


def wider(offers, asked):
    """What answers the same in the communes of the neighbourhood; failing that, anywhere; then anything."""
    what = {"q": asked["q"], "kind": asked["kind"]}
    neighbourhood = asked["neighbourhood"]
    communes = list(neighbourhood.communes.all()) if neighbourhood else []
    tries = [offers.matching(commune=commune, **what) for commune in communes]
    tries += [offers.matching(**what), offers.matching(kind=asked["kind"]), offers]
    return next((found for found in tries if found.exists()), offers.none())


@require_safe
def projects(request):
    form = ProjectSearchForm(request.GET)
    everything = Project.objects.published().for_rows()
    asked = form.cleaned_data if form.is_valid() else {}
    found = everything.matching(**asked) if form.is_valid() else everything.none()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    themes = [(theme.code, theme.name) for theme in asked.get("theme", ())]
    context = {"form": form, "page": page, "facets": [facet_of_themes(asked)] if asked else []}
    context["others"] = everything[:OTHERS] if not page.object_list else []
    return render(
        request, "places/projects.html", context | criteria(request, asked, PROJECT_AREAS, {"theme": themes})
    )


def facet_of_themes(asked):
    rows = Project.objects.published().matching(**(asked | {"theme": ()})).order_by().values_list("theme")
    counts, chosen = dict(rows.annotate(n=Count("pk"))), {theme.pk for theme in asked["theme"]}
    options = [(row.code, row.name, counts.get(row.pk, 0), row.pk in chosen) for row in Theme.objects.all()]
    return facet("theme", _("Axe"), options)


@require_safe
def project(request, slug):
    project = get_object_or_404(
        Project.objects.published().select_related("theme", "source").prefetch_related("neighbourhoods"),
        slug=slug,
    )
    return render(
        request,
        "places/project.html",
        {
            "project": project,
            "places": Place.objects.published().filter(projects=project).only("slug", "name", "city"),
            "partners": project.partners.published().only("slug", "name"),
        },
    )
