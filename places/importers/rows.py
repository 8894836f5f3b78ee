"""Rows of a text: CSV or JSON, read whole and strictly before anything is stored."""

import csv
import io
import json
from collections import Counter
from math import isfinite
from typing import NamedTuple

from django.utils.translation import gettext as _

from .report import FileError

DELIMITERS = ",;\t"


class Row(NamedTuple):
    """`line` is the line of the file where the row begins; in JSON, its rank from 1."""

    line: int
    cells: dict
    defect: str = ""


def looks_like_json(text: str) -> bool:
    return text.lstrip()[:1] in ("[", "{")


def csv_rows(text: str, required: set[str]) -> list[Row]:
    """All rows as dictionaries of column to text. Raises FileError on what no row can be trusted after.

    A row with too few or too many cells has a `defect`; a last row that is short means a cut file.
    """
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = _checked_header([name.strip() for name in next(reader)], required)
        rows, start = [], reader.line_num + 1
        for cells in reader:
            if any(cells):
                rows.append(_row(start, header, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        message = _("Le tableau ne se lit plus, ligne %(line)s : guillemet mal fermé ou cellule démesurée.")
        raise FileError(message % {"line": reader.line_num}) from error
    if rows and rows[-1].defect and not text.endswith(("\n", "\r")):
        raise FileError(_("Le fichier est coupé au milieu de sa dernière ligne : téléchargez-le de nouveau."))
    if not rows:
        raise FileError(_("Le fichier n’a que des titres de colonnes : aucune ligne à importer."))
    return rows


def _row(line, header, cells):
    if len(cells) == len(header):
        return Row(line, dict(zip(header, cells, strict=True)))
    defect = _("La ligne a %(found)s cellules au lieu de %(expected)s.")
    return Row(
        line,
        dict(zip(header, cells, strict=False)),
        defect % {"found": len(cells), "expected": len(header)},
    )


def _checked_header(header, required):
    name, count = Counter(filter(None, header)).most_common(1)[0] if any(header) else ("", 0)
    if count > 1:
        raise FileError(_("La colonne « %(name)s » est là deux fois.") % {"name": name[:40]})
    check_columns(set(header), required)
    return header


def check_columns(found: set[str], required: set[str]) -> None:
    missing = sorted(required - found)
    if missing:
        message = _("Ce n’est pas le fichier attendu. Il manque : %(missing)s. Colonnes lues : %(found)s.")
        read = ", ".join(sorted(name[:40] for name in found if name)[:8])
        raise FileError(message % {"missing": ", ".join(missing), "found": read.replace("\n", " ") or "?"})


def json_rows(document: object, required: set[str]) -> list[Row]:
    """The objects of a JSON list, numbered from 1; what is not an object has a `defect`. Raises FileError."""
    if not isinstance(document, list) or not document:
        raise FileError(_("Le JSON attendu est une liste de fiches : [ { … }, { … } ]."))
    names = {name for record in document if isinstance(record, dict) for name in record}
    check_columns(names, required)
    return [
        Row(rank, record) if isinstance(record, dict) else Row(rank, {}, _("Ce n’est pas une fiche."))
        for rank, record in enumerate(document, start=1)
    ]


def features(document: object) -> list[Row]:
    """The features of a GeoJSON FeatureCollection: properties, and `geometry` under that name."""
    listed = document.get("features") if isinstance(document, dict) else None
    if not isinstance(listed, list) or document.get("type") != "FeatureCollection":
        raise FileError(_("Le GeoJSON attendu est une « FeatureCollection »."))
    if not listed:
        raise FileError(_("Le GeoJSON est vide : aucun périmètre à importer."))
    _refuse_other_projection(document.get("crs"))
    return [_feature(rank, feature) for rank, feature in enumerate(listed, start=1)]


def _feature(rank, feature):
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return Row(rank, {}, _("Ce n’est pas un objet géographique avec ses propriétés."))
    return Row(rank, {**properties, "geometry": feature.get("geometry")})


def _refuse_other_projection(crs):
    # RFC 7946 took "crs" out: positions are WGS 84. Older files say so, or say something else.
    name = str((crs.get("properties") or {}).get("name", "")) if isinstance(crs, dict) else ""
    if name and not name.upper().endswith(("CRS84", ":4326")):
        message = _("Le GeoJSON est dans une autre projection (%(name)s) : enregistrez-le en WGS 84.")
        raise FileError(message % {"name": name[:60]})


def parsed_json(text: str) -> object:
    """The document; numbers are finite and no name comes twice in an object. Raises FileError."""
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_repetition,
            parse_float=_finite,
            parse_constant=_finite,
        )
    except RecursionError as error:
        raise FileError(_("Le JSON est imbriqué trop profondément.")) from error
    except json.JSONDecodeError as error:
        message = _("Le JSON est coupé ou mal écrit à la ligne %(line)s, colonne %(column)s.")
        raise FileError(message % {"line": error.lineno, "column": error.colno}) from error
    except FileError:
        raise
    except ValueError as error:  # an integer of more than 4,300 digits
        raise FileError(_("Le JSON contient un nombre démesuré.")) from error


def _finite(written):
    number = float(written)
    if not isfinite(number):
        raise FileError(_("Le JSON contient un nombre impossible : %(number)s.") % {"number": written[:40]})
    return number


def _without_repetition(pairs):
    record = dict(pairs)
    if len(record) != len(pairs):
        twice, _count = Counter(name for name, _value in pairs).most_common(1)[0]
        raise FileError(
            _("Dans le JSON, « %(name)s » est deux fois dans un même objet.") % {"name": twice[:40]}
        )
    return record
