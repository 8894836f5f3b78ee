"""GeoPackages and Shapefiles, written by the library of GDAL that GeoDjango has loaded."""

from ctypes import CDLL, POINTER, byref, c_char_p, c_int, c_void_p

from django.contrib.gis.gdal.libgdal import lgdal

VECTOR = 0x04
# A handle of its own: the functions of Django's have signatures and checks that are not to be changed.
_gdal = CDLL(lgdal._name)
_gdal.GDALAllRegister()


def _function(name, result, *arguments):
    found = getattr(_gdal, name)
    found.restype, found.argtypes = result, list(arguments)
    return found


_open = _function("GDALOpenEx", c_void_p, c_char_p, c_int, c_void_p, c_void_p, c_void_p)
_close = _function("GDALClose", None, c_void_p)
_options = _function("GDALVectorTranslateOptionsNew", c_void_p, POINTER(c_char_p), c_void_p)
_free_options = _function("GDALVectorTranslateOptionsFree", None, c_void_p)
_translate = _function(
    "GDALVectorTranslate", c_void_p, c_char_p, c_void_p, c_int, POINTER(c_void_p), c_void_p, POINTER(c_int)
)


def convert(source, target, *options):
    """What `ogr2ogr options target source` would do."""
    dataset = _open(str(source).encode(), VECTOR, None, None, None)
    assert dataset, f"GDAL cannot read {source}"
    words = [option.encode() for option in options]
    how = _options((c_char_p * (len(words) + 1))(*words, None), None)
    failed = c_int(0)
    written = _translate(str(target).encode(), None, 1, byref(c_void_p(dataset)), how, byref(failed))
    _free_options(how)
    _close(dataset)
    assert written, f"GDAL cannot write {target}"
    _close(written)
    assert not failed.value
    return target
