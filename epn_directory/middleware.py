"""What stands between the web server and the views, for every address of the site."""

import logging

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import get_template
from django.utils.cache import patch_cache_control

logger = logging.getLogger(__name__)

RETRY_AFTER_S = 30

# The site asks for the position and for nothing else that a browser can give away.
PERMISSIONS_POLICY = "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class TrustedProxyMiddleware:
    """Puts the visitor's own address in REMOTE_ADDR when the site stands behind `PROXIES` proxies.

    Each proxy appends the address it was called from to X-Forwarded-For: the visitor's is the
    `PROXIES`-th from the right, and all that stands left of it is the visitor's own invention.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
        if 0 < settings.PROXIES <= len(hops) and hops[-settings.PROXIES]:
            request.META["REMOTE_ADDR"] = hops[-settings.PROXIES]
        return self.get_response(request)


class PermissionsPolicyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class OwnPagesMiddleware:
    """What was made for one session is kept for nobody else, and for who has signed in not at all.

    A page that never looked at the session (files, data for the map) is the same for everybody.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        session = request.session
        if session.accessed and not session.is_empty():
            patch_cache_control(response, private=True)
            if SESSION_KEY in session:
                patch_cache_control(response, no_store=True)
        return response


class DatabaseDownMiddleware:
    """Answers 503, in words and with Retry-After, while the database does not answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("The database does not answer on %s: %s", request.path, exception)
        page = get_template("503.html").render(
            {
                "site_name": settings.SITE_NAME,
                "contact_phone": settings.LEGAL["contact_phone"],
                "path": request.get_full_path(),
            }
        )
        headers = {"Retry-After": str(RETRY_AFTER_S), "Cache-Control": "no-store"}
        return HttpResponse(page, status=503, headers=headers)
