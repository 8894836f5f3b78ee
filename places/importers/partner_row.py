"""A row of the table of partners as values: each mended, or left out and reported."""

from django.utils.translation import gettext as _

from places.domain import identifiers
from places.domain.geo import mend_position
from places.domain.text import fold
from places.models import Audience, Neighbourhood, Partner, PartnerContact, Theme
from places.opendata import cells
from places.opendata.cells import Outcome

from .vocabulary import vocabularies

REQUIRED = {"nom"}
TEXTS = {  # column -> field, how it is read
    "nom": ("name", cells.line(160)),
    "resume": ("summary", cells.line(280)),
    "presentation": ("description", cells.paragraphs),
    "adresse": ("address", cells.line(200)),
    "code_postal": ("postcode", cells.code(identifiers.postcode)),
    "telephone": ("phone", cells.phone),
    "courriel": ("email", cells.code(identifiers.email, is_silent=True)),
    "site_web": ("website", cells.url),
}
LISTS = {"axes": ("themes", Theme), "publics": ("audiences", Audience)}
CONTACT = ["contact_fonction", "contact_telephone", "contact_courriel", "contact_visible_par"]
COLUMN_OF = (
    {field: column for column, (field, _read) in TEXTS.items()}
    | {field: column for column, (field, _model) in LISTS.items()}
    | {"kind": "type", "neighbourhoods": "quartiers", "location": "latitude, longitude"}
    | {"commune": "commune", "contacts": "contact_fonction"}
)
PUBLIC = {"tout le monde", "public", "tous"}


class PartnerReader:
    """Rows to {field: plain JSON value}; columns that are not in the file say nothing."""

    def __init__(self, report, gazetteer):
        self.report, self.gazetteer = report, gazetteer
        self._vocabularies = vocabularies({Theme, Audience})
        self._kinds = {fold(str(kind.label)): kind.value for kind in Partner.Kind}
        self._kinds |= {fold(kind.value): kind.value for kind in Partner.Kind}
        self._areas = _known_areas()
        self._lines = {}

    def read(self, row):
        """What the row says, with `source` and `external_id`; None when it is refused."""
        said = {"source": self._text(row, "source"), "external_id": self._text(row, "id")[:140]}
        for column, (field, read) in TEXTS.items():
            if column in row.cells:
                said[field] = self._value(row, column, read, said)
        if not said["name"]:
            self.report.refuse(row.line, "nom", "", _("Cette valeur est indispensable."))
            return None
        if self._is_told_before(row, said):
            return None
        if "type" in row.cells:
            said["kind"] = self._kind(row)
        for column, (field, model) in LISTS.items():
            if column in row.cells:
                said[field] = self._codes(row, column, model)
        if "quartiers" in row.cells:
            said["neighbourhoods"] = self._neighbourhoods(row)
        self._where(row, said)
        if CONTACT[0] in row.cells:
            said["contacts"] = self._contacts(row, said.get("postcode", ""))
        return said

    def _text(self, row, column):
        return cells.written(row.cells.get(column)).value

    def _value(self, row, column, read, said):
        found = cells.written(row.cells[column])
        read_on = read(found.value, said) if found.value else cells.Reading("")
        for note in (*found.notes, *read_on.notes):
            self.report.note(row.line, column, note.value, note.reason, note.outcome)
        return read_on.value

    def _is_told_before(self, row, said):
        key = (said["source"], said["external_id"] or fold(f"{said['name']} {said.get('postcode', '')}"))
        first_line = self._lines.setdefault(key, row.line)
        if first_line != row.line:
            reason = _("Ce partenaire est déjà à la ligne %(line)s.") % {"line": first_line}
            self.report.refuse(row.line, "id" if said["external_id"] else "nom", key[1], reason)
        return first_line != row.line

    def _kind(self, row):
        text = self._text(row, "type")
        kind = self._kinds.get(fold(text))
        if text and kind is None:
            self._drop(row, "type", text, _("Type inconnu : gardé comme « Autre acteur »."))
        return kind or Partner.Kind.OTHER.value

    def _codes(self, row, column, model):
        codes = set()
        for label in cells.labels(self._text(row, column), {}).value:
            code = self._vocabularies[model].match(label)
            if code is None:
                self._drop(row, column, label, _("Ce n’est pas une valeur de la liste."))
            codes |= {code} if code else set()
        return sorted(codes)

    def _neighbourhoods(self, row):
        """Slugs of what is named by code, by the address of its page, or by a name that only one has."""
        slugs = set()
        for label in cells.labels(self._text(row, "quartiers"), {}).value:
            known = self._areas.get(fold(label), set())
            if len(known) == 1:
                slugs |= known
            else:
                self._drop(row, "quartiers", label, _("Aucun quartier, ou plusieurs : donnez son code."))
        return sorted(slugs)

    def _where(self, row, said):
        if {"latitude", "longitude"} <= row.cells.keys():
            said["location"] = self._position(row)
        if {"commune", "code_insee"} & row.cells.keys():
            code, name = self._text(row, "code_insee"), self._text(row, "commune")
            town = self.gazetteer.find(
                code=code, postcode=said.get("postcode", ""), name=name, position=said.get("location")
            )
            said["commune"] = town.code if town and town.pk else None
            if said["commune"] is None and (name or code):
                self._drop(row, "commune", name or code, _("Commune introuvable."))

    def _position(self, row):
        told = [self._text(row, "latitude"), self._text(row, "longitude")]
        lat, lon = (cells.number(text, {}).value if text else None for text in told)
        if lat is None or lon is None:
            if any(told):
                reason = _("La position ne se lit pas.")
                self._drop(row, "latitude, longitude", ", ".join(told), reason)
            return None
        lon, lat, note = mend_position(lat, lon)
        if note:
            outcome = Outcome.DROPPED if lon is None else Outcome.MENDED
            self.report.note(row.line, "latitude, longitude", ", ".join(told), note, outcome)
        return None if lon is None else [lon, lat]

    def _contacts(self, row, postcode):
        """[[function, phone, e-mail, visibility], …], sorted; of several, each cell has its parts with |."""
        columns = [[part.strip() for part in self._text(row, name).split("|")] for name in CONTACT]
        found = []
        for rank, function in enumerate(columns[0]):
            phone, email, visible = (parts[rank] if rank < len(parts) else "" for parts in columns[1:])
            phone = self._checked(row, CONTACT[1], phone, lambda text: identifiers.phone(text, postcode))
            email = self._checked(row, CONTACT[2], email, identifiers.email)
            if function and (phone or email):
                found.append([function[:120], phone, email, _visibility(visible)])
            elif function or phone or email:
                self._drop(
                    row, CONTACT[0], function, _("Il faut une fonction, et un téléphone ou un courriel.")
                )
        return sorted(found)

    def _checked(self, row, column, text, check):
        try:
            return check(text) if text else ""
        except identifiers.IdentifierError as error:
            self._drop(row, column, text, str(error))
            return ""

    def _drop(self, row, column, value, reason):
        self.report.note(row.line, column, value, reason, Outcome.DROPPED)


def _visibility(text):
    """Nothing is public unless the file says so."""
    kinds = PartnerContact.Visibility
    return (kinds.PUBLIC if fold(text) in PUBLIC else kinds.PROFESSIONAL).value


def _known_areas():
    """{code, slug or name, folded: {slugs}} of the neighbourhoods of today."""
    known = {}
    for slug, code, folded_name in Neighbourhood.objects.current().values_list("slug", "code", "folded_name"):
        for name in filter(None, (fold(slug), fold(code or ""), folded_name)):
            known.setdefault(name, set()).add(slug)
    return known
