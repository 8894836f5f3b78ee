"""Communes, or their former names, from a CSV; their outlines from a GeoJSON."""

from django.utils.translation import gettext as _

from places.importers import communes, former_names, outlines
from places.importers.files import read_text
from places.importers.rows import check_columns, csv_rows, features, looks_like_json, parsed_json
from places.management.importing import ImportCommand


class Command(ImportCommand):
    help = _(
        "Importe les communes (CSV), leurs anciens noms (CSV avec la colonne ancien_nom), "
        "ou les contours de communes et de départements (GeoJSON) de la carte."
    )

    def rows_of(self, path):
        text = read_text(path)
        if not looks_like_json(text):
            if "ancien_nom" in text.partition("\n")[0]:
                return former_names.FormerNameImporter, csv_rows(text, former_names.REQUIRED)
            return communes.CommuneImporter, csv_rows(text, communes.REQUIRED)
        rows = features(parsed_json(text))
        check_columns({name for row in rows for name in row.cells}, outlines.REQUIRED)
        return outlines.OutlineImporter, rows
