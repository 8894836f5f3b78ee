"""The way to say that a listing is wrong: no account, nothing public before a person has read it."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from places.forms import CorrectionForm
from places.models import Place

# Enough for a person who corrects the listings of a whole street, too few for a machine.
CORRECTIONS_PER_HOUR = 10
HOUR_S = 3_600


# Nobody is logged in here: there is no right that another site could borrow, and the page sets no cookie.
# With Django's check, whoever refuses cookies would lose what they have typed.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request, slug):
    """Take what a visitor reports. The text is shown again, never lost, when it cannot be taken yet."""
    place = get_object_or_404(Place.objects.published().select_related("source"), slug=slug)
    form = CorrectionForm(request.POST if request.method == "POST" else None, at=timezone.now())
    status = 200
    if form.is_valid():
        if form_was_sent(request, form, place):
            return redirect("place-correction-thanks", slug=place.slug)
        status = 429
    elif form.is_bound:
        status = 400
    form.open_again()
    return render(request, "places/correction.html", {"place": place, "form": form}, status=status)


@require_safe
def correction_thanks(request, slug):
    place = get_object_or_404(Place.objects.published(), slug=slug)
    return render(request, "places/correction_thanks.html", {"place": place})


def form_was_sent(request, form, place):
    key = f"corrections:{visitor_digest(request)}"
    sent = cache.get(key, 0)
    if sent >= CORRECTIONS_PER_HOUR:
        form.add_error(
            None,
            _(
                "Vous avez déjà envoyé plusieurs signalements. Réessayez dans une heure. "
                "Votre texte est encore là : copiez-le pour ne pas le perdre."
            ),
        )
        return False
    cache.set(key, sent + 1, timeout=HOUR_S)
    form.instance.place = place
    form.save()
    return True


def visitor_digest(request):
    """What tells visitors apart for an hour, in memory: their address cannot be read back from it."""
    address = request.META.get("REMOTE_ADDR", "").encode()
    return hashlib.blake2b(address, key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()
