"""Every setting of the site, read from the environment and safe when nothing is given.

The README lists the variables. Without any, the site believes that it stands behind TLS
(secure cookies, HSTS, redirect to https); `bin/run`, which serves plain http on this machine,
and `DEBUG=1` turn that off.
"""

import fcntl
import os
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name, default):
    """The boolean called `name`: 1, true, yes, on, or the reverse."""
    text = os.environ.get(name, "").strip().lower()
    if not text:
        return default
    if text not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
        raise ImproperlyConfigured(f"{name}={text} : attendu 0 ou 1.")
    return text in {"1", "true", "yes", "on"}


def words(name):
    """The comma-separated values of `name`."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def kept_secret(path):
    """The secret in `path`, made the first time and readable by its owner only.

    Two first starts at once read the same one; a start that was killed before it wrote leaves no harm.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        secret = file.read().strip()
        if not secret:
            secret = secrets.token_urlsafe(64)
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
    return secret


# --- This installation ---------------------------------------------------------------------

DEBUG = flag("DEBUG", default=False)
TLS = flag("TLS", default=not DEBUG)
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()
SECRET_KEY = os.environ.get("SECRET_KEY") or kept_secret(VAR_DIR / "secret_key")

SITE_NAME = os.environ.get("SITE_NAME") or "Espaces numériques du quartier"
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/")
LEGAL = {
    "publisher": os.environ.get("LEGAL_PUBLISHER", ""),
    "publisher_address": os.environ.get("LEGAL_PUBLISHER_ADDRESS", ""),
    "director": os.environ.get("LEGAL_DIRECTOR", ""),
    "host": os.environ.get("LEGAL_HOST", ""),
    "contact_email": os.environ.get("CONTACT_EMAIL", ""),
    "contact_phone": os.environ.get("CONTACT_PHONE", ""),
}

LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]  # always: the health check calls from there
SITE_HOSTS = [urlsplit(SITE_URL).hostname] if SITE_URL else []
ALLOWED_HOSTS = [*LOOPBACK_HOSTS, *SITE_HOSTS, *words("ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
PROXIES = int(os.environ.get("PROXIES") or 0)  # how many of our own stand in front

# --- Django --------------------------------------------------------------------------------

INSTALLED_APPS = [
    "places",  # first: says in plain words which library is missing, before GeoDjango fails on it
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.gis",
    "django.forms",
    "leaflet",
    "simple_history",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "epn_directory.middleware.TrustedProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages travel four times lighter; Django pads them at random, against guessing a token from their length.
    "django.middleware.gzip.GZipMiddleware",
    # A page that has not changed since does not travel a second time.
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "epn_directory.middleware.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "epn_directory.middleware.OwnPagesMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "epn_directory.middleware.DatabaseDownMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "epn_directory.urls"
WSGI_APPLICATION = "epn_directory.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["gis.W001"]  # Debian's GDAL 3.6: it is never given what a visitor sent

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "epn_directory.context.site",
            ]
        },
    }
]

# Widgets of our own have their templates beside the others, in templates/.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

FORMS_URLFIELD_ASSUME_HTTPS = True  # an address typed without a scheme; Django 6 does so by itself

# French has no prefix, the others do: the address says the language, and no cookie does.
LANGUAGE_CODE = "fr"
LANGUAGES = [
    ("fr", "Français"),
    ("en", "English"),
    ("ar", "العربية"),
    ("es", "Español"),
    ("pt", "Português"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
]
LOCALE_PATHS = [BASE_DIR / "places" / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# --- Database ------------------------------------------------------------------------------

GEO_ENGINES = {
    "django.contrib.gis.db.backends.spatialite": "django.contrib.gis.db.backends.spatialite",
    "django.db.backends.sqlite3": "django.contrib.gis.db.backends.spatialite",
    "django.contrib.gis.db.backends.postgis": "django.contrib.gis.db.backends.postgis",
    "django.db.backends.postgresql": "django.contrib.gis.db.backends.postgis",
}
ENGINE_OPTIONS = {
    "django.contrib.gis.db.backends.spatialite": {
        # Without these four, 69 of 834 requests under load failed with "database is locked".
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
            " PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456;"
        ),
    },
    "django.contrib.gis.db.backends.postgis": {
        "connect_timeout": 5,
        # Compiling a query on geometry takes five times as long as answering it. And all of a directory is in
        # memory: taken for slow to reach, as a disk is, its tables were read whole to join a hundred rows.
        "options": "-c jit=off -c random_page_cost=1.1",
        # What is asked again and again is planned once: planning takes up to five times as long as answering.
        "server_side_binding": True,
        "prepare_threshold": 3,
    },
}


def database(url):
    """Django's description of the database at `url`, which must hold geometry."""
    try:
        described = dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)
        engine = GEO_ENGINES[described["ENGINE"]]
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(
            "DATABASE_URL doit commencer par spatialite:/// ou par postgis://."
        ) from error
    options = {**ENGINE_OPTIONS[engine], **described.get("OPTIONS", {})}
    return {**described, "ENGINE": engine, "OPTIONS": options}


DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL") or f"spatialite:///{VAR_DIR}/epn.sqlite3",
    )
}

# Only for libraries in unusual places; Debian's are found without.
for library in ("GDAL_LIBRARY_PATH", "GEOS_LIBRARY_PATH", "SPATIALITE_LIBRARY_PATH"):
    if os.environ.get(library):
        globals()[library] = os.environ[library]

# --- Files ---------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "epn_directory.storage.HashedStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False  # a header less on each of twenty files of a page

# --- Map -----------------------------------------------------------------------------------

TILE_URL = os.environ.get("TILE_URL", "https://{s}.tile.openstreetmap.fr/osmfr/{z}/{x}/{y}.png")
TILE_ATTRIBUTION = os.environ.get(
    "TILE_ATTRIBUTION",
    '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>,'
    ' fond <a href="https://www.openstreetmap.fr/">OpenStreetMap France</a>',
)


def tile_hosts(url):
    """What a browser must be allowed to load pictures from: one origin for each of Leaflet's {s}."""
    parts = urlsplit(url)
    if not parts.netloc:
        return []
    origin = f"{parts.scheme or 'https'}://{parts.netloc}"
    return sorted({origin.replace("{s}", subdomain) for subdomain in "abc"})


LEAFLET_CONFIG = {
    "TILES": [("OpenStreetMap", TILE_URL, {"attribution": TILE_ATTRIBUTION})] if TILE_URL else [],
    "DEFAULT_CENTER": (46.6, 2.4),
    "DEFAULT_ZOOM": 5,
    "MAX_ZOOM": 19,
    "RESET_VIEW": False,
    "ATTRIBUTION_PREFIX": "",
}

# --- Addresses -----------------------------------------------------------------------------

# Where streets are asked for, the national service as the Géoplateforme offers it; empty: nowhere.
ADDRESS_URL = os.environ.get("ADDRESS_URL", "https://data.geopf.fr/geocodage/search")
if ADDRESS_URL and urlsplit(ADDRESS_URL).scheme not in {"http", "https"}:
    raise ImproperlyConfigured(f"ADDRESS_URL={ADDRESS_URL} : attendu une adresse en https:// (ou rien).")

# --- Safety --------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],  # the nonce is sent only by pages that ask for one: the admin's map
        "style-src": [SELF],
        "img-src": [SELF, "data:", *tile_hosts(TILE_URL)],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# Servers of map tiles ask to know which site calls them; our pages' addresses stay between us.
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_SSL_REDIRECT = TLS
SECURE_REDIRECT_EXEMPT = [r"^sante/$"]  # a health check calls the process itself, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_HSTS_PRELOAD = TLS
SESSION_COOKIE_SECURE = TLS
CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "search"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "admin/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django.contrib.gis": {"level": "CRITICAL"},  # says why an area is not valid; areas are then mended
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}
