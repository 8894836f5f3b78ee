"""What every page of the public site may say about itself."""

from django.conf import settings

from places.models import Place
from places.views.chosen import chosen


def site(request):
    """`site_name`, `legal.*`, `chosen` (the selection of whoever orients somebody, else None), and
    `has_demonstration`: one query, asked only by a page that shows it."""
    return {
        "site_name": settings.SITE_NAME,
        "legal": settings.LEGAL,
        "chosen": chosen(request),
        "has_demonstration": Place.objects.filter(source__is_demonstration=True).exists,
    }
