"""The place as a resource centre: what is lent and looked for, and projects to make again."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from places.forms.resources import OfferSearchForm, ProjectSearchForm
from places.models import Offer, Place, Project

from .links import url_with

PAGE_SIZE = 30
# Shown when nothing in the neighbourhood answers.
OTHERS = 6
FILTERS = ("neighbourhood", "commune", "place", "partner")


@require_safe
def resources(request):
    form = OfferSearchForm(request.GET)
    offers = Offer.objects.published().for_rows()
    asked = form.cleaned_data if form.is_valid() else {}
    found = offers.matching(**asked) if form.is_valid() else offers.none()
    page = Paginator(found.given(), PAGE_SIZE).get_page(request.GET.get("page"))
    wanted = list(found.filter(is_wanted=True))
    is_empty = form.is_valid() and not page.object_list and not wanted
    context = {"form": form, "page": page, "wanted": wanted, "chips": chips_of(request, form)}
    context["others"] = wider(offers, asked)[:OTHERS] if is_empty else []
    return render(request, "places/resources.html", context)


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
    found = everything.matching(**form.cleaned_data) if form.is_valid() else everything.none()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "chips": chips_of(request, form)}
    context["others"] = everything[:OTHERS] if not page.object_list else []
    return render(request, "places/projects.html", context)


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


def chips_of(request, form):
    """[{label, remove_url, name, value}] of what has no box of its own: the form carries it on."""
    asked = form.cleaned_data if form.is_valid() else {}
    return [
        {
            "label": str(asked[name]),
            "remove_url": url_with(request, **{name: None}),
            "name": name,
            "value": request.GET[name],
        }
        for name in FILTERS
        if asked.get(name)
    ]
