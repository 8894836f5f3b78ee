"""The national standard "lieux de médiation numérique" v1.0.2, both ways: one row a column.

https://github.com/LaMednum/standard-mediation-num, schema.json of 11 April 2024. The order is that
of the standard; the values of a cell are separated by `|`.
"""

from collections.abc import Callable
from typing import NamedTuple

from places.domain import identifiers
from places.models import AccessMode, Audience, Fee, Label, PlaceKind, Service, SupportMode

from . import cells

UNKNOWN_PIVOT = "00000000000000"


class Column(NamedTuple):
    """`read(text, said)` gives the value of `attribute`; `said` holds what the columns before gave.

    With a `model`, the value is a list of labels of that controlled list. `write(place)` is the cell.
    """

    name: str
    attribute: str
    read: Callable
    write: Callable
    model: type | None = None
    is_required: bool = False


def text_of(attribute):
    return lambda place: getattr(place, attribute)


def listed(attribute):
    return lambda place: "|".join(row.label for row in getattr(place, attribute).all())


def of_kind(attribute, kind):
    return lambda place: "|".join(row.label for row in getattr(place, attribute).all() if row.kind == kind)


def other_labels(place):
    known = [label.label for label in place.labels.all() if label.kind == Label.Kind.OTHER]
    return "|".join([*known, *filter(None, place.other_labels.splitlines())])


def coordinate(axis):
    return lambda place: str(getattr(place.location, axis)) if place.location else ""


def itinerance(place):
    return {True: "Itinérant", False: "Fixe", None: ""}[place.is_itinerant]


def updated_on(place):
    """The later of what the source and the people of this site say."""
    days = (place.source_updated_on, place.verified_at and place.verified_at.date())
    return max(filter(None, days), default=place.updated_at.date()).isoformat()


COLUMNS = (
    Column("id", "external_id", cells.line(140), text_of("external_id"), is_required=True),
    Column("pivot", "pivot", cells.pivot, lambda place: place.pivot or UNKNOWN_PIVOT),
    Column("nom", "name", cells.line(160, without_final_dot=True), text_of("name"), is_required=True),
    Column("commune", "city", cells.line(120, without_final_dot=True), text_of("city"), is_required=True),
    Column(
        "code_postal", "postcode", cells.code(identifiers.postcode), text_of("postcode"), is_required=True
    ),
    Column(
        "code_insee",
        "insee_code",
        cells.code(identifiers.insee_code),
        lambda place: place.commune.insee_code if place.commune else "",
    ),
    Column(
        "adresse", "address", cells.line(200, without_final_dot=True), text_of("address"), is_required=True
    ),
    Column("complement_adresse", "address_complement", cells.line(200), text_of("address_complement")),
    Column("latitude", "latitude", cells.number, coordinate("y")),
    Column("longitude", "longitude", cells.number, coordinate("x")),
    Column(
        "typologie",
        "kinds",
        cells.labels,
        lambda place: "|".join(kind.code for kind in place.kinds.all()),
        PlaceKind,
    ),
    Column("telephone", "phone", cells.phone, text_of("phone")),
    Column("courriels", "emails", cells.emails, lambda place: "|".join(place.email_list)),
    Column("site_web", "website", cells.url, text_of("website")),
    Column("horaires", "opening_hours", cells.opening_hours, text_of("opening_hours")),
    Column("presentation_resume", "summary", cells.paragraphs, text_of("summary")),
    Column("presentation_detail", "description", cells.paragraphs, text_of("description")),
    Column("source", "source", cells.line(120), lambda place: place.source.name),
    Column("itinerance", "is_itinerant", cells.itinerance, itinerance),
    Column("structure_parente", "parent_structure", cells.line(160), text_of("parent_structure")),
    Column("date_maj", "source_updated_on", cells.date, updated_on),
    Column("services", "services", cells.labels, listed("services"), Service),
    Column(
        "publics_specifiquement_adresses",
        "audiences",
        cells.labels,
        of_kind("audiences", Audience.Kind.PUBLIC),
        Audience,
    ),
    Column(
        "prise_en_charge_specifique",
        "audiences",
        cells.labels,
        of_kind("audiences", Audience.Kind.NEED),
        Audience,
    ),
    Column("frais_a_charge", "fees", cells.labels, listed("fees"), Fee),
    Column(
        "dispositif_programmes_nationaux",
        "labels",
        cells.labels,
        of_kind("labels", Label.Kind.PROGRAMME),
        Label,
    ),
    Column("formations_labels", "labels", cells.labels, of_kind("labels", Label.Kind.TRAINING), Label),
    Column("autres_formations_labels", "labels", cells.labels, other_labels, Label),
    Column("modalites_acces", "access_modes", cells.labels, listed("access_modes"), AccessMode),
    Column("modalites_accompagnement", "support_modes", cells.labels, listed("support_modes"), SupportMode),
    Column("fiche_acces_libre", "acceslibre_url", cells.url, text_of("acceslibre_url")),
    Column("prise_rdv", "booking_url", cells.url, text_of("booking_url")),
)
REQUIRED = {column.name for column in COLUMNS if column.is_required}
