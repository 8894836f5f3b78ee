"""Communes and boroughs, from the columns of the official geographic code (COG, Insee) with centroids."""

from itertools import groupby

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from places.domain.geo import mend_position
from places.domain.identifiers import IdentifierError, insee_code, postcode
from places.domain.text import fold, tidy
from places.models import Commune, Department, IndexStamp
from places.opendata.cells import Outcome

from .base import Importer, analyse

REQUIRED = {"code_insee", "nom", "code_departement", "departement"}
FIELDS = [
    "kind",
    "name",
    "folded_name",
    "parent_id",
    "postcodes",
    "department_id",
    "epci_code",
    "epci_name",
    "location",
    "population",
]


def is_borough(row):
    return row.cells.get("type") == Commune.Kind.BOROUGH


class CommuneImporter(Importer):
    batch_size = 5_000

    def prepare(self, rows):
        rows.sort(key=is_borough)  # a borough needs its commune
        self._known = {commune.insee_code: commune for commune in Commune.objects.defer("area")}
        self._lines = {}
        self._departments = self._store_departments(rows)

    def store(self, batch):
        for _is_borough, rows in groupby(batch, key=is_borough):
            changed = []
            for row in rows:
                if commune := self._read(row):
                    changed += self._compare(commune)
            if not self.is_dry_run:
                Commune.objects.bulk_create(
                    changed, update_conflicts=True, unique_fields=["insee_code"], update_fields=FIELDS
                )

    def finish(self):
        analyse()
        IndexStamp.renew(IndexStamp.Part.NAMES)

    def _compare(self, commune):
        """[commune] when it is new or says something else than the one stored, [] otherwise."""
        known = self._known.get(commune.insee_code)
        if known and all(getattr(known, field) == getattr(commune, field) for field in FIELDS):
            self.report.unchanged += 1
            return []
        if known:
            commune.pk = known.pk
            self.report.updated += 1
        else:
            self.report.created += 1
        self._known[commune.insee_code] = commune
        return [commune]

    def _read(self, row):
        cells = {name: tidy(str(value or "")) for name, value in row.cells.items()}
        try:
            code = insee_code(cells["code_insee"])
        except IdentifierError as error:
            return self.report.refuse(row.line, "code_insee", cells["code_insee"], error)
        first_line = self._lines.setdefault(code, row.line)
        if first_line != row.line:
            reason = _("Ce code est déjà à la ligne %(line)s.") % {"line": first_line}
            return self.report.refuse(row.line, "code_insee", code, reason)
        if not cells["nom"] or cells["code_departement"] not in self._departments:
            column = "nom" if not cells["nom"] else "code_departement"
            return self.report.refuse(row.line, column, cells[column], _("Cette valeur est indispensable."))
        return self._commune(row.line, code, cells)

    def _commune(self, line, code, cells):
        kind = Commune.Kind.BOROUGH if cells.get("type") == Commune.Kind.BOROUGH else Commune.Kind.COMMUNE
        parent_code = cells.get("code_commune_parente", "")
        parent = self._known.get(parent_code) if kind == Commune.Kind.BOROUGH else None
        if kind == Commune.Kind.BOROUGH and parent is None:
            reason = _("La commune de cet arrondissement est inconnue.")
            return self.report.refuse(line, "code_commune_parente", parent_code, reason)
        return Commune(
            insee_code=code,
            kind=kind,
            name=cells["nom"][:120],
            folded_name=fold(cells["nom"])[:120],
            parent_id=parent.pk if parent else None,
            postcodes=self._postcodes(line, cells.get("codes_postaux", "")),
            department_id=self._departments[cells["code_departement"]].pk,
            epci_code=cells.get("siren_epci", "")[:9],
            epci_name=cells.get("epci", "")[:160],
            location=self._location(line, cells),
            population=self._population(line, cells.get("population_municipale", "")),
        )

    def _postcodes(self, line, text):
        codes = []
        for written in filter(None, text.split("|")):
            try:
                codes.append(postcode(written))
            except IdentifierError as error:
                self.report.note(line, "codes_postaux", written, error, Outcome.DROPPED)
        return "|".join(dict.fromkeys(codes))[:300]

    def _location(self, line, cells):
        written = cells.get("latitude", ""), cells.get("longitude", "")
        if not any(written):
            return None
        try:
            lon, lat, note = mend_position(*(float(number.replace(",", ".")) for number in written))
        except ValueError:
            lon, note = None, _("Latitude et longitude sont deux nombres.")
        if note:
            outcome = Outcome.DROPPED if lon is None else Outcome.MENDED
            self.report.note(line, "latitude, longitude", ", ".join(written), note, outcome)
        return None if lon is None else Point(lon, lat, srid=4326)

    def _population(self, line, text):
        digits = text.replace(" ", "").removesuffix(".0")
        if digits.isascii() and digits.isdigit() and len(digits) < 9:
            return int(digits)
        if text:
            reason = _("Une population est un nombre entier.")
            self.report.note(line, "population_municipale", text, reason, Outcome.DROPPED)
        return None

    def _store_departments(self, rows):
        known = {department.code: department for department in Department.objects.defer("area")}
        said = {}
        for row in rows:
            cells = [
                tidy(str(row.cells.get(name) or "")) for name in ("code_departement", "departement", "region")
            ]
            if cells[0] and len(cells[0]) <= 3 and cells[1]:
                said.setdefault(cells[0], (cells[1][:80], cells[2][:80]))
        changed = [
            Department(code=code, name=name, region=region)
            for code, (name, region) in said.items()
            if code not in known or (known[code].name, known[code].region) != (name, region)
        ]
        if self.is_dry_run:
            return known | {department.code: department for department in changed}
        Department.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["code"], update_fields=["name", "region"]
        )
        return {department.code: department for department in Department.objects.defer("area")}
