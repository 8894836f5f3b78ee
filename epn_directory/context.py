"""What every page of the public site may say about itself."""

from django.conf import settings

from epn_directory.languages import is_right_to_left, languages_of
from places.models import Place, Prepared
from places.views.chosen import chosen

_one_of_the_demonstration = Prepared(
    lambda: Place.objects.filter(source__is_demonstration=True).only("pk").order_by()[:1]
)


def site(request):
    """`site_name`, `legal.*`, `chosen` (the selection of whoever orients somebody, else None), `languages`
    and `is_right_to_left`, and `has_demonstration`: one query, asked only by a page that shows it."""
    return {
        "site_name": settings.SITE_NAME,
        "legal": settings.LEGAL,
        "chosen": chosen(request),
        "languages": languages_of(request),
        "is_right_to_left": is_right_to_left(),
        "has_demonstration": _one_of_the_demonstration,
    }
