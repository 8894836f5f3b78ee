"""What help each neighbourhood has within reach: a table, a map by class, and the figures to take away."""

from collections import Counter, defaultdict
from statistics import median

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from places.domain.geo import walk_min
from places.domain.plan import Plan, box_of
from places.domain.text import slug
from places.forms import CoverageForm
from places.models import Band, Commune, Coverage, Department, Neighbourhood, Place, as_multipolygon
from places.opendata.coverage import as_geojson, header
from places.opendata.coverage import rows as table_rows

from .downloads import download, table_file
from .sorting import columns, sorted_rows

# About a pixel of the small map of a département.
PLAN_TOLERANCE_DEG = 0.004
MARK = 14

COLUMNS = {
    "name": _("Quartier"),
    "distance": _("Le plus proche"),
    "reach": _("Lieux à un quart d’heure"),
    "hours": _("Ouvert par semaine"),
    "axes": _("Axes"),
}
VALUES = {
    "name": lambda row: (row.commune_names, row.neighbourhood.folded_name),
    "distance": lambda row: row.distance_m,
    "reach": lambda row: row.reach_count,
    "hours": lambda row: row.open_min,
    "axes": lambda row: len(row.themes),
}
DEPARTMENT_COLUMNS = {
    "name": _("Département"),
    "count": _("Quartiers"),
    "median": _("Distance médiane"),
}
DEPARTMENT_VALUES = {
    "name": lambda row: row["code"],
    "count": lambda row: row["count"],
    "median": lambda row: row["median_m"],
}
LARGEST_FIRST = ("distance", "reach", "hours", "axes", "count", "median")


@require_safe
def coverage(request):
    """The neighbourhoods of a territory; without one, all départements that have some."""
    form = CoverageForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    territory = form.territory
    labels, values = (COLUMNS, VALUES) if territory else (DEPARTMENT_COLUMNS, DEPARTMENT_VALUES)
    sort = chosen.get("sort", "")
    sort = sort if sort.removeprefix("-") in values else "name"
    value_of = values[sort.removeprefix("-")]
    computed_at = Coverage.objects.computed_at()
    context = {
        "form": form,
        "title": name_of(territory),
        "links_url": links_url_of(territory),
        "columns": columns(request.GET, sort, labels, largest_first=LARGEST_FIRST),
        "bands": Band,
        "query": request.GET.urlencode(),
        "computed_at": computed_at and timezone.localtime(computed_at),
        "is_stale": Coverage.objects.is_stale(),
    }
    if territory:
        rows = with_nearest(Coverage.objects.in_territory(**territory).for_rows(), form.measure_code)
        rows = sorted_rows(rows, sort, value_of)
        context |= {"rows": rows, "parts": parts_of(rows, territory), "plan": plan_of(rows, territory)}
    else:
        context["departments"] = sorted_rows(all_departments(form.measure_code), sort, value_of)
    return render(request, "places/coverage.html", context)


@require_safe
@cache_control(max_age=3_600)
def coverage_file(request, kind):
    """All figures of the neighbourhoods of a territory, or of France, whatever the measure."""
    form = CoverageForm(request.GET)
    if kind not in ("csv", "xlsx", "geojson") or not form.is_valid():
        raise Http404
    rows, measures = Coverage.objects.in_territory(**form.territory).for_rows(), form.measure_names
    name = f"couverture-{slug(name_of(form.territory))}".strip("-")
    if kind == "geojson":
        return download(as_geojson(rows, measures), "application/geo+json", f"{name}.geojson")
    return table_file(kind, name, _("Couverture"), header(measures), table_rows(rows, measures))


def name_of(territory):
    if "commune" in territory:
        return territory["commune"].name
    if "epci" in territory:
        towns = Commune.objects.filter(epci_code=territory["epci"])
        return towns.values_list("epci_name", flat=True).first() or territory["epci"]
    return territory["department"].name if territory else ""


def links_url_of(territory):
    """Of a commune or an intercommunality; a whole département is no ground on which people meet."""
    if "commune" in territory:
        return reverse("links-of-commune", args=[territory["commune"].insee_code])
    if "epci" in territory:
        return reverse("links-of-epci", args=[territory["epci"]])
    return ""


def with_nearest(rows, measure):
    """The list `rows`, each with what its line shows of the nearest place for `measure`."""
    places = Place.objects.published().only("name", "slug").in_bulk([row.place_pk(measure) for row in rows])
    for row in rows:
        row.distance_m = row.metres(measure)
        row.band = Band.of(row.distance_m)
        row.walk_min = walk_min(row.distance_m) if row.reaches(measure) and row.distance_m else None
        row.place = places.get(row.place_pk(measure))
        row.open_hours = None if row.open_min is None else round(row.open_min / 60)
    return rows


def parts_of(rows, territory):
    """What one can narrow down to: [("epci" or "commune", code, name, how many neighbourhoods)]."""
    found = defaultdict(set)
    for row in rows:
        for commune in row.neighbourhood.communes.all():
            found["commune", commune.insee_code, commune.name].add(row.pk)
            if commune.epci_code:
                found["epci", commune.epci_code, commune.epci_name].add(row.pk)
    parts = [(*part, len(pks)) for part, pks in found.items() if part[0] not in territory]
    return [] if "commune" in territory else sorted(parts, key=lambda part: (part[0] == "commune", part[2]))


def plan_of(rows, territory):
    """The drawing: the ground, the outlines and the marks of their classes; None without neighbourhoods."""
    if not rows:
        return None
    found = Neighbourhood.objects.only("display_area", "centre").in_bulk([row.pk for row in rows])
    ground = ground_of(territory)
    plan = Plan(box_of([area.extent for area in ground or [each.display_area for each in found.values()]]))
    centres = [found[row.pk].centre.coords for row in rows]
    spots = [plan.at(*centre) for centre in centres]
    return {
        "size": (plan.width, plan.height),
        "ground": [plan.path(area.coords) for area in ground],
        "outlines": [plan.path(each.display_area.coords) for each in found.values()],
        "marks": [mark_of(row, *at) for row, *at in zip(rows, spots, plan.spread(centres), strict=True)],
    }


def mark_of(row, spot, mark):
    """The mark of a neighbourhood and a line from it to where it lies. Numbers as SVG writes them."""
    (x, y), (mark_x, mark_y) = spot, mark
    return {
        "row": row,
        "line": f"M{x:g} {y:g}L{mark_x:g} {mark_y:g}",
        "place": f"translate({mark_x - MARK / 2:g} {mark_y - MARK / 2:g})",
    }


def ground_of(territory):
    """The outlines of the territory as far as they are known, light enough to be drawn."""
    if "department" in territory:
        rows = Department.objects.filter(pk=territory["department"].pk)
    elif "epci" in territory:
        rows = Commune.objects.filter(epci_code=territory["epci"])
    else:
        rows = Commune.objects.filter(pk=territory["commune"].pk)
    areas = rows.exclude(area=None).values_list("area", flat=True)
    return [as_multipolygon(area.simplify(PLAN_TOLERANCE_DEG, preserve_topology=True)) for area in areas]


def all_departments(measure):
    """A line for each département: how many of its neighbourhoods stand in each class."""
    rows = Coverage.objects.values_list("pk", "nearest")
    metres = {pk: nearest[measure][0] if measure in nearest else None for pk, nearest in rows}
    lying = Neighbourhood.communes.through.objects.values_list(
        "neighbourhood_id", "commune__department__code", "commune__department__name"
    )
    found = defaultdict(dict)
    for pk, code, name in lying:
        if pk in metres:
            found[code, name][pk] = metres[pk]
    return [department_row(*department, list(of.values())) for department, of in sorted(found.items())]


def department_row(code, name, metres):
    bands, known = Counter(map(Band.of, metres)), [m for m in metres if m is not None]
    return {
        "code": code,
        "name": name,
        "count": len(metres),
        "bands": [(band, bands[band]) for band in Band],
        "median_m": median(known) if known else None,
    }
