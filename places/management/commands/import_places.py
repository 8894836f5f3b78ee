"""Places from a file of the national standard: v1 in CSV or JSON, v0 in JSON."""

from django.utils.translation import gettext as _

from places.importers.files import read_text
from places.importers.national_v0 import as_v1, is_older
from places.importers.places import OlderPlaceImporter, PlaceImporter
from places.importers.rows import csv_rows, json_rows, looks_like_json, parsed_json
from places.management.importing import ImportCommand
from places.opendata.schema import REQUIRED


class Command(ImportCommand):
    help = _("Importe des lieux au standard national : v1 en CSV ou JSON, v0 en JSON (.gz aussi).")

    def rows_of(self, path):
        text = read_text(path)
        if not looks_like_json(text):
            return PlaceImporter, csv_rows(text, REQUIRED)
        rows = json_rows(parsed_json(text), {"id", "nom", "adresse"})
        importer = OlderPlaceImporter if is_older(rows) else PlaceImporter
        return importer, [as_v1(row) for row in rows]
