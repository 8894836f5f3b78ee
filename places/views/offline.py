"""The site on a telephone's first screen, and without a network."""

import hashlib

import orjson
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

# What the page without a network is made of.
SHELL = ["css/tokens.css", "css/base.css", "css/layout.css", "css/components/controls.css"]
SHELL += ["css/components/nav.css", "css/components/home.css", "img/icons.svg"]
SHELL += ["js/pages/every-page.js", "js/pages/offline.js"]
ICONS = [("img/icon-192.png", "192x192", "any"), ("img/icon-512.png", "512x512", "any maskable")]


@require_safe
def offline_page(request):
    return render(request, "offline/page.html")


@require_safe
@cache_control(no_cache=True)
def offline_worker(request):
    """The service worker: at the root, where its reach is the whole site. A new one takes over at once."""
    page = reverse("offline")
    config = {
        "page": page,
        "files": settings.STATIC_URL,
        "shell": [page, *map(static, SHELL)],
        "lang": get_language(),
        "notice": _("Vous êtes hors connexion. Informations du DATE."),
    }
    # Hashed names of files change with what is in them, and the version with these.
    config["version"] = hashlib.blake2b(orjson.dumps(config), digest_size=6).hexdigest()
    written = render_to_string("offline/worker.js", {"config": orjson.dumps(config).decode()})
    return HttpResponse(written, content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(max_age=86_400)
def manifest(request):
    """https://www.w3.org/TR/appmanifest/"""
    told = {
        "name": settings.SITE_NAME,
        "short_name": _("Aide numérique"),
        "lang": get_language(),
        "start_url": reverse("search"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf8f1",
        "theme_color": "#ffc83a",
        "icons": [
            {"src": static(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for path, sizes, purpose in ICONS
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")
