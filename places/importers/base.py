"""The run of an import: rows in batches, each batch whole or not at all."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from places.models import Need, PlaceKind, SchoolHoliday
from places.models.place import batched

from .report import Report

BATCH = 500
FIXTURES = settings.BASE_DIR / "fixtures"
LISTS = {"reference.json": PlaceKind, "needs.json": Need, "school_holidays.json": SchoolHoliday}


class Importer:
    """Rows of one kind into the database. Subclasses prepare, store a batch, and finish.

    In a dry run all is read, compared and reported, and nothing is written.
    """

    batch_size = BATCH
    needs_reference_lists = False

    def __init__(self, *, at, origin="", is_dry_run=False, overwrites=False):
        self.at, self.origin = at, origin
        self.is_dry_run, self.overwrites = is_dry_run, overwrites
        self.report = Report()

    def run(self, rows, on_progress=lambda done, total: None):
        """Import `rows` and return the report. Killed midway, the batches before are stored whole."""
        with reference_lists(self.needs_reference_lists, is_dry_run=self.is_dry_run):
            self.prepare(rows)
        sound = [row for row in rows if not self._refuse_defect(row)]
        done = 0
        for batch in batched(sound, self.batch_size):
            with transaction.atomic():
                self.store(batch)
            done += len(batch)
            on_progress(done, len(sound))
        if not self.is_dry_run:
            self.finish()
        return self.report

    def prepare(self, rows):
        """Read what rows will be compared with."""

    def store(self, batch):
        raise NotImplementedError

    def finish(self):
        """Recompute what follows from the rows."""

    def _refuse_defect(self, row):
        if row.defect:
            self.report.refuse(row.line, "", "", row.defect)
        return bool(row.defect)


class reference_lists:
    """Within it the controlled lists are there: loaded when empty, and gone again after a dry run."""

    def __init__(self, needed, *, is_dry_run):
        missing = [name for name, model in LISTS.items() if needed and not model.objects.exists()]
        self.missing = [FIXTURES / name for name in missing]
        self.is_dry_run = is_dry_run
        self.transaction = transaction.atomic()

    def __enter__(self):
        self.transaction.__enter__()
        if self.missing:
            call_command("loaddata", *self.missing, verbosity=0)

    def __exit__(self, *error):
        if self.missing and self.is_dry_run:
            transaction.set_rollback(True)
        return self.transaction.__exit__(*error)


def analyse():
    """Let the database count its rows: plans made without it were up to 200 times slower."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
