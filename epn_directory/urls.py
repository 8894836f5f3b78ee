from django.conf import settings
from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.static import serve

from places.admin import site

urlpatterns = [
    path("", include("places.urls")),
    path("admin/", site.urls),
    # Photos of entrances: small, few, and already checked to be pictures when they came in.
    path("media/<path:path>", require_safe(serve), {"document_root": settings.MEDIA_ROOT}),
]
