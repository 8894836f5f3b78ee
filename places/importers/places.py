"""Places of the national standard into the database: created, brought up to date, or left as they are."""

from collections import defaultdict
from datetime import date
from functools import reduce
from operator import or_

from django.contrib.gis.geos import Point
from django.db.models import Q

from places.domain.text import fold, slug
from places.models import Certainty, Neighbourhood, NeighbourhoodMap, Place, Source, State
from places.models.naming import free_slug
from places.models.place import completeness_of
from places.opendata.schema import COLUMNS
from places.search import rebuild

from .base import Importer, analyse
from .gazetteer import Gazetteer
from .history import store_with_history
from .merge import merge
from .national import PlaceReader

LISTS = {column.attribute: column.model for column in COLUMNS if column.model}
SCALARS = [
    "name",
    "city",
    "postcode",
    "address",
    "address_complement",
    "commune",
    "location",
    "is_itinerant",
    "pivot",
    "parent_structure",
    "summary",
    "description",
    "phone",
    "emails",
    "website",
    "booking_url",
    "opening_hours",
    "opening_hours_text",
    "other_labels",
    "acceslibre_url",
    "source_updated_on",
]
DERIVED = ["folded_name", "completeness", "neighbourhood", "neighbourhood_certainty"]
STORED = [*SCALARS, *DERIVED, "imported_values", "updated_at"]


# Where a conflict is shown: the column of the file, or the first of several.
COLUMN_OF = {column.attribute: column.name for column in reversed(COLUMNS)} | {
    "location": "latitude, longitude",
    "commune": "code_insee",
    "other_labels": "autres_formations_labels",
    "opening_hours_text": "horaires",
}
NO_SOURCE = "Source non précisée"


class Batch:
    """What is to be written of some rows; `links[place]` is {field of several values: codes}."""

    def __init__(self):
        self.created, self.updated, self.remembered, self.links = [], [], [], {}


class PlaceImporter(Importer):
    needs_reference_lists = True
    reads_older_standard = False

    def prepare(self, rows):
        self._gazetteer = Gazetteer()
        self._reader = PlaceReader(
            self.report,
            self._gazetteer,
            today=self.at.date(),
            columns={name for row in rows for name in row.cells},
            quietly=self.reads_older_standard,
        )
        self._sources = {source.code: source for source in Source.objects.all()}
        self._pks = {field: dict(model.objects.values_list("code", "pk")) for field, model in LISTS.items()}
        self._slugs = set(Place.objects.values_list("slug", flat=True))
        self._neighbourhoods = NeighbourhoodMap(Neighbourhood.objects.current())

    def store(self, rows):
        said_by_line = {row.line: said for row in rows if (said := self._reader.read(row))}
        if not self.is_dry_run:
            self._gazetteer.store_overseas(filter(None, (said["commune"] for said in said_by_line.values())))
        keys = {
            line: (self._source(said.pop("source")), said.pop("external_id"))
            for line, said in said_by_line.items()
        }
        known = self._known(keys.values())
        here = self._here(known.values())
        batch = Batch()
        for line, said in said_by_line.items():
            source, external_id = keys[line]
            place = known.get((source.pk, external_id))
            if place is None:
                self._create(batch, source, external_id, said)
            else:
                self._compare(batch, place, here[place.pk], said, line)
        if not self.is_dry_run:
            self._write(batch)

    def finish(self):
        rebuild()
        analyse()

    # -- What is to be written -------------------------------------------------------------------------

    def _create(self, batch, source, external_id, said):
        place = Place(source=source, external_id=external_id, state=State.PUBLISHED, imported_values=said)
        self._set(place, said)
        place.slug = free_slug(Place, slug(f"{place.name} {place.city}"), self._slugs)
        batch.created.append(place)
        batch.links[place.slug] = {field: said[field] for field in LISTS if said.get(field)}
        self.report.created += 1

    def _compare(self, batch, place, here, said, line):
        found = merge(here, place.imported_values, said, overwrites=self.overwrites)
        for field, value in found.conflicts.items():
            self.report.conflict(line, COLUMN_OF[field], _plain_text(value))
        is_news = any(place.imported_values.get(field, here) != value for field, value in said.items())
        place.imported_values |= said
        if found.changes:
            self._set(place, found.changes)
            batch.updated.append(place)
            batch.links[place.slug] = {
                field: found.changes[field] for field in LISTS if field in found.changes
            }
            self.report.updated += 1
        else:
            batch.remembered += [place] if is_news else []
            self.report.unchanged += 1

    def _set(self, place, values):
        """Put plain `values` in the fields of `place`, and what follows from them but the neighbourhood."""
        for field, value in values.items():
            if field == "location":
                place.location = Point(*value, srid=4326) if value else None
            elif field == "commune":
                place.commune_id = self._gazetteer.by_code[value].pk if value else None
            elif field == "source_updated_on":
                place.source_updated_on = date.fromisoformat(value) if value else None
            elif field not in LISTS:
                setattr(place, field, value)
        place.folded_name = fold(place.name)[:160]
        place.completeness = completeness_of(place)
        place.updated_at = self.at

    def _source(self, name):
        code = slug(name)[:80] or slug(NO_SOURCE)
        if code not in self._sources:
            source = Source(code=code, name=name or NO_SOURCE)
            if not self.is_dry_run:
                source.save()
            self._sources[code] = source
        return self._sources[code]

    # -- What stands here ------------------------------------------------------------------------------

    def _known(self, keys):
        """{(source pk, external id): place} of those that are there."""
        ids = defaultdict(list)
        for source, external_id in keys:
            if source.pk:
                ids[source.pk].append(external_id)
        if not ids:
            return {}
        wanted = [Q(source_id=pk, external_id__in=found) for pk, found in ids.items()]
        places = Place.objects.filter(reduce(or_, wanted)).select_related("commune")
        return {(place.source_id, place.external_id): place for place in places}

    def _here(self, places):
        """{pk: {field: plain value}} of `places`, as the reader would have written them."""
        here = {place.pk: {field: _plain(place, field) for field in SCALARS} for place in places}
        for field in LISTS:
            links = Place._meta.get_field(field).remote_field.through
            target = f"{LISTS[field]._meta.model_name}__code"
            for values in here.values():
                values[field] = []
            for pk, code in links.objects.filter(place__in=here).values_list("place_id", target):
                here[pk][field].append(code)
        return {
            pk: {field: sorted(value) if field in LISTS else value for field, value in values.items()}
            for pk, values in here.items()
        }

    # -- To the database -------------------------------------------------------------------------------

    def _write(self, batch):
        places = [*batch.created, *batch.updated]
        points = [(place.slug, place.location.x, place.location.y) for place in places if place.location]
        found = self._neighbourhoods.locate_all(points)
        for place in places:
            place.neighbourhood_id, place.neighbourhood_certainty = found.get(
                place.slug, (None, Certainty.UNKNOWN)
            )
        store_with_history(Place, batch.created, batch.updated, STORED, reason=self.origin, at=self.at)
        Place.objects.bulk_update(batch.remembered, ["imported_values"], batch_size=500)
        for field in LISTS:
            said = {place.pk: batch.links[place.slug] for place in places}
            self._link(field, {pk: codes[field] for pk, codes in said.items() if field in codes})

    def _link(self, field, codes_by_place):
        links = Place._meta.get_field(field).remote_field.through
        target = f"{LISTS[field]._meta.model_name}_id"
        links.objects.filter(place__in=codes_by_place).delete()
        links.objects.bulk_create(
            links(place_id=pk, **{target: self._pks[field][code]})
            for pk, codes in codes_by_place.items()
            for code in codes
        )


class OlderPlaceImporter(PlaceImporter):
    """Of rows that `national_v0` has brought to the columns of v1."""

    reads_older_standard = True


def _plain(place, field):
    value = getattr(place, field)
    if field == "location":
        return [value.x, value.y] if value else None
    if field == "commune":
        return value.insee_code if value else None
    if field == "source_updated_on":
        return value.isoformat() if value else None
    # A form of the admin ends lines with CR LF: that alone is no edit.
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _plain_text(value):
    return "|".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
