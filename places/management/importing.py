"""What the three import commands share: options, progress on a terminal, the closing lines."""

import sys
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from places.importers.lock import only_import
from places.importers.report import FileError
from places.models import Coverage

BAR_WIDTH = 30


class ImportCommand(BaseCommand):
    """Subclasses give `rows_of(path)` -> (importer class, rows)."""

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FICHIER", help=_("CSV, JSON ou GeoJSON, compressé (.gz) ou non"))
        parser.add_argument("--dry-run", action="store_true", help=_("tout lire et dire, ne rien écrire"))
        parser.add_argument(
            "--overwrite", action="store_true", help=_("remplacer aussi ce que des personnes ont modifié")
        )
        parser.add_argument("--report", metavar="RAPPORT.csv", help=_("écrire le détail, ligne par ligne"))

    def handle(self, *, file, dry_run, overwrite, report, **options):
        path = Path(file)
        try:
            refuse_unwritable(report)
            importer_class, rows = self.rows_of(path)
            with only_import():
                importer = importer_class(
                    at=timezone.now(),
                    origin=_("Importation de %(file)s") % {"file": path.name},
                    is_dry_run=dry_run,
                    overwrites=overwrite,
                )
                done = importer.run(rows, self.show_progress)
                if not dry_run:
                    Coverage.objects.refresh(at=timezone.now())
        except FileError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as error:
            message = _("Interrompu. La même commande, relancée, finira le travail.")
            raise CommandError(message, returncode=130) from error
        if report:
            done.write_csv(report)
        self.tell(done, report, is_dry_run=dry_run)

    def rows_of(self, path):
        raise NotImplementedError

    def tell(self, done, report, *, is_dry_run):
        for line in done.summary():
            self.stdout.write(line)
        if report:
            self.stdout.write(_("Détail dans %(report)s.") % {"report": report})
        elif done.entries:
            self.stdout.write(_("Le détail, ligne par ligne : ajoutez --report rapport.csv"))
        if is_dry_run:
            self.stdout.write(_("Essai : rien n’a été écrit."))

    def show_progress(self, done, total):
        if not sys.stderr.isatty():
            return
        filled = BAR_WIDTH * done // total
        bar = "█" * filled + "░" * (BAR_WIDTH - filled)
        end = "\n" if done == total else ""
        self.stderr.write(f"\r{bar} {100 * done // total}\u202f%", ending=end)
        self.stderr.flush()


def refuse_unwritable(report):
    """Before the work, not after."""
    if not report:
        return
    if not Path(report).absolute().parent.is_dir():
        raise CommandError(_("Le dossier de %(report)s n’existe pas.") % {"report": report})
    try:
        Path(report).open("a").close()
    except OSError as error:
        raise CommandError(_("%(report)s ne peut pas être écrit.") % {"report": report}) from error
