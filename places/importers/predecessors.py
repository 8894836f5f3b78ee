"""Which neighbourhood of 2015 each of 2024 follows: a CSV of pairs with the share of each surface.

Columns: code_qp_2015, nom_2015, code_qp_2024, part_du_qp_2015, part_du_qp_2024 (from 0 to 1).
"""

from math import isfinite

from django.utils.translation import gettext as _

from places.domain.identifiers import IdentifierError, qpv_code
from places.domain.text import tidy
from places.models import IndexStamp, Neighbourhood, Predecessor

from .base import Importer, analyse

REQUIRED = {"code_qp_2015", "nom_2015", "code_qp_2024", "part_du_qp_2015", "part_du_qp_2024"}
SHARES = {"share_of_former": "part_du_qp_2015", "share_of_new": "part_du_qp_2024"}


class PredecessorImporter(Importer):
    def prepare(self, rows):
        self._neighbourhoods = dict(Neighbourhood.objects.exclude(code=None).values_list("code", "pk"))
        self._known = {(row.neighbourhood_id, row.code): row for row in Predecessor.objects.all()}
        self._lines = {}

    def store(self, batch):
        found = [row for read in map(self._read, batch) if read and (row := self._compare(read))]
        if not self.is_dry_run:
            Predecessor.objects.bulk_create(
                found,
                update_conflicts=True,
                unique_fields=["neighbourhood", "code"],
                update_fields=["name", "folded_name", *SHARES],
            )

    def finish(self):
        analyse()
        IndexStamp.renew(IndexStamp.Part.NAMES)

    def _read(self, row):
        """The row as a Predecessor, None when it is refused."""
        cells = {name: tidy(str(row.cells[name] or "")) for name in REQUIRED}
        codes = {}
        for column in ("code_qp_2015", "code_qp_2024"):
            try:
                codes[column] = qpv_code(cells[column])
            except IdentifierError as error:
                return self.report.refuse(row.line, column, cells[column], error)
        pk = self._neighbourhoods.get(codes["code_qp_2024"])
        if pk is None:
            reason = _("Aucun quartier connu sous ce code\u00a0: importez d’abord les quartiers.")
            return self.report.refuse(row.line, "code_qp_2024", cells["code_qp_2024"], reason)
        first_line = self._lines.setdefault(tuple(codes.values()), row.line)
        if first_line != row.line:
            reason = _("Ce quartier est déjà à la ligne %(line)s.") % {"line": first_line}
            return self.report.refuse(row.line, "code_qp_2015", cells["code_qp_2015"], reason)
        if not cells["nom_2015"]:
            return self.report.refuse(row.line, "nom_2015", "", _("Il manque le nom du quartier."))
        shares = {field: _share(cells[column]) for field, column in SHARES.items()}
        for field, column in SHARES.items():
            if shares[field] is None:
                reason = _("Une part va de 0 à 1.")
                return self.report.refuse(row.line, column, cells[column], reason)
        former = Predecessor(neighbourhood_id=pk, code=codes["code_qp_2015"], name=cells["nom_2015"][:160])
        former.share_of_former, former.share_of_new = shares.values()
        former.derive()
        return former

    def _compare(self, former):
        """`former` when it is new or says something else than what is stored, else None."""
        known = self._known.get((former.neighbourhood_id, former.code))
        if known and all(getattr(known, field) == getattr(former, field) for field in ("name", *SHARES)):
            self.report.unchanged += 1
            return None
        if known:
            self.report.updated += 1
        else:
            self.report.created += 1
        return former


def _share(text):
    try:
        share = float(text.replace(",", "."))
    except ValueError:
        return None
    return share if isfinite(share) and 0 <= share <= 1 else None
