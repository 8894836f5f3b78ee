"""A neighbourhood and its places as GeoJSON (RFC 7946) that uMap and QGIS read.

`name` and `description` are what uMap shows; the other properties are named as on screen.
"""

import orjson

from places.domain import hours

DECIMALS = 6  # ten centimetres


def as_geojson(neighbourhood, places, *, absolute):
    """`places` are (place, link) with `link` in words; `absolute` makes the address of a path whole."""
    area = neighbourhood.display_area
    outline = {
        "name": neighbourhood.name,
        "code": neighbourhood.code,
        "url": absolute(neighbourhood.get_absolute_url()),
    }
    features = [_feature(area.geom_type, area.coords, outline)]
    features += [
        _feature("Point", place.location.coords, _properties(place, link, absolute))
        for place, link in places
        if place.location
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _properties(place, link, absolute):
    usual = hours.sentence(place.opening_hours) if place.opening_hours else place.opening_hours_text
    url = absolute(place.get_absolute_url())
    return {
        "name": place.name,
        "description": "\n".join(filter(None, [place.address_line, place.phone_display, usual, url])),
        "lien": str(link),
        "nature": place.kind_name,
        "adresse": place.address_line,
        "telephone": place.phone,
        "horaires": usual,
        "aides": ", ".join(service.name for service in place.services.all()),
        "url": url,
    }


def _feature(kind, coordinates, properties):
    geometry = {"type": kind, "coordinates": _rounded(coordinates)}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _rounded(coordinates):
    if isinstance(coordinates, float):
        return round(coordinates, DECIMALS)
    return [_rounded(part) for part in coordinates]
