"""Names that communes bore before they were merged or renamed (since 1943), from the code of Insee."""

import datetime as dt

from django.utils.translation import gettext as _

from places.domain.text import fold, tidy
from places.models import Commune, FormerName, IndexStamp
from places.opendata.cells import Outcome

from .base import Importer, analyse

REQUIRED = {"ancien_nom", "code_insee"}


class FormerNameImporter(Importer):
    batch_size = 5_000

    def prepare(self, rows):
        self._communes = {
            code: (pk, folded)
            for code, pk, folded in Commune.objects.values_list("insee_code", "pk", "folded_name")
        }
        self._known = {(former.commune_id, former.folded_name): former for former in FormerName.objects.all()}

    def store(self, batch):
        found = [former for row in batch for former in self._read(row)]
        # PostgreSQL refuses to write the same row twice in one statement.
        changed = {(former.commune_id, former.folded_name): former for former in found}.values()
        if not self.is_dry_run:
            FormerName.objects.bulk_create(
                changed,
                update_conflicts=True,
                unique_fields=["commune", "folded_name"],
                update_fields=["name", "changed_on"],
            )

    def finish(self):
        analyse()
        IndexStamp.renew(IndexStamp.Part.NAMES)

    def _read(self, row):
        """[the name] when it is new or says something else than the one stored, [] otherwise."""
        cells = {name: tidy(str(value or "")) for name, value in row.cells.items()}
        pk, present = self._communes.get(cells["code_insee"], (None, ""))
        if pk is None:
            reason = _("Aucune commune connue sous ce code : importez d’abord les communes.")
            self.report.refuse(row.line, "code_insee", cells["code_insee"], reason)
            return []
        name = cells["ancien_nom"][:120]
        if not fold(name):
            self.report.refuse(row.line, "ancien_nom", name, _("Cette valeur est indispensable."))
            return []
        return [] if fold(name) == present else self._compare(pk, name, self._day(row.line, cells))

    def _compare(self, pk, name, changed_on):
        former = FormerName(commune_id=pk, name=name, changed_on=changed_on)
        former.derive()
        known = self._known.get((pk, former.folded_name))
        # One name may have been left twice: the last time counts.
        if known and (changed_on is None or (known.changed_on and known.changed_on >= changed_on)):
            self.report.unchanged += 1
            return []
        if known:
            self.report.updated += 1
        else:
            self.report.created += 1
        self._known[pk, former.folded_name] = former
        return [former]

    def _day(self, line, cells):
        written = cells.get("date", "")
        try:
            return dt.date.fromisoformat(written) if written else None
        except ValueError:
            reason = _("Une date s’écrit 2019-01-01.")
            self.report.note(line, "date", written, reason, Outcome.DROPPED)
            return None
