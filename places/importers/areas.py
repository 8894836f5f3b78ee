"""Areas from files: numbers checked by ourselves, then made valid. GDAL reads only an operator's layer."""

from django.contrib.gis.gdal import DataSource, GDALException, SpatialReference
from django.contrib.gis.geos import GEOSException, MultiPolygon, Polygon
from django.utils.translation import gettext as _

from places.domain.geo import GeoError, polygon_rings
from places.models import as_multipolygon

from .files import GEOPACKAGE, SHAPEFILE
from .report import FileError
from .rows import Row

WGS84 = SpatialReference(4326)
EXTENSIONS = {GEOPACKAGE: ".gpkg", SHAPEFILE: ".shp"}  # GDAL reads them under no other name


def area_from_geojson(geometry: object) -> MultiPolygon:
    """The valid MultiPolygon that a GeoJSON geometry draws. Raises GeoError, in French, on anything else."""
    try:
        drawn = MultiPolygon([Polygon(*rings) for rings in polygon_rings(geometry)], srid=4326)
        area = as_multipolygon(drawn)
    except GEOSException as error:
        raise GeoError(_("Le périmètre ne se laisse pas dessiner.")) from error
    if area.empty:
        raise GeoError(_("Le périmètre n’a pas de surface."))
    return area


def layer_rows(path, driver: str) -> list[Row]:
    """The rows of the first layer of a GeoPackage or Shapefile, `geometry` as GeoJSON in WGS 84.

    For operators' own files, once `files.layer_driver` has told from the first bytes what they are.
    """
    try:
        source = DataSource(str(path.resolve()), encoding="utf-8")
        if source.driver.name != driver:
            told = {"format": driver, "extension": EXTENSIONS[driver]}
            raise FileError(_("Cette couche %(format)s doit garder l’extension %(extension)s.") % told)
        layer = source[0]
        if layer.srs is None:
            raise FileError(_("La projection de la couche n’est pas dite (fichier .prj absent ?)."))
        return [_layer_row(rank, feature) for rank, feature in enumerate(layer, start=1)]
    except (GDALException, IndexError) as error:
        raise FileError(_("La couche géographique ne se lit pas : elle est coupée ou abîmée.")) from error


def _layer_row(rank, feature):
    cells = {name.lower(): feature.get(name) for name in feature.fields}
    try:
        shape = feature.geom
        shape.set_3d(False)
        shape.set_measured(False)
        shape.transform(WGS84)
        cells["geometry"] = {
            "type": shape.geom_name.title().replace("polygon", "Polygon"),
            "coordinates": shape.tuple,
        }
    except GDALException:
        return Row(rank, cells, _("Le périmètre est absent ou ne se laisse pas reprojeter."))
    return Row(rank, cells)
