"""Priority neighbourhoods from a GeoJSON, a GeoPackage or a Shapefile."""

from django.utils.translation import gettext as _

from places.importers import neighbourhoods
from places.importers.areas import layer_rows
from places.importers.files import layer_driver, read_text
from places.importers.rows import check_columns, features, parsed_json
from places.management.importing import ImportCommand


class Command(ImportCommand):
    help = _("Importe les quartiers prioritaires : GeoJSON (.gz aussi), GeoPackage ou Shapefile.")

    def rows_of(self, path):
        driver = layer_driver(path)
        rows = layer_rows(path, driver) if driver else features(parsed_json(read_text(path)))
        found = {name for row in rows for name in row.cells}
        check_columns(found, neighbourhoods.required_columns(found))
        return neighbourhoods.NeighbourhoodImporter, rows
