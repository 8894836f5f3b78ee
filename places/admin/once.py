"""A form that is sent twice (a double click, an impatient reload) is saved once."""

import hashlib

from django.contrib.auth import get_user_model

# The session remembers this many of the last forms that were saved.
REMEMBERED = 10
KEY = "saved_forms"


def digest_of(request):
    """The same for two sendings of one page, and for them only: the CSRF token changes with each page."""
    fields = sorted((name, values) for name, values in request.POST.lists())
    files = sorted((name, file.name, file.size) for name, file in request.FILES.items())
    return hashlib.blake2b(repr((request.path, fields, files)).encode(), digest_size=16).hexdigest()


def wait_for_own_turn(request):
    """The requests of one person take turns: on PostGIS by this row, on SQLite there is one writer anyway."""
    get_user_model().objects.select_for_update().filter(pk=request.user.pk).first()


def saved_before(request):
    """Where the same form led once saved, or None. Read anew: the other sending may just have ended."""
    fresh = type(request.session)(request.session.session_key)
    return dict(fresh.get(KEY, ())).get(digest_of(request))


def remember(request, url):
    """To be called in the transaction that saves the form: both are kept, or neither."""
    saved = [*request.session.get(KEY, ()), (digest_of(request), url)]
    request.session[KEY] = saved[-REMEMBERED:]
    request.session.save()
