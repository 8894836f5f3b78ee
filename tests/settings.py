"""The site's own settings, made fast, offline and the same on every machine.

DATABASE_URL chooses the database as on the site itself: SpatiaLite without it, PostGIS with
postgis://…; the tests make their own database there and drop it, one for each xdist worker.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for name in (
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "DEBUG",
    "PROXIES",
    "SITE_NAME",
    "SITE_URL",
    "STATIC_ROOT",
):
    os.environ.pop(name, None)  # what this machine serves is no concern of the tests
SCRATCH_DIR = Path(tempfile.mkdtemp(prefix="epn-tests-"))
atexit.register(shutil.rmtree, SCRATCH_DIR, ignore_errors=True)
os.environ |= {"VAR_DIR": str(SCRATCH_DIR), "SECRET_KEY": "for-tests-only", "TLS": "0"}
os.environ |= {"TILE_URL": "", "ADDRESS_URL": ""}
# Playwright keeps an event loop in the main thread; the tests call the ORM beside it, never within.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from epn_directory.settings import *  # noqa: E402, F403
from epn_directory.settings import BASE_DIR, DATABASES, STATIC_ROOT, STORAGES, TEMPLATES  # noqa: E402
from tests.strictness import UndefinedVariable  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith(".spatialite"):
    # A file, not memory: the threads of the live server open connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH_DIR / "tests.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
DATABASES["default"]["CONN_MAX_AGE"] = 0

STATIC_ROOT.mkdir()  # empty: static files are served from where they lie
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable(BASE_DIR / "templates")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False  # a test of the throttling of logins turns it on
