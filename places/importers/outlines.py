"""Outlines of départements and communes for the background of the map: GeoJSON with `code` and `nom`."""

from django.contrib.gis.geos import MultiPolygon
from django.utils.translation import gettext as _

from places.domain.geo import GeoError
from places.domain.text import fold, tidy
from places.models import Commune, Department

from .areas import area_from_geojson
from .base import Importer, analyse

REQUIRED = {"code", "nom", "geometry"}


class OutlineImporter(Importer):
    """A row is known by its code: of two or three characters for a département, of five for a commune."""

    def prepare(self, rows):
        departments = Department.objects.defer("area").in_bulk(field_name="code")
        self._known = {code: (department.pk, department.name) for code, department in departments.items()}
        communes = Commune.objects.values_list("insee_code", "pk", "name")
        self._known |= {code: (pk, name) for code, pk, name in communes}

    def store(self, batch):
        read = {Department: {}, Commune: {}}
        for row in batch:
            if found := self._read(row):
                model, pk, area = found
                read[model][pk] = area
        for model, areas in read.items():
            self._store_areas(model, areas)

    def finish(self):
        analyse()

    def _store_areas(self, model, areas: dict[int, MultiPolygon]):
        changed = []
        for row in model.objects.filter(pk__in=areas).only("area"):
            if row.area == areas[row.pk]:
                self.report.unchanged += 1
                continue
            self.report.updated += 1
            row.area = areas[row.pk]
            changed.append(row)
        if not self.is_dry_run:
            model.objects.bulk_update(changed, ["area"], batch_size=100)

    def _read(self, row):
        code, name = (tidy(str(row.cells.get(column) or "")) for column in ("code", "nom"))
        pk, known_name = self._known.get(code, (None, ""))
        if pk is None:
            return self.report.refuse(
                row.line, "code", code, _("Ni département ni commune connus sous ce code.")
            )
        # Regions have two figures too: the name tells them from départements.
        if len(code) < 5 and fold(name) != fold(known_name):
            reason = _("Ce code est celui de %(name)s.") % {"name": known_name}
            return self.report.refuse(row.line, "code", f"{code} {name}", reason)
        try:
            area = area_from_geojson(row.cells.get("geometry"))
        except GeoError as error:
            return self.report.refuse(row.line, "geometry", code, error)
        return (Department if len(code) < 5 else Commune), pk, area
