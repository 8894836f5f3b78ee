"""What the address service answers, read strictly: a list of addresses, or an error."""

from dataclasses import dataclass

import orjson

from places.domain.geo import GeoError, check_position
from places.domain.text import tidy

# Towns are better known here, with their places; the service is asked for streets.
STREET_TYPES = {"housenumber", "street", "locality"}
LONGEST_TEXT = 200


class AnswerError(ValueError):
    """Not an answer of the address service."""


@dataclass(frozen=True, slots=True)
class Address:
    label: str  # "12 Rue de Siam 29200 Brest"
    city: str
    score: float  # how sure the service is: 1 at best
    position: tuple[float, float]


def read(body: bytes) -> list[Address]:
    """The streets and numbers of the FeatureCollection `body`, in its order; AnswerError if it is none.

    One feature that is not as documented casts doubt on all: a service that has changed is not guessed at.
    """
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise AnswerError("not JSON") from error
    if not isinstance(answer, dict) or answer.get("type") != "FeatureCollection":
        raise AnswerError("not a FeatureCollection")
    return [address for feature in _typed(answer, "features", list) if (address := _address(feature))]


def _address(feature):
    if not isinstance(feature, dict):
        raise AnswerError("a feature is not an object")
    properties = _typed(feature, "properties", dict)
    if _typed(properties, "type", str) not in STREET_TYPES:
        return None
    score = _number(properties.get("score"))
    position = _position(_typed(feature, "geometry", dict))
    return Address(_text(properties, "label"), _text(properties, "city"), score, position)


def _position(geometry):
    coordinates = _typed(geometry, "coordinates", list)
    if geometry.get("type") != "Point" or len(coordinates) != 2:
        raise AnswerError("a geometry is not a point")
    lon, lat = (_number(number) for number in coordinates)
    try:
        check_position(lon, lat)
    except GeoError as error:
        raise AnswerError("a position is not in France") from error
    return lon, lat


def _typed(holder, name, kind):
    value = holder.get(name)
    if not isinstance(value, kind):
        raise AnswerError(f"{name} is missing or of another type")
    return value


def _text(properties, name):
    text = tidy(_typed(properties, name, str))
    if not text or len(text) > LONGEST_TEXT:
        raise AnswerError(f"{name} is empty or too long")
    return text


def _number(value):
    if type(value) not in (int, float):
        raise AnswerError("a number is missing or of another type")
    return value
