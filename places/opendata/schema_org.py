"""A place in the words of schema.org, for search engines: what is known and nothing else."""

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
