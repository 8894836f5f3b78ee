"""The figures of coverage to take away: one line a neighbourhood, for a spreadsheet or for a map."""

from collections.abc import Iterable

import orjson
from django.utils.translation import gettext as _

from places.domain.hours.halfdays import HALF_DAY_NAMES
from places.models import Coverage, Neighbourhood

DECIMALS = 5  # of a degree: about a metre


def header(measures: dict[str, str]) -> list[str]:
    """Heads of the columns; `measures` are {measure: its name}."""
    return [
        _("Quartier"),
        _("Code officiel"),
        _("Nature"),
        _("Communes"),
        _("Départements"),
        _("Population"),
        _("Lieux dans le quartier"),
        _("Lieux à un quart d’heure à pied"),
        _("dont les horaires sont connus"),
        _("Heures ouvertes par semaine"),
        _("Lieux à un quart d’heure pour 10 000 habitants"),
        _("Demi-journées sans lieu ouvert connu"),
        *(_("Mètres jusqu’au plus proche : %(name)s") % {"name": name} for name in measures.values()),
        _("Calculé le"),
    ]


def rows(coverages: Iterable[Coverage], measures: dict[str, str]) -> Iterable[list]:
    """One line each, from `for_rows`; what is unknown, and what is not within 20 km, is empty."""
    for row in coverages:
        neighbourhood, communes = row.neighbourhood, row.neighbourhood.communes.all()
        yield [
            neighbourhood.name,
            neighbourhood.code or "",
            neighbourhood.get_kind_display(),
            row.commune_names,
            ", ".join(sorted({commune.department.code for commune in communes})),
            neighbourhood.population,
            row.inside_count,
            row.reach_count,
            row.hours_known_count,
            None if row.open_min is None else row.open_min / 60,
            row.per_10000,
            ", ".join(HALF_DAY_NAMES[code] for code in row.silent) if row.hours_known_count else "",
            *(row.metres(measure) for measure in measures),
            row.computed_at.date().isoformat(),
        ]


def as_geojson(coverages: Iterable[Coverage], measures: dict[str, str]) -> bytes:
    """A FeatureCollection (RFC 7946) of outlines; codes for names, so that a GIS can style by them."""
    coverages = list(coverages)
    areas = Neighbourhood.objects.filter(pk__in=[row.pk for row in coverages])
    outlines = dict(areas.values_list("pk", "display_area"))
    features = [
        {
            "type": "Feature",
            "properties": _properties(row, measures),
            "geometry": {"type": "MultiPolygon", "coordinates": _rounded(outlines[row.pk].coords)},
        }
        for row in coverages
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _properties(row, measures):
    neighbourhood = row.neighbourhood
    return {
        "slug": neighbourhood.slug,
        "code": neighbourhood.code,
        "name": neighbourhood.name,
        "kind": neighbourhood.kind,
        "communes": [commune.insee_code for commune in neighbourhood.communes.all()],
        "population": neighbourhood.population,
        "inside_count": row.inside_count,
        "reach_count": row.reach_count,
        "hours_known_count": row.hours_known_count,
        "open_min_per_week": row.open_min,
        "half_days_without": row.silent if row.hours_known_count else None,
        **{f"nearest_m_{measure or 'any'}".replace(":", "_"): row.metres(measure) for measure in measures},
        "computed_at": row.computed_at.isoformat(),
    }


def _rounded(coordinates):
    if isinstance(coordinates[0], float):
        return [round(number, DECIMALS) for number in coordinates]
    return [_rounded(part) for part in coordinates]
