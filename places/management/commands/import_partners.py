"""Actors of city policy from a CSV."""

from django.utils.translation import gettext as _

from places.importers.files import read_text
from places.importers.partner_row import REQUIRED
from places.importers.partners import PartnerImporter
from places.importers.rows import csv_rows
from places.management.importing import ImportCommand


class Command(ImportCommand):
    help = _("Importe des partenaires : un tableau CSV, dont le README nomme les colonnes.")

    def rows_of(self, path):
        return PartnerImporter, csv_rows(read_text(path), REQUIRED)
