"""The file from which the map draws all places: packed, named after its content, made when it is asked for.

It lies in VAR_DIR/map, `<hash>.bin.gz`, and beside it `current` says for which state of the database. Each
process keeps in memory which one is current; whoever finds that places have changed makes the next one,
alone, while the others wait for it: a twentieth of a second for 10,000 places.
"""

import fcntl
import gzip
import os
import re
from contextlib import contextmanager
from hashlib import blake2b
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef

from places.domain.packing import pack
from places.models import IndexStamp, Place

DIGEST_BYTES = 8
DIGEST = re.compile(rf"[0-9a-f]{{{2 * DIGEST_BYTES}}}")
# A page that was loaded before a change still asks for the file before it.
KEPT = 3

_held = {"stamp": None, "digest": None}


def current_digest():
    """The name of the file of all places as they are now; it is made if there is none yet."""
    stamp = f"{connection.settings_dict['NAME']} {IndexStamp.read()[IndexStamp.Part.PLACES]}"
    if _held["stamp"] != stamp or not _path(_held["digest"]).exists():
        with _alone():
            _held.update(stamp=stamp, digest=_made_for(stamp) or _make(stamp))
    return _held["digest"]


def gzipped(digest):
    """The file of that name, as it was compressed; None if there is none, or none any more."""
    if not DIGEST.fullmatch(digest):
        return None
    try:
        return _path(digest).read_bytes()
    except FileNotFoundError:
        return None


def _folder():
    return settings.VAR_DIR / "map"


def _path(digest):
    return _folder() / f"{digest}.bin.gz"


@contextmanager
def _alone():
    """Held by one process at a time; let go when it ends, even killed."""
    _folder().mkdir(parents=True, exist_ok=True)
    with (_folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _made_for(stamp):
    """What another process has made meanwhile, or an earlier one before it ended."""
    try:
        digest, made_for = (_folder() / "current").read_text().split(" ", 1)
    except (FileNotFoundError, ValueError):
        return None
    return digest if made_for == stamp and _path(digest).exists() else None


def _make(stamp):
    packed = pack(_points())
    digest = blake2b(packed, digest_size=DIGEST_BYTES).hexdigest()
    _write(_path(digest), gzip.compress(packed, mtime=0))
    _write(_folder() / "current", f"{digest} {stamp}".encode())
    by_age = sorted(_folder().glob("*.bin.gz"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in by_age[KEPT:]:
        path.unlink(missing_ok=True)
    return digest


def _points():
    """(key, longitude, latitude, is an EPN) of all places that are online and have a position."""
    kinds = Place.kinds.through.objects.filter(place=OuterRef("pk"), placekind__code="EPN")
    rows = Place.objects.published().located().annotate(is_epn=Exists(kinds))
    return rows.values_list("pk", "lon", "lat", "is_epn").iterator(chunk_size=10_000)


def _write(path, content):
    """Whole or not at all: who reads meanwhile finds the file before or the file after."""
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)
