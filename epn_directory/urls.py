from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.static import serve

from places.admin import site
from places.urls import for_machines

urlpatterns = [
    path("", include(for_machines)),
    path("admin/", site.urls),
    # Photos of entrances: small, few, and already checked to be pictures when they came in.
    path("media/<path:path>", require_safe(serve), {"document_root": settings.MEDIA_ROOT}),
    *i18n_patterns(path("", include("places.urls")), prefix_default_language=False),
]
