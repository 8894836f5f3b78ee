"""A place as a contact for a telephone."""

from places.domain import hours
from places.domain.vcard import card, structured, text, uri


def as_contact_card(place, *, page_url):
    """A vCard with what is known of the place, hours and link to its page among its notes."""
    return card(
        [
            ("N", structured(place.name, "", "", "", "")),
            ("FN", text(place.name)),
            ("ORG", text(place.name)),
            ("TEL;TYPE=WORK,VOICE", uri(place.phone)),
            *(("EMAIL;TYPE=INTERNET", uri(email)) for email in place.email_list),
            ("ADR;TYPE=WORK", _address(place)),
            ("GEO", f"{place.location.y:.6f};{place.location.x:.6f}" if place.location else ""),
            ("URL", uri(place.website)),
            ("NOTE", text("\n".join(_notes(place, page_url)))),
            ("SOURCE", uri(page_url)),
        ]
    )


def _address(place):
    if not (place.address or place.city or place.postcode):
        return ""
    return structured("", place.address_complement, place.address, place.city, "", place.postcode, "France")


def _notes(place, page_url):
    if place.opening_hours:
        yield hours.sentence(place.opening_hours)
    if place.opening_hours_text:
        yield place.opening_hours_text
    if place.directions:
        yield place.directions
    yield page_url
