"""A row of the national standard as values of a place: each mended, or left out and reported."""

from datetime import date

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from places.domain.geo import mend_position
from places.models import Label, PlaceKind, Service
from places.opendata import cells
from places.opendata.cells import MAX_SUMMARY, Outcome
from places.opendata.schema import COLUMNS

from .gazetteer import SPELLING, name_key
from .vocabulary import kinds_from_name, vocabularies

UNKNOWN = {"latitude": None, "longitude": None, "source_updated_on": None, "is_itinerant": None}
HOURS_TEXT = "horaires_brut"  # beside the standard: what the producer wrote
READ_TOGETHER = {"latitude", "longitude", "insee_code", "source", "external_id"}


class PlaceReader:
    """Rows to {field: plain JSON value}. Notes go to `report`; `today` is the day of the import."""

    def __init__(self, report, gazetteer, *, today, columns, quietly=False):
        self.report, self.gazetteer, self.today = report, gazetteer, today
        self.quietly = quietly  # an older standard: its labels are no mistakes
        self._vocabularies = vocabularies({column.model for column in COLUMNS if column.model})
        self._fields = _fields_said_by(columns)
        self._lines = {}

    def read(self, row):
        """What the row says, with `source` and `external_id`; None when it is refused."""
        said = {"other_labels": []}
        for column in COLUMNS:
            self._read_cell(row, column, said)
        if not self._is_sound(row, said):
            return None
        self._read_hours_text(row, said)
        self._place_on_map(row.line, said)
        self._find_commune(row.line, said)
        self._fit_summary(row.line, said)
        self._check_date(row.line, said)
        self._order_lists(said)
        return {field: said[field] for field in self._fields}

    # -- Cell by cell ----------------------------------------------------------------------------------

    def _text(self, row, name):
        reading = cells.written(row.cells.get(name))
        self._note_all(row.line, name, reading.notes)
        return reading.value

    def _read_cell(self, row, column, said):
        text = self._text(row, column.name)
        if column.model:
            found = column.read(text, said).value
            known = [code for label in found for code in self._codes(row.line, column, label, said)]
            said.setdefault(column.attribute, []).extend(known)
        elif text:
            reading = column.read(text, said)
            said[column.attribute] = reading.value
            self._note_all(row.line, column.name, reading.notes)
        else:
            said[column.attribute] = UNKNOWN.get(column.attribute, "")

    def _codes(self, line, column, label, said):
        """The codes that `label` means in its list: one, or several glued, or none."""
        vocabulary = self._vocabularies[column.model]
        code = vocabulary.match(label)
        if code is not None:
            if code and not self.quietly and vocabulary.is_respelt(label):
                reason = _("Lu comme « %(label)s ».") % {"label": vocabulary.label(code)}
                self.report.note(line, column.name, label, reason, Outcome.MENDED)
            return [code] if code else []
        if column.model is Label:
            said["other_labels"].append(label)
            if column.name != "autres_formations_labels":
                reason = _("Ce n’est pas un dispositif de la liste : gardé dans les autres labels.")
                self.report.note(line, column.name, label, reason, Outcome.KEPT_AS_TEXT)
            return []
        if column.model is Service and (found := vocabulary.within(label)):
            meant = " », « ".join(map(vocabulary.label, found))
            reason = _("Lu comme « %(label)s ».") % {"label": meant}
            self.report.note(line, column.name, label, reason, Outcome.MENDED)
            return found
        reason = _("Cette valeur n’est pas dans la liste du standard.")
        self.report.note(line, column.name, label, reason, Outcome.DROPPED)
        return []

    def _is_sound(self, row, said):
        for column, field in (("id", "external_id"), ("nom", "name")):
            if not said[field]:
                self.report.refuse(row.line, column, "", _("Cette valeur est indispensable."))
                return False
        key = said["source"], said["external_id"]
        first_line = self._lines.setdefault(key, row.line)
        if first_line != row.line:
            reason = _("Cet identifiant est déjà à la ligne %(line)s.") % {"line": first_line}
            self.report.refuse(row.line, "id", said["external_id"], reason)
        return first_line == row.line

    # -- Cells that make sense together ----------------------------------------------------------------

    def _read_hours_text(self, row, said):
        said["opening_hours_text"] = ""
        if said["opening_hours"]:
            return
        column = "horaires" if row.cells.get("horaires") else HOURS_TEXT
        text = cells.written(row.cells.get(column)).value
        if column == HOURS_TEXT and text:
            reading = cells.opening_hours(text, said)
            said["opening_hours"] = reading.value
            self._note_all(row.line, column, reading.notes)
        said["opening_hours_text"] = "" if said["opening_hours"] else text

    def _place_on_map(self, line, said):
        lat, lon = said["latitude"], said["longitude"]
        said["location"] = None
        if lat is None and lon is None:
            return
        value = f"{lat}, {lon}"
        if lat is None or lon is None:
            reason = _("Il manque la latitude ou la longitude.")
            self.report.note(line, "latitude, longitude", value, reason, Outcome.DROPPED)
            return
        lon, lat, note = mend_position(lat, lon)
        if lon is not None:
            said["location"] = [lon, lat]
        if note:
            outcome = Outcome.DROPPED if lon is None else Outcome.MENDED
            self.report.note(line, "latitude, longitude", value, note, outcome)

    def _find_commune(self, line, said):
        code, postcode, name = said["insee_code"], said["postcode"], said["city"]
        town = self.gazetteer.find(code=code, postcode=postcode, name=name, position=said["location"])
        said["commune"] = town.code if town else None
        if town is None:
            if name or postcode or code:
                reason = _("Commune introuvable : la fiche garde son adresse, sans commune.")
                self.report.note(line, "commune", f"{postcode} {name}".strip(), reason, Outcome.DROPPED)
            return
        self._drop_far_position(line, said, town)
        whole = self.gazetteer.by_pk.get(town.parent_pk, town)
        if code and code not in (town.code, whole.code):
            reason = _("Ce code ne va pas avec l’adresse : %(commune)s a le code %(code)s.")
            told = {"commune": town.name, "code": town.code}
            self.report.note(line, "code_insee", code, reason % told, Outcome.MENDED)
        self._spell_city(line, said, whole)
        if not postcode and len(town.postcodes) == 1 and town.postcodes[0]:
            said["postcode"] = town.postcodes[0]
            reason = _("Il manquait : c’est le seul de la commune.")
            self.report.note(line, "code_postal", "", reason, Outcome.MENDED)

    def _drop_far_position(self, line, said, town):
        if not self.gazetteer.is_too_far(town, said["location"]):
            return
        km = round(self.gazetteer.distance_m(town, said["location"]) / 1_000)
        reason = _("La position est à %(km)s km du centre de la commune (%(commune)s) : position inconnue.")
        value = f"{said['latitude']}, {said['longitude']}"
        told = reason % {"km": km, "commune": town.name}
        self.report.note(line, "latitude, longitude", value, told, Outcome.DROPPED)
        said["location"] = None

    def _spell_city(self, line, said, town):
        """The official spelling, when it is the same name; a former commune or a hamlet stays as written."""
        written = name_key(said["city"])
        likeness = fuzz.ratio(written, town.key)
        if said["city"] and likeness < SPELLING:
            return
        if likeness < 100 and self.gazetteer.named(said["city"], town.department):
            return  # the very name of a neighbour
        if likeness < 100 and said["city"]:
            reason = _("Lu comme %(value)s.") % {"value": town.name}
            self.report.note(line, "commune", said["city"], reason, Outcome.MENDED)
        said["city"] = town.name

    def _fit_summary(self, line, said):
        summary, detail = said["summary"], said["description"]
        said["summary"] = cells.cut(" ".join(summary.split()), MAX_SUMMARY)
        if said["summary"].endswith("…") and len(summary) > MAX_SUMMARY:
            if summary[:MAX_SUMMARY] not in detail:
                said["description"] = "\n\n".join(filter(None, (summary, detail)))
            reason = _("Plus de %(n)s signes : le texte entier est dans la présentation.")
            self.report.note(
                line, "presentation_resume", summary, reason % {"n": MAX_SUMMARY}, Outcome.MENDED
            )

    def _check_date(self, line, said):
        day = said["source_updated_on"]
        if day and day > self.today:
            reason = _("Cette date est dans l’avenir.")
            self.report.note(line, "date_maj", day.isoformat(), reason, Outcome.DROPPED)
            day = None
        said["source_updated_on"] = day.isoformat() if isinstance(day, date) else None

    def _order_lists(self, said):
        if not said["kinds"]:
            known = self._vocabularies[PlaceKind]
            said["kinds"] = list(filter(None, map(known.match, kinds_from_name(said["name"]))))
        for column in COLUMNS:
            if column.model:
                said[column.attribute] = sorted(set(said[column.attribute]))
        said["other_labels"] = "\n".join(dict.fromkeys(said["other_labels"]))

    def _note_all(self, line, column, notes):
        for note in notes:
            self.report.note(line, column, *note)


def _fields_said_by(columns: set[str]) -> list[str]:
    """The fields that a file with `columns` speaks of: what it has no column for is not emptied."""
    fields = {column.attribute: None for column in COLUMNS if column.name in columns}
    if {"latitude", "longitude"} <= columns:
        fields["location"] = None
    if "autres_formations_labels" in columns or "labels" in fields:
        fields["other_labels"] = None
    if "horaires" in columns or HOURS_TEXT in columns:
        fields |= {"opening_hours": None, "opening_hours_text": None}
    if "summary" in fields:
        fields["description"] = None
    fields |= {"source": None, "kinds": None, "commune": None}
    return [field for field in fields if field not in READ_TOGETHER - {"source", "external_id"}]
