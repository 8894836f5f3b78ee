"""Actors of city policy from a CSV: created, brought up to date, or left as they are."""

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from places.domain.text import fold, slug
from places.models import Partner, PartnerContact, Source

from .base import Importer
from .gazetteer import Gazetteer
from .merge import merge
from .partner_row import COLUMN_OF, PartnerReader

LISTS = ("themes", "audiences", "neighbourhoods")
PLAIN = ("name", "kind", "summary", "description", "address", "postcode", "phone", "email", "website")
OWN_SOURCE = "partenaires"


class PartnerImporter(Importer):
    """A partner is known by the identifier of its source; failing that, by its name and postcode."""

    needs_reference_lists = True

    def prepare(self, rows):
        self._gazetteer = Gazetteer()
        self._reader = PartnerReader(self.report, self._gazetteer)
        self._sources = {source.code: source for source in Source.objects.all()}

    def store(self, rows):
        for row in rows:
            said = self._reader.read(row)
            if said:
                self._keep(row.line, said)

    def _keep(self, line, said):
        source, external_id = self._source(said.pop("source")), said.pop("external_id")
        partner = self._known(source, external_id, said)
        is_new = partner is None
        partner = partner or Partner(source=source, external_id=external_id, kind=Partner.Kind.OTHER)
        here = _plain(partner)
        before = here if is_new else partner.imported_values
        found = merge(here, before, said, overwrites=self.overwrites)
        for field, value in found.conflicts.items():
            self.report.conflict(line, COLUMN_OF[field], _text(value))
        if is_new:
            self.report.created += 1
        elif found.changes:
            self.report.updated += 1
        else:
            self.report.unchanged += 1
        if self.is_dry_run:
            return
        partner.imported_values = partner.imported_values | said
        if is_new or found.changes:
            self._write(partner, found.changes)
        else:
            Partner.objects.filter(pk=partner.pk).update(imported_values=partner.imported_values)

    def _source(self, name):
        code = slug(name)[:80] or OWN_SOURCE
        if code not in self._sources:
            source = Source(code=code, name=name or _("Partenaires"))
            if not self.is_dry_run:
                source.save()
            self._sources[code] = source
        return self._sources[code]

    def _known(self, source, external_id, said):
        if external_id:
            return (
                Partner.objects.filter(source=source, external_id=external_id).first() if source.pk else None
            )
        same = {"folded_name": fold(said["name"]), "postcode": said.get("postcode", "")}
        return Partner.objects.filter(**same).order_by("pk").first()

    def _write(self, partner, values):
        for field, value in values.items():
            if field == "location":
                partner.location = Point(*value, srid=4326) if value else None
            elif field == "commune":
                partner.commune_id = self._gazetteer.by_code[value].pk if value else None
            elif field in PLAIN:
                setattr(partner, field, value)
        partner._change_reason = self.origin[:100]
        partner.save()
        for field in LISTS:
            if field in values:
                related = Partner._meta.get_field(field).related_model
                key = "slug" if field == "neighbourhoods" else "code"
                getattr(partner, field).set(related.objects.filter(**{f"{key}__in": values[field]}))
        if "contacts" in values:
            partner.contacts.all().delete()
            for function, phone, email, visibility in values["contacts"]:
                PartnerContact.objects.create(
                    partner=partner, function=function, phone=phone, email=email, visibility=visibility
                )


def _plain(partner):
    """What stands here, as the reader would have written it."""
    here = {field: getattr(partner, field).replace("\r\n", "\n") for field in PLAIN}
    here["location"] = list(partner.location.coords) if partner.location else None
    here["commune"] = partner.commune.insee_code if partner.commune_id else None
    if partner.pk is None:
        return here | {field: [] for field in (*LISTS, "contacts")}
    for field in LISTS:
        key = "slug" if field == "neighbourhoods" else "code"
        here[field] = sorted(getattr(partner, field).values_list(key, flat=True))
    contacts = partner.contacts.values_list("function", "phone", "email", "visibility")
    here["contacts"] = sorted(map(list, contacts))
    return here


def _text(value):
    """A value in the report: of contacts, which may be private, only how many."""
    if isinstance(value, list) and value and isinstance(value[0], list):
        return len(value)
    return "|".join(map(str, value)) if isinstance(value, list) else value or ""
