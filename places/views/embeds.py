"""For other sites: lists, maps and agendas in a frame, the page that writes the code, and oEmbed."""

from urllib.parse import urlencode, urlsplit

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from places.forms import AgendaForm
from places.forms.embed import EmbedForm
from places.forms.search import PlaceSearchForm
from places.models import Occurrence, Place
from places.search import Agenda, search

from .cards import map_of, with_facts_of_now

PLACES = 30
OCCURRENCES = 30

# Any site may frame these pages, and these alone: nobody is signed in there, nothing can be pressed in error.
framed_anywhere = csp_replace({"frame-ancestors": ["*"]})


@require_safe
@xframe_options_exempt
@framed_anywhere
def embed(request, view):
    if view == "agenda":
        return embedded_agenda(request)
    if view not in {"map", "list"}:
        raise Http404
    now = timezone.now()
    form = PlaceSearchForm(request.GET)
    context = {"form": form, "view": view, "places": [], "total": 0, "map": None, "title": ""}
    context["whole_url"] = f"{reverse('search')}?{request.GET.urlencode()}"
    if form.is_valid():
        results = search(Place.objects.published(), **form.cleaned_data, at=now)
        page = Paginator(results.pks, PLACES).get_page(1)
        metres = results.metres if results.position else {}
        context |= {
            "places": with_facts_of_now(results.rows(page.object_list), now, metres),
            "total": results.total,
            "title": results.ground.label,
            "map": map_of(
                points_url=f"?{request.GET.urlencode()}",
                center=results.position or results.ground.centre,
                bounds=results.ground.outline and results.ground.outline.extent,
                outline=results.ground.outline
                and {
                    "type": results.ground.outline.geom_type,
                    "coordinates": results.ground.outline.coords,
                },
            ),
        }
    return render(request, "embed/places.html", context, status=200 if form.is_valid() else 400)


def embedded_agenda(request):
    form = AgendaForm(request.GET)
    occurrences = Occurrence.objects.none()
    if form.is_valid():
        occurrences = Agenda(at=timezone.now(), **form.asked).coming
    return render(
        request,
        "embed/agenda.html",
        {
            "form": form,
            "occurrences": occurrences.for_rows()[:OCCURRENCES],
            "whole_url": f"{reverse('agenda')}?{request.GET.urlencode()}",
        },
        status=200 if form.is_valid() else 400,
    )


@require_safe
@csp_update({"frame-src": [SELF]})
def embed_builder(request):
    """Choose what to show, look at it, copy the code."""
    form = EmbedForm(request.GET or None, initial={"view": "map", "height": EmbedForm.USUAL_PX})
    context = {"form": form, "code": "", "url": "", "height": EmbedForm.USUAL_PX, "title": ""}
    if form.is_valid():
        url = embed_url(request, form.cleaned_data["view"], form.query)
        context |= {"url": url, "height": form.height_px, "title": frame_title(form)}
        context["code"] = frame(url, context["title"], form.height_px)
    return render(request, "places/embed_builder.html", context)


@require_safe
def oembed(request):
    """What a page of this site looks like in another: https://oembed.com, version 1.0, JSON alone."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=501)
    shown = embedded_by(request, request.GET.get("url", ""))
    if shown is None:
        raise Http404
    view, query = shown
    width = pixels(request.GET.get("maxwidth"), 800)
    height = pixels(request.GET.get("maxheight"), EmbedForm.USUAL_PX)
    title = _("Espaces numériques")
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": title,
        "provider_url": request.build_absolute_uri("/"),
        "cache_age": 3_600,
        "html": frame(embed_url(request, view, query), title, height),
        "width": width,
        "height": height,
    }
    return JsonResponse(answer, headers={"Access-Control-Allow-Origin": "*"})


def embedded_by(request, url):
    """(view, query) that stands for a page of this site; None for all others."""
    try:
        parts = urlsplit(url)
        match = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    if parts.netloc != request.get_host():
        return None
    query = QueryDict(parts.query).dict()
    shown = {
        "search": ("map", query),
        "agenda": ("agenda", query),
        "neighbourhood": ("map", {"neighbourhood": match.kwargs.get("slug")}),
    }
    return shown.get(match.url_name)


def embed_url(request, view, query):
    address = reverse("embed", args=[view])
    return request.build_absolute_uri(f"{address}?{urlencode(query)}" if query else address)


def frame(url, title, height):
    """The line of HTML that another site pastes."""
    # A frame has a border of its own, and there is no style sheet of ours where it is pasted.
    shape = mark_safe('width="100%" loading="lazy" style="border:0"')
    return format_html('<iframe src="{}" title="{}" height="{}" {}></iframe>', url, title, height, shape)


def frame_title(form):
    where = form.cleaned_data["where"]
    named = {"agenda": _("Ateliers numériques"), "map": _("Carte des espaces numériques")}
    title = named.get(form.cleaned_data["view"], _("Espaces numériques"))
    return f"{title}, {where.name}" if where else title


def pixels(text, usual):
    """What a consumer allows, where it is a sensible number."""
    number = int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else usual
    return min(max(number, EmbedForm.SMALLEST_PX), EmbedForm.TALLEST_PX)
