"""Priority neighbourhoods (QPV) of 2024 or 2015, from the outlines that ANCT publishes."""

import re
from hashlib import sha256

from django.utils.translation import gettext as _

from places.domain.geo import GeoError
from places.domain.identifiers import IdentifierError, insee_code, qpv_code
from places.domain.text import slug, tidy
from places.models import Commune, Neighbourhood, Place, Source
from places.models.naming import free_slug
from places.opendata.cells import Outcome
from places.search import rebuild

from .areas import area_from_geojson
from .base import Importer, analyse
from .gazetteer import Gazetteer
from .history import store_with_history
from .merge import merge
from .report import FileError

# What the producers have called each column, by generation and format.
COLUMNS = {
    "code": ("code_qp", "code_qpv"),
    "name": ("nom_qp", "lib_qp", "nom_qpv"),
    "codes": ("code_insee", "insee_com"),
    "towns": ("communes", "lib_com", "commune_qp", "nom_com"),
    "department": ("code_departement", "insee_dep"),
    "population": ("population_2013", "population"),
}
# "Lyon 1er, 2ème arrondissements": what follows the first comma names no other town.
_TOWN = re.compile(r"^ *(?!\d{1,2}(er|e|ème)\b)\S")

VALUES = ["name", "generation", "population", "population_year", "area"]
FIELDS = [*VALUES, "folded_name", "folded_aliases", "display_area", "centre", "source", "imported_values"]
SOURCE_CODE = "qpv-anct"
SOURCE = {
    "name": "Quartiers prioritaires (ANCT)",
    "licence": "Licence Ouverte 2.0",
    "url": "https://www.data.gouv.fr/fr/datasets/quartiers-prioritaires-de-la-politique-de-la-ville-qpv/",
}


def required_columns(found: set[str]) -> set[str]:
    """The names to ask of a file with the columns `found`: those it has, else the usual ones."""
    return {
        next((name for name in COLUMNS[key] if name in found), COLUMNS[key][0]) for key in ("code", "name")
    } | {"geometry"}


class NeighbourhoodImporter(Importer):
    batch_size = 200

    def prepare(self, rows):
        if not Commune.objects.exists():
            raise FileError(_("Il n’y a aucune commune : lancez d’abord import_communes."))
        self._gazetteer = Gazetteer()
        self._lines = {}
        self._slugs = set(Neighbourhood.objects.values_list("slug", flat=True))
        self._source = Source(code=SOURCE_CODE, **SOURCE)
        if not self.is_dry_run:
            self._source, _made = Source.objects.get_or_create(code=SOURCE_CODE, defaults=SOURCE)

    def store(self, batch):
        read = {}
        for row in batch:
            if said := self._read(row):
                read[said["code"]] = (row.line, said)
        known = Neighbourhood.objects.select_related("source").prefetch_related("communes")
        known = known.in_bulk(list(read), field_name="code")
        created, updated, towns = [], [], {}
        for code, (line, said) in read.items():
            neighbourhood = known.get(code)
            if neighbourhood is None:
                neighbourhood = self._new(said)
                created.append(neighbourhood)
                towns[code] = said["communes"]
                self.report.created += 1
            elif self._update(neighbourhood, said, line, towns):
                updated.append(neighbourhood)
        if not self.is_dry_run:
            store_with_history(Neighbourhood, created, updated, FIELDS, reason=self.origin, at=self.at)
            self._store_towns(created + updated, towns)

    def finish(self):
        Place.objects.relocate()
        rebuild()
        analyse()

    # -- From a row ------------------------------------------------------------------------------------

    def _read(self, row):
        """What the row says as {field: value}, or None when it is refused."""
        cells = {name: _written(row.cells, COLUMNS[name]) for name in COLUMNS}
        try:
            code = qpv_code(cells["code"])
        except IdentifierError as error:
            return self.report.refuse(row.line, "code_qp", cells["code"], error)
        first_line = self._lines.setdefault(code, row.line)
        if first_line != row.line:
            reason = _("Ce quartier est déjà à la ligne %(line)s.") % {"line": first_line}
            return self.report.refuse(row.line, "code_qp", code, reason)
        if not cells["name"]:
            return self.report.refuse(row.line, "nom_qp", "", _("Il manque le nom du quartier."))
        try:
            area = area_from_geojson(row.cells.get("geometry"))
        except GeoError as error:
            return self.report.refuse(row.line, "geometry", code, error)
        population = cells["population"].removesuffix(".0")
        is_counted = population.isascii() and population.isdigit() and len(population) < 9
        return {
            "code": code,
            "name": cells["name"][:160],
            "generation": 2015 if code.startswith("QP") else 2024,
            "communes": self._towns(row.line, cells),
            "population": int(population) if is_counted else None,
            "population_year": 2013 if is_counted and row.cells.get("population_2013") else None,
            "area": area,
        }

    def _towns(self, line, cells):
        """Insee codes of the communes: by code, or by name within the département where no code is given."""
        names = [name.strip() for name in re.split(r"[|,;]", cells["towns"]) if _TOWN.search(name)]
        codes = [code.strip() for code in re.split(r"[|,;]", cells["codes"]) if code.strip()]
        if codes:
            found = [(code, self._town_by_code(code)) for code in codes]
        else:
            found = [(name, self._town_by_name(name, cells["department"])) for name in names]
        for written, town in found:
            if town is None:
                reason = _("Commune inconnue.")
                self.report.note(line, "communes", written, reason, Outcome.DROPPED)
        return sorted({town.code for _written, town in found if town})

    def _town_by_code(self, written):
        try:
            code = insee_code(written)
        except IdentifierError:
            return None
        return self._gazetteer.by_code.get(code)

    def _town_by_name(self, name, department):
        return self._gazetteer.named(name, department) or self._gazetteer.renamed(name, department)

    # -- To the database -------------------------------------------------------------------------------

    def _new(self, said):
        neighbourhood = Neighbourhood(
            kind=Neighbourhood.Kind.PRIORITY,
            source=self._source if self._source.pk else None,
            code=said["code"],
            slug=free_slug(Neighbourhood, slug(f"{said['name']} {said['code']}"), self._slugs),
            imported_values=_plain(said),
            **{field: said[field] for field in VALUES},
        )
        neighbourhood.derive()
        return neighbourhood

    def _update(self, neighbourhood, said, line, towns):
        """Bring it up to date; whether there is something to store."""
        plain = _plain(said)
        communes = sorted(commune.insee_code for commune in neighbourhood.communes.all())
        here = _plain({field: getattr(neighbourhood, field) for field in VALUES} | {"communes": communes})
        is_example = bool(neighbourhood.source and neighbourhood.source.is_demonstration)
        found = merge(here, neighbourhood.imported_values, plain, overwrites=self.overwrites or is_example)
        for field in found.conflicts:
            column = "geometry" if field == "area" else COLUMNS.get(field, [field])[0]
            self.report.conflict(line, column, "" if field == "area" else _told(said[field]))
        for field in found.changes:
            if field == "communes":
                towns[said["code"]] = said["communes"]
            else:
                setattr(neighbourhood, field, said[field])
        if is_example:
            neighbourhood.source = self._source
        is_changed = bool(found.changes) or is_example
        self.report.updated += is_changed
        self.report.unchanged += not is_changed
        if not is_changed and plain == neighbourhood.imported_values:
            return False
        neighbourhood.imported_values = plain
        neighbourhood.derive()
        return True

    def _store_towns(self, neighbourhoods, towns):
        links = Neighbourhood.communes.through
        changed = {row.pk: towns[row.code] for row in neighbourhoods if row.code in towns}
        self._gazetteer.store_overseas(code for codes in changed.values() for code in codes)
        links.objects.filter(neighbourhood__in=changed).delete()
        links.objects.bulk_create(
            links(neighbourhood_id=pk, commune_id=self._gazetteer.by_code[code].pk)
            for pk, codes in changed.items()
            for code in codes
        )


def _written(cells, names):
    return tidy(str(next((cells[name] for name in names if cells.get(name) not in (None, "")), "")))


def _told(value):
    return "|".join(value) if isinstance(value, list) else "" if value is None else str(value)


def _plain(said):
    """The values as plain JSON; an area as its fingerprint."""
    return {field: said[field] for field in VALUES if field != "area"} | {
        "area": sha256(bytes(said["area"].wkb)).hexdigest()[:16],
        "communes": said["communes"],
    }
