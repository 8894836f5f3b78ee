"""Search: the home page, and the results with their filters and map."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from places.domain.geo import distance_label
from places.domain.text import words
from places.forms.search import PlaceSearchForm
from places.models import FILTERS, Commune, Neighbourhood, Occurrence, Place
from places.search import Kind, Outcome
from places.search import search as search_places

from .cards import map_of, with_facts_of_now
from .links import query_with, url_with

PAGE_SIZE = 20
TOWNS = 12
NEIGHBOURHOODS = 8
OCCURRENCES = 4
NEARBY = 5


@require_safe
def search(request):
    form = PlaceSearchForm(request.GET)
    if not any(request.GET.get(name) for name in form.fields):
        return home(request, form)
    now = timezone.now()
    context = {
        "form": form,
        "page": None,
        "is_home": False,
        "total": 0,
        "map": map_of(points_url_of(request)),
    }
    if form.is_valid():
        context |= results_context(request, form, now)
    return render(request, "places/search.html", EMPTY | context)


# What the template may name when there are no results to speak of.
EMPTY = {"understood": None, "facets": [], "chips": [], "sorts": [], "kept_fields": []}
EMPTY |= {"area_page": None, "nearby": [], "unmet": "", "loosen": []}
EMPTY |= {"towns": [], "top_neighbourhoods": [], "upcoming": []}


def home(request, form):
    now = timezone.now()
    towns = [
        {"name": town.name, "place_count": town.place_count, "url": f"?commune={town.insee_code}"}
        for town in Commune.objects.with_most_places(TOWNS)
    ]
    context = {
        "form": form,
        "page": None,
        "is_home": True,
        "total": 0,
        "towns": towns,
        "top_neighbourhoods": Neighbourhood.objects.current()
        .with_communes()
        .with_most_places(NEIGHBOURHOODS),
        "upcoming": Occurrence.objects.upcoming(at=now).held().for_rows()[:OCCURRENCES],
        "map": map_of(points_url="", search_url=reverse("search")),
    }
    return render(request, "places/search.html", EMPTY | context)


def results_context(request, form, now):
    results = search_places(Place.objects.published(), **form.cleaned_data, at=now)
    page = Paginator(results.pks, PAGE_SIZE).get_page(request.GET.get("page"))
    nearby = results.nearby[:NEARBY] if results.total < NEARBY or results.is_unmet else []
    # From the middle of a town nobody walks: distances are told from where people are.
    metres = results.metres | dict(nearby) if results.position else {}
    shown = [*page.object_list, *(pk for pk, _metres in nearby)]
    wanted = {row.pk for row in form.cleaned_data["service"]}
    wanted = wanted.union(*(group.services for group in results.understood.groups))
    cards = with_facts_of_now(results.rows(shown), now, metres, wanted)
    page.object_list, nearby = cards[: len(page.object_list)], cards[len(page.object_list) :]
    return {
        "page": page,
        "total": results.total,
        "understood": understood_of(request, results),
        "area_page": area_page_of(form, results),
        "facets": facets_of(form, results),
        "chips": chips_of(request, form, results),
        "sorts": sorts_of(request, form, results),
        "kept_fields": kept_fields_of(request),
        "nearby": nearby,
        "unmet": unmet_of(results),
        "loosen": loosen_of(request, form, results),
        "map": map_of(
            points_url=points_url_of(request),
            search_url=anywhere(request, results),
            center=results.position or results.ground.centre,
            bounds=results.ground.outline and results.ground.outline.extent,
            outline=results.ground.outline
            and {
                "type": results.ground.outline.geom_type,
                "coordinates": results.ground.outline.coords,
            },
        ),
    }


def points_url_of(request):
    """The query string of the same search for the map, which shows all results, not a page of them."""
    return f"?{query_with(request)}"


# -- What was understood, and the ways out of it -------------------------------------------------


def understood_of(request, results):
    """What was understood, part by part, what was read otherwise than written, and what else it may mean."""
    understood, lookup = results.understood, results.lookup
    parts = [
        {"label": label_of(group), "remove_url": without_words(request, group.typed)}
        for group in understood.groups
    ]
    typed = understood.where.typed if understood.where else understood.postcode
    if typed:
        parts.append({"label": results.ground.label, "remove_url": without_words(request, typed)})
    others = [{"label": name.label, "url": instead(request, typed, name)} for name in results.ground.others]
    if lookup and lookup.address:
        label = _("Près de\u00a0: %(address)s") % {"address": lookup.address.label}
        parts.append({"label": label, "remove_url": without_words(request, lookup.typed)})
        left = words_left(request, lookup.typed)
        others += [
            {"label": address.label, "url": url_with(request, q=f"{left} {address.label}".strip())}
            for address in lookup.others
        ]
    return {
        "text": " · ".join(part["label"] for part in parts),
        "parts": parts,
        "corrected": understood.corrected,
        "exact_url": url_with(request, exact=request.GET.get("q", "")) if understood.corrected else "",
        "where": results.ground.label if typed else "",
        "others": others,
        "missed_street": missed_street_of(request, lookup),
    }


def area_page_of(form, results):
    """Name and address of the page of the neighbourhood that is asked for; None when none is."""
    where = results.understood.where
    if row := form.cleaned_data["neighbourhood"]:
        return {"name": row.name, "url": row.get_absolute_url()}
    if where and where.names[0].kind is Kind.NEIGHBOURHOOD:
        named = where.names[0]
        return {"name": named.label, "url": reverse("neighbourhood", args=[named.code])}
    return None


def missed_street_of(request, lookup):
    """The street that nobody could place, as it was typed, and whether only for now; None if none is."""
    if not lookup or lookup.address:
        return None
    said = set(lookup.typed.split())
    typed = " ".join(word for word in request.GET.get("q", "").split() if said & set(words(word)))
    return {"typed": typed, "is_unreachable": lookup.outcome is Outcome.UNREACHABLE}


def label_of(group):
    """A need in the language of the page; words as they were read."""
    label = _(group.label) if group.services or group.themes else group.label
    return label[:1].upper() + label[1:]


def without_words(request, typed):
    """The same search without the words `typed`."""
    return url_with(request, q=words_left(request, typed))


def anywhere(request, results):
    """The same search without any place: the map adds the place that it shows."""
    understood, lookup = results.understood, results.lookup
    typed = understood.where.typed if understood.where else understood.postcode
    left = words_left(request, f"{typed} {lookup.typed if lookup else ''}")
    nowhere = dict.fromkeys(("commune", "neighbourhood", "lon", "lat", "radius", "sort"))
    return url_with(request, q=left, **nowhere)


def instead(request, typed, name):
    """The same search in another place that is called the same."""
    left = words_left(request, typed)
    if name.kind is Kind.DEPARTMENT:
        return url_with(request, q=f"{left} {name.code}".strip())
    field = "neighbourhood" if name.kind is Kind.NEIGHBOURHOOD else "commune"
    return url_with(request, q=left, **{field: name.code})


def words_left(request, typed):
    gone = set(typed.split())
    return " ".join(word for word in request.GET.get("q", "").split() if not gone & set(words(word)))


def chips_of(request, form, results):
    chips = []
    for name in FILTERS:
        for row in form.cleaned_data[name]:
            others = [other for other in request.GET.getlist(name) if other != row.code]
            chips.append({"label": row.name, "remove_url": url_with(request, **{name: others})})
    if form.cleaned_data["open"]:
        chips.append({"label": _("Ouvert maintenant"), "remove_url": url_with(request, open=None)})
    for name in ("neighbourhood", "commune"):
        if row := form.cleaned_data[name]:
            chips.append({"label": str(row), "remove_url": url_with(request, **{name: None})})
    # An address that is typed counts for more than the position that the page still carries.
    if results.position and results.position == form.cleaned_data["position"]:
        radius = form.cleaned_data["radius"]
        label = (
            _("À moins de %(distance)s") % {"distance": distance_label(radius)}
            if radius
            else _("Près de vous")
        )
        removed = url_with(request, lon=None, lat=None, radius=None, sort=None)
        chips.append({"label": label, "remove_url": removed})
    return chips


def unmet_of(results):
    """What no listing here speaks of, in words; "" when some do."""
    labels = [label_of(group) for group in results.understood.groups]
    return ", ".join(labels) if results.is_unmet else ""


def loosen_of(request, form, results):
    """Criteria to take away when nothing answers, the most restricting first."""
    if results.total:
        return []
    links = [
        {"label": _("Enlever « %(criterion)s »") % {"criterion": chip["label"]}, "url": chip["remove_url"]}
        for chip in chips_of(request, form, results)
    ]
    parts = understood_of(request, results)["parts"]
    if len(parts) > 1 or links:
        links += [
            {
                "label": _("Chercher sans « %(criterion)s »") % {"criterion": part["label"]},
                "url": part["remove_url"],
            }
            for part in parts
        ]
    return links


# -- Filters and order ---------------------------------------------------------------------------


def facets_of(form, results):
    """Each filter with how many places its values would leave; values that would leave none are not shown."""
    now_open = {
        "code": "1",
        "name": _("Ouvert maintenant"),
        "count": results.open_total,
        "selected": form.cleaned_data["open"],
    }
    facets = []
    if now_open["count"] or now_open["selected"]:
        facets.append({"name": _("Ouverture"), "field": "open", "options": [now_open]})
    for name in FILTERS:
        rows, chosen = form.lists[name], {row.pk for row in form.cleaned_data[name]}
        counts = results.facets.counts(name, [row.pk for row in rows])
        options = [
            {
                "code": row.code,
                "name": row.name,
                "count": counts[row.pk],
                "selected": row.pk in chosen,
            }
            for row in rows
            if counts[row.pk] or row.pk in chosen
        ]
        if options:
            facets.append({"name": form.fields[name].label, "field": name, "options": options})
    return facets


def sorts_of(request, form, results):
    # Without a position nothing is near or far.
    sorts = [(code, name) for code, name in form.SORTS if code != "distance" or results.position]
    codes = [code for code, _name in sorts]
    asked = form.cleaned_data["sort"]
    chosen = asked if asked in codes else codes[0]
    return [
        {"name": name, "url": url_with(request, sort=code), "selected": code == chosen}
        for code, name in sorts
    ]


def kept_fields_of(request):
    """Fields that the search box keeps when another word is typed; filters have boxes of their own."""
    names = ("commune", "neighbourhood", "lon", "lat", "radius", "sort", "exact")
    return [(name, request.GET[name]) for name in names if request.GET.get(name)]
