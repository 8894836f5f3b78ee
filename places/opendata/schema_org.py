"""A place or a session in the words of schema.org, for search engines: what is known and nothing else."""

import datetime as dt

from places.domain import hours

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PUBLIC_HOLIDAYS = "https://schema.org/PublicHolidays"

# Codes of `typologie` that are a type of schema.org; any other place is a plain Place.
_TYPES = {
    "Library": ("BIB", "RELAIS_LECTURE"),
    "PostOffice": ("LA_POSTE",),
    "GovernmentOffice": (
        *("RFS", "MSAP", "MUNI", "CCAS", "CIAS", "EPCI", "DEPT", "REG", "PREF", "DEETS"),
        *("CAF", "CPAM", "MSA", "FT", "MDPH", "MDS", "CDAS"),
    ),
}
_FEATURES = {
    "has_printing": "Imprimante",
    "has_scanning": "Scanner",
    "has_wifi": "Wifi",
    "is_step_free": "Entrée sans marche",
    "has_adapted_toilets": "Toilettes adaptées",
    "has_accessible_parking": "Parking adapté",
    "has_hearing_loop": "Boucle magnétique",
}
# Told as the whole day by search engines.
_DAY_AND_NIGHT = hours.Span(dt.time.min, dt.time.min)


def as_schema_org(place, *, page_url, photo_url=""):
    """The place as a JSON-LD object; its closures are those that `place` was read with."""
    said = {
        "@context": "https://schema.org",
        "@type": _type_of(place),
        "@id": page_url,
        "url": page_url,
        "name": place.name,
        "description": place.summary,
        "telephone": place.phone,
        "sameAs": [address for address in (place.website, place.acceslibre_url) if address],
        "image": photo_url,
        "address": _address(place),
        "geo": _position(place),
        "openingHoursSpecification": [*_usual_hours(place.opening_hours), *_exceptions(place)],
        "isAccessibleForFree": place.is_free,
        "amenityFeature": [
            {"@type": "LocationFeatureSpecification", "name": name, "value": getattr(place, field)}
            for field, name in _FEATURES.items()
            if getattr(place, field) is not None
        ],
    }
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def event_as_schema_org(occurrence, *, page_url, place_url):
    """A session as a JSON-LD object; one that is cancelled or moved says so (https://schema.org/Event)."""
    workshop = occurrence.workshop
    said = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": page_url,
        "url": page_url,
        "name": workshop.title,
        "description": " ".join(filter(None, (workshop.summary, occurrence.message))),
        "startDate": occurrence.local_start.isoformat(),
        "endDate": occurrence.local_end.isoformat(),
        "previousStartDate": occurrence.local_slot.isoformat() if occurrence.is_moved else "",
        "eventStatus": f"https://schema.org/Event{_status_of(occurrence)}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": _venue(occurrence, place_url),
        "organizer": {"@type": "Organization", "name": workshop.place.name, "url": place_url},
        "inLanguage": [language.code for language in workshop.languages.all()],
        "maximumAttendeeCapacity": workshop.capacity,
        "isAccessibleForFree": True if _is_free(workshop) else None,
        "offers": _offer(occurrence, page_url),
    }
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def _status_of(occurrence):
    if occurrence.is_cancelled:
        return "Cancelled"
    return "Rescheduled" if occurrence.is_moved else "Scheduled"


def _venue(occurrence, place_url):
    workshop, venue = occurrence.workshop, occurrence.venue
    if not venue.is_elsewhere:
        place = workshop.place
        said = {"name": place.name, "url": place_url, "telephone": place.phone, "address": _address(place)}
    else:
        said = {"name": venue.name or venue.address, "address": venue.address}
    position = _position(venue)
    known = {name: value for name, value in {**said, "geo": position}.items() if value}
    return {"@type": "Place", **known}


_SEATS = {"FREE": "InStock", "FEW": "LimitedAvailability", "FULL": "SoldOut", "WAITING_LIST": "SoldOut"}


def _is_free(workshop):
    return workshop.fee is not None and workshop.fee.code == "gratuit"


def _offer(occurrence, page_url):
    """What it costs, where that is nothing, and whether there are seats; a price in words is no number."""
    workshop, seats = occurrence.workshop, _SEATS.get(occurrence.seats)
    said = {}
    if _is_free(workshop):
        said |= {"price": "0", "priceCurrency": "EUR"}
    if seats:
        said["availability"] = f"https://schema.org/{seats}"
    return {"@type": "Offer", "url": workshop.booking_url or page_url, **said} if said else {}


def _type_of(place):
    codes = {kind.code for kind in place.kinds.all()}
    return next((name for name, kinds in _TYPES.items() if codes & set(kinds)), "Place")


def _address(place):
    said = {
        "streetAddress": place.address,
        "postalCode": place.postcode,
        "addressLocality": place.city,
    }
    known = {name: value for name, value in said.items() if value}
    return {"@type": "PostalAddress", **known, "addressCountry": "FR"} if known else {}


def _position(place):
    if not place.location:
        return {}
    return {"@type": "GeoCoordinates", "latitude": place.location.y, "longitude": place.location.x}


def _usual_hours(text):
    """Of weeks that are all the same: hours that change with the season cannot be said there."""
    week = hours.usual_week(text)
    if week is None:
        return []
    said = [
        _opening([f"https://schema.org/{WEEKDAYS[day]}" for day in days], span)
        for spans, days in week.items()
        for span in spans
    ]
    if hours.holiday_hours(text) == "closed":
        said.append({**_opening([PUBLIC_HOLIDAYS], _DAY_AND_NIGHT), "closes": "00:00"})
    return said


def _opening(days, span):
    closes = "23:59" if span == _DAY_AND_NIGHT else f"{span.closes:%H:%M}"
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": days,
        "opens": f"{span.opens:%H:%M}",
        "closes": closes,
    }


def _exceptions(place):
    """Closures ahead: from midnight to midnight is how "closed" is written."""
    for closure in place.closures.all():
        dates = {"validFrom": closure.starts_on.isoformat(), "validThrough": closure.ends_on.isoformat()}
        closed = {"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00"}
        for opening in _usual_hours(closure.opening_hours) if closure.opening_hours else [closed]:
            yield opening | dates
