"""Says in plain words which library or extension is missing.

The libraries are looked for when the app is made, before GeoDjango fails on them in its own
words; nothing can be translated that early, so these messages are plain French.
"""

import sqlite3
from ctypes import CDLL
from ctypes.util import find_library
from importlib import import_module

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections

SETUP = "bin/setup installe tout ce qu’il faut sur Debian 12"
GEOMETRY_LIBRARIES = [
    ("GDAL", "gdal", "libgdal32", "epn.E001"),
    ("GEOS", "geos_c", "libgeos-c1v5", "epn.E002"),
]


def require_libraries():
    """Raises ImproperlyConfigured, all that is missing in one message."""
    missing = [*geometry_errors(), *spatialite_errors()]
    if missing:
        raise ImproperlyConfigured("\n".join(f"{error.msg}\n  {error.hint}" for error in missing))


def geometry_errors():
    """What GeoDjango needs whatever the database: GDAL and GEOS."""
    try:
        import_module("django.contrib.gis.geos").geos_version()
    except (ImproperlyConfigured, ImportError, OSError):
        for name, file_name, package, code in GEOMETRY_LIBRARIES:
            if not loads(getattr(settings, f"{name}_LIBRARY_PATH", None) or find_library(file_name)):
                yield Error(
                    f"La bibliothèque {name} est introuvable ou ne se charge pas.",
                    hint=f"{SETUP} (ici : apt-get install {package}) ; sinon, donnez son chemin dans "
                    f"{name}_LIBRARY_PATH.",
                    id=code,
                )


def loads(path):
    try:
        return bool(path and CDLL(path))
    except OSError:
        return False


def spatialite_errors():
    """What the embedded database needs: a Python that loads extensions of SQLite, and SpatiaLite."""
    engine = settings.DATABASES["default"]["ENGINE"]
    if not engine.endswith(".spatialite"):
        return
    connection = sqlite3.connect(":memory:")
    try:
        connection.enable_load_extension(True)
        connection.load_extension(getattr(settings, "SPATIALITE_LIBRARY_PATH", "mod_spatialite"))
    except AttributeError:
        yield Error(
            "Ce Python ne sait pas charger les extensions de SQLite, dont SpatiaLite.",
            hint=f"{SETUP} et choisit un Python qui convient, en général /usr/bin/python3.",
            id="epn.E003",
        )
    except sqlite3.Error:
        yield Error(
            "L’extension SpatiaLite est introuvable ou ne se charge pas.",
            hint=f"{SETUP} (ici : apt-get install libsqlite3-mod-spatialite) ; sinon, donnez son chemin "
            "dans SPATIALITE_LIBRARY_PATH.",
            id="epn.E004",
        )
    finally:
        connection.close()


@register(Tags.database)
def postgis(app_configs, databases, **kwargs):
    """The server answers, and its PostGIS is in the database or can be put there by `migrate`."""
    errors = []
    for alias in databases or []:
        connection = connections[alias]
        try:
            with connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    errors += postgis_errors(cursor)
        except OperationalError as error:
            reason = str(error).partition("\n")[0]
            errors.append(
                Error(
                    f"La base de données ne répond pas : {reason}.",
                    hint="Vérifiez DATABASE_URL, et que le serveur est démarré.",
                    id="epn.E005",
                )
            )
    return errors


def postgis_errors(cursor):
    cursor.execute(
        "SELECT installed_version IS NOT NULL, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
        " FROM pg_available_extensions WHERE name = 'postgis'"
    )
    row = cursor.fetchone()
    if row is None:
        return [
            Error(
                "PostGIS n’est pas installé sur le serveur PostgreSQL.",
                hint="Sur Debian : apt-get install postgresql-postgis, sur la machine du serveur.",
                id="epn.E006",
            )
        ]
    is_created, is_superuser = row
    if not is_created and not is_superuser:
        return [
            Error(
                "PostGIS n’est pas activé dans la base, et ce compte n’a pas le droit de l’activer.",
                hint="Un administrateur du serveur doit y exécuter une fois : CREATE EXTENSION postgis;",
                id="epn.E007",
            )
        ]
    return []
