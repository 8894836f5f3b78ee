"""The address of the page that is shown, with something changed in what it asks."""

from places.domain.geo import distance_label

REACHES_M = (1_000, 2_000, 5_000, 10_000, 30_000)


def url_with(request, **changes):
    """With some fields changed, or taken away when the value is empty; page 1."""
    query = query_with(request, **changes)
    return f"{request.path}?{query}"


def query_with(request, **changes):
    """The query string of `url_with`; what a form sent empty asks nothing and is left out."""
    query = request.GET.copy()
    for name in list(query):
        if name == "page" or not any(query.getlist(name)):
            del query[name]
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query.setlist(name, value if isinstance(value, list) else [value])
    return query.urlencode()


def without(request, name, code):
    """The values of a field that are asked for, but one."""
    return [other for other in request.GET.getlist(name) if other != code]


def reaches_of(request, form, position, usual_m):
    """How far one is ready to go around a known position: [{name, url, selected}], [] without one."""
    if not position:
        return []
    chosen = form.cleaned_data["radius"] or usual_m
    return [
        {
            "name": distance_label(metres),
            "url": url_with(request, radius=str(metres)),
            "selected": metres == chosen,
        }
        for metres in REACHES_M
    ]
