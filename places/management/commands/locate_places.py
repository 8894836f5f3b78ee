"""The neighbourhood of each place, computed anew from the outlines."""

from django.core.management import BaseCommand, CommandError
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from places.importers.lock import only_import
from places.importers.report import FileError, number
from places.models import Certainty, Coverage, Place
from places.search import rebuild


class Command(BaseCommand):
    help = _("Recalcule le quartier de chaque lieu, après un changement de périmètre.")

    def handle(self, **options):
        try:
            with only_import():
                changed = Place.objects.relocate()
                rebuild()  # a place is found by the names of its neighbourhood
                Coverage.objects.refresh(at=timezone.now())
        except FileError as error:
            raise CommandError(str(error)) from error
        told = ngettext("%(n)s lieu a changé.", "%(n)s lieux ont changé.", changed) % {"n": number(changed)}
        self.stdout.write(told)
        counts = dict(
            Place.objects.order_by().values_list("neighbourhood_certainty").annotate(count=Count("pk"))
        )
        for certainty in Certainty:
            line = _("%(certainty)s : %(n)s")
            told = {"certainty": certainty.label, "n": number(counts.get(certainty.value, 0))}
            self.stdout.write(f"  {line % told}")
