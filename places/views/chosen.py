"""What a professional has chosen so far for somebody: kept in the session, and in no session else."""

from places.domain.selection import Selection

KEY = "selection"


def chosen(request):
    """The Selection of whoever orients somebody, be it empty; None for everybody else."""
    held = request.session.get(KEY)
    return None if held is None else Selection.read(**held)


def asked(query):
    """The Selection that an address or a form holds."""
    return Selection.read(query.get("places", ""), query.get("occurrences", ""))


def choose(request, selection):
    request.session[KEY] = selection.address


def forget(request):
    """The session goes with its cookie; that of an account that is signed in stays."""
    request.session.pop(KEY, None)
    if request.session.is_empty() or not request.session.keys():
        request.session.flush()
