"""Pages that say what this site is, and the small addresses that machines ask for."""

from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from places.models import Place, Source, Theme


@require_safe
def about(request):
    return render(request, "places/about.html", {"themes": Theme.objects.all()})


@require_safe
def help_page(request):
    return render(request, "places/help.html")


@require_safe
def accessibility(request):
    return render(request, "places/accessibility.html")


@require_safe
def legal(request):
    sources = Source.objects.filter(places__in=Place.objects.published()).distinct()
    return render(request, "places/legal.html", {"sources": sources})


@require_safe
def privacy(request):
    return render(request, "places/privacy.html")


@require_safe
@never_cache
def health(request):
    """200 when the site and its database answer: for a load balancer or a container."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_safe
@cache_control(max_age=86_400)
def robots(request):
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Disallow: {reverse('map-points')}",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap-index'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
