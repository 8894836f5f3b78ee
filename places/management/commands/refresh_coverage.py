"""What each neighbourhood has within reach, computed anew: after an import, and once a day by cron."""

from django.core.management import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from places.importers.report import number
from places.models import Coverage


class Command(BaseCommand):
    help = _("Recalcule la couverture de tous les quartiers : distances, horaires, axes.")

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-stale", action="store_true", help=_("seulement si une fiche ou un périmètre a changé")
        )

    def handle(self, *, if_stale, verbosity, **options):
        if if_stale and not Coverage.objects.is_stale():
            told = _("La couverture est à jour.")
        else:
            count = Coverage.objects.refresh(at=timezone.now())
            told = ngettext("%(n)s quartier calculé.", "%(n)s quartiers calculés.", count) % {
                "n": number(count)
            }
        if verbosity:
            self.stdout.write(told)
