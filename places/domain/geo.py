"""Positions and distances on the ground. Positions are always lon, lat in degrees (WGS 84)."""

from collections.abc import Sequence
from math import asin, ceil, cos, degrees, radians, sin, sqrt

from .french import NBSP

EARTH_M = 6_371_008.8  # mean radius
WALK_M_PER_MIN = 66.7  # 4 km/h: a kilometre in a quarter of an hour

Position = tuple[float, float]
Ring = list[Position]
Box = tuple[float, float, float, float]

# West, south, east, north of France and of each of its territories, a little wide.
TERRITORIES: dict[str, Box] = {
    "métropole": (-5.6, 41.2, 9.8, 51.3),
    "Guadeloupe": (-62.0, 15.7, -60.8, 16.7),
    "Martinique": (-61.4, 14.2, -60.6, 15.1),
    "Guyane": (-54.8, 2.0, -51.4, 6.0),
    "La Réunion": (55.1, -21.5, 56.0, -20.7),
    "Mayotte": (44.9, -13.1, 45.4, -12.5),
    "Saint-Pierre-et-Miquelon": (-56.6, 46.6, -55.9, 47.3),
    "Saint-Martin et Saint-Barthélemy": (-63.3, 17.7, -62.6, 18.3),
    "Wallis-et-Futuna": (-178.4, -14.5, -175.9, -12.9),
    "Polynésie française": (-155.0, -28.0, -134.0, -7.5),
    "Nouvelle-Calédonie": (158.0, -23.0, 172.5, -17.5),
}


class GeoError(ValueError):
    """Not a position or an area that can be used here; the message is in French."""


def is_in_france(lon: float, lat: float) -> bool:
    return any(
        west <= lon <= east and south <= lat <= north for west, south, east, north in TERRITORIES.values()
    )


def check_position(lon: float, lat: float) -> None:
    """Raises GeoError unless both are finite numbers of degrees within France and its territories."""
    # NaN and infinity compare false here; `isfinite` would raise on a whole number past 1e308.
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise GeoError("Une position s’écrit en degrés : latitude 48,39 et longitude −4,48, par exemple.")
    if not is_in_france(lon, lat):
        raise GeoError("Cette position n’est pas en France.")


def mend_position(lat: float, lon: float) -> tuple[float | None, float | None, str | None]:
    """(lon, lat, what was mended or None); (None, None, why) when nothing certain can be made of it.

    "0, 0" is how files write "unknown"; both numbers swapped are put right when they then lie in France.
    """
    if lat == 0 and lon == 0:
        return None, None, "Position « 0, 0 » : position inconnue."
    try:
        check_position(lon, lat)
    except GeoError as error:
        # `lat` as a longitude: no point of France keeps being in France when its numbers change places.
        if is_in_france(lat, lon):
            return lat, lon, "Latitude et longitude étaient inversées."
        return None, None, str(error)
    return lon, lat, None


def distance_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Metres between two positions, on a sphere (0.3 % at most from the ellipsoid)."""
    half_lat, half_lon = radians(lat2 - lat1) / 2, radians(lon2 - lon1) / 2
    chord = sin(half_lat) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(half_lon) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(chord)))


def bbox_around(lon: float, lat: float, radius_m: float) -> Box:
    """(west, south, east, north) of a box that holds all that is within `radius_m`, kept within the world."""
    # A little wide: the ellipsoid's degree of latitude is up to 0.6 % shorter than the sphere's.
    d_lat = degrees(radius_m * 1.01 / EARTH_M)
    d_lon = d_lat / max(cos(radians(min(89.0, abs(lat) + d_lat))), 0.01)
    return max(-180.0, lon - d_lon), max(-90.0, lat - d_lat), min(180.0, lon + d_lon), min(90.0, lat + d_lat)


def box_from(text: str) -> Box:
    """The box that "west,south,east,north" says, in degrees; raises GeoError."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise GeoError(
            "Une zone s’écrit en degrés : ouest,sud,est,nord. Par exemple : 4.8,45.7,4.9,45.8."
        ) from error
    # NaN and infinity compare false here.
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise GeoError("Une zone va d’ouest en est et du sud au nord, en degrés.")
    return west, south, east, north


def walk_min(metres: float) -> int:
    """Minutes on foot at 4 km/h, 1 at least: 15 for a kilometre."""
    return max(1, ceil(metres / WALK_M_PER_MIN - 0.01))


def distance_label(metres: float) -> str:
    """ "350 m", "1,2 km", "48 km", as people say it: never more exact than it can be."""
    if metres < 1_000:
        rounded = max(10, round(metres / 10) * 10 if metres < 100 else round(metres / 50) * 50)
        if rounded < 1_000:
            return f"{rounded}{NBSP}m"
    kilometres = max(1.0, metres / 1_000)
    number = f"{kilometres:.1f}" if kilometres < 10 else f"{kilometres:.0f}"
    return f"{number.removesuffix('.0').replace('.', ',')}{NBSP}km"


MAX_POSITIONS = 200_000


def polygon_rings(geometry: object) -> list[list[Ring]]:
    """The polygons of a GeoJSON Polygon or MultiPolygon, each a list of closed rings of (lon, lat).

    A third number (height) is left out. Raises GeoError on anything else, with what is wrong.
    """
    if not isinstance(geometry, dict):
        raise GeoError("Il n’y a pas de périmètre.")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise GeoError("Un périmètre est un « Polygon » ou un « MultiPolygon ».")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if (
        not _is_list(polygons)
        or not polygons
        or not all(_is_list(polygon) and polygon for polygon in polygons)
    ):
        raise GeoError("Le périmètre est vide.")
    rings = [[_closed_ring(ring) for ring in polygon] for polygon in polygons]
    if sum(len(ring) for polygon in rings for ring in polygon) > MAX_POSITIONS:
        raise GeoError("Le périmètre a trop de points.")
    return rings


def _closed_ring(ring):
    if not _is_list(ring) or len(ring) > MAX_POSITIONS:
        raise GeoError("Un contour est une liste de positions.")
    positions = [_position(position) for position in ring]
    if positions and positions[0] != positions[-1]:
        positions.append(positions[0])
    if len(positions) < 4:
        raise GeoError("Un contour a au moins trois points.")
    return positions


def _position(position):
    is_pair = _is_list(position) and len(position) >= 2
    if not is_pair or not all(type(number) in (int, float) for number in position[:2]):
        raise GeoError("Une position du périmètre n’est pas faite de deux nombres.")
    try:
        lon, lat = float(position[0]), float(position[1])
    except OverflowError as error:
        raise GeoError("Une position du périmètre est un nombre trop grand.") from error
    check_position(lon, lat)
    return lon, lat


def _is_list(value):
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))
