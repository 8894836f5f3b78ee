"""Sessions from a table (CSV) or a calendar (.ics)."""

from functools import partial

from django.core.management import CommandError
from django.utils.translation import gettext as _

from places.importers.sessions import read_sessions
from places.management.importing import ImportCommand
from places.models import Place


class Command(ImportCommand):
    help = _("Importe des séances : un tableau CSV, ou l’agenda (.ics) d’un lieu.")

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--place", metavar="LIEU", help=_("le lieu, tel que l’adresse de sa page le nomme")
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help=_("mettre en ligne ; sinon, les ateliers sont des brouillons"),
        )

    def handle(self, *, place, publish, **options):
        self.how = {"publishes": publish}
        if place:
            self.how["place"] = Place.objects.filter(slug=place.rstrip("/").rpartition("/")[2]).first()
            if self.how["place"] is None:
                raise CommandError(_("Aucun lieu à cette adresse : %(place)s") % {"place": place})
        super().handle(**options)

    def rows_of(self, path):
        importer, rows = read_sessions(path)
        return partial(importer, **self.how), rows
