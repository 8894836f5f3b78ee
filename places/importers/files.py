"""The file that an operator hands over: what it is, told from its first bytes, and its text.

Nothing here trusts a name. A file that cannot be used is refused whole, with one line that says why.
"""

import codecs
import gzip
import zlib
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .report import FileError

# 200 MB of zeros fit in 194 kB of gzip: bytes are counted while they are read.
MAX_BYTES = 150_000_000
CHUNK_BYTES = 1 << 20

GEOPACKAGE, SHAPEFILE = "GPKG", "ESRI Shapefile"

_NOT_TEXT = {
    b"PK\x03\x04": gettext_lazy("une archive ZIP ou un classeur (XLSX, ODS)"),
    b"\xd0\xcf\x11\xe0": gettext_lazy("un classeur Excel (XLS)"),
    b"%PDF": gettext_lazy("un document PDF"),
    b"BZh": gettext_lazy("une archive bzip2"),
    b"\xfd7zXZ": gettext_lazy("une archive xz"),
    b"7z\xbc\xaf": gettext_lazy("une archive 7-Zip"),
    b"\x28\xb5\x2f\xfd": gettext_lazy("une archive Zstandard"),
    b"\x1f\x8b": gettext_lazy("un fichier compressé deux fois"),
}
_UTF_16_AND_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def layer_driver(path: str | Path) -> str | None:
    """ "GPKG" or "ESRI Shapefile" when the first bytes say so; None for all else, whatever its name."""
    with _opened(path) as file:
        head = file.read(100)
    if head.startswith(b"SQLite format 3\0") and head[68:70] == b"GP":
        return GEOPACKAGE
    # Shapefile technical description, 1998: code 9994 in big endian, version 1000 in little endian.
    if head[:4] == b"\x00\x00\x27\x0a" and head[28:32] == b"\xe8\x03\x00\x00":
        return SHAPEFILE
    return None


def read_text(path: str | Path, max_bytes: int = MAX_BYTES) -> str:
    """The UTF-8 text of the file, unpacked when it is gzip, without its byte order mark. Raises FileError."""
    with _opened(path) as file:
        is_gzip = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        try:
            content = _read(gzip.GzipFile(fileobj=file) if is_gzip else file, max_bytes)
        except EOFError as error:
            raise FileError(_("L’archive gzip est coupée : téléchargez-la de nouveau.")) from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise FileError(_("L’archive gzip est abîmée : téléchargez-la de nouveau.")) from error
    return decoded(content)


def _opened(path):
    path = Path(path)
    if not path.exists():
        raise FileError(_("Fichier introuvable : %(path)s") % {"path": path})
    if not path.is_file():
        raise FileError(_("%(path)s n’est pas un fichier.") % {"path": path})
    try:
        return path.open("rb")
    except OSError as error:
        raise FileError(_("Le fichier ne peut pas être lu : %(path)s") % {"path": path}) from error


def _read(file, max_bytes):
    content = bytearray()
    while chunk := file.read(CHUNK_BYTES):
        content += chunk
        if len(content) > max_bytes:
            raise FileError(
                _("Le fichier dépasse %(size)s Mo une fois décompressé.") % {"size": max_bytes // 1_000_000}
            )
    return bytes(content)


def decoded(content: bytes) -> str:
    """The text of UTF-8 `content`, without its byte order mark. Raises FileError for anything else."""
    if not content.strip(b" \t\r\n\0"):
        raise FileError(_("Le fichier est vide."))
    for magic, what in _NOT_TEXT.items():
        if content.startswith(magic):
            raise FileError(_("Ce fichier est %(what)s : donnez un CSV ou un JSON.") % {"what": what})
    if content.startswith(_UTF_16_AND_32) or content[:400].count(0) > 100:
        raise FileError(_("Le fichier est en UTF-16 : enregistrez-le en UTF-8 (« CSV UTF-8 » dans Excel)."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(_not_utf8(content, error.start)) from error
    _refuse_markup(text)
    return text


def _not_utf8(content, start):
    line = content.count(b"\n", 0, start) + 1
    message = _(
        "Le fichier n’est pas en UTF-8 (ligne %(line)s), sans doute en Windows-1252 : "
        "enregistrez-le en UTF-8 (« CSV UTF-8 » dans Excel)."
    )
    return message % {"line": line}


def _refuse_markup(text):
    head = text[:2_000].lstrip().lower()
    if not head.startswith("<"):
        return
    if "<html" in head or "<!doctype html" in head:
        raise FileError(
            _("Ce fichier est une page web (HTML), pas des données : vérifiez l’adresse de téléchargement.")
        )
    raise FileError(_("Ce fichier est du XML : donnez un CSV, un JSON ou un GeoJSON."))
