"""Priority neighbourhoods from a GeoJSON, a GeoPackage or a Shapefile; from a CSV, those that they follow."""

from django.utils.translation import gettext as _

from places.importers import neighbourhoods, predecessors
from places.importers.areas import layer_rows
from places.importers.files import layer_driver, read_text
from places.importers.rows import check_columns, csv_rows, features, looks_like_json, parsed_json
from places.management.importing import ImportCommand


class Command(ImportCommand):
    help = _(
        "Importe les quartiers prioritaires : GeoJSON (.gz aussi), GeoPackage ou Shapefile, "
        "ou ceux de 2015 dont ils prennent la suite (CSV avec la colonne code_qp_2015)."
    )

    def rows_of(self, path):
        driver = layer_driver(path)
        if driver:
            rows = layer_rows(path, driver)
        elif looks_like_json(text := read_text(path)) or "code_qp_2015" not in text.partition("\n")[0]:
            rows = features(parsed_json(text))
        else:
            return predecessors.PredecessorImporter, csv_rows(text, predecessors.REQUIRED)
        found = {name for row in rows for name in row.cells}
        check_columns(found, neighbourhoods.required_columns(found))
        return neighbourhoods.NeighbourhoodImporter, rows
