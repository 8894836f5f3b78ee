"""The address of the page that is shown, with something changed in what it asks."""


def url_with(request, **changes):
    """With some fields changed, or taken away when the value is empty; page 1."""
    query = query_with(request, **changes)
    return f"{request.path}?{query}"


def query_with(request, **changes):
    """The query string of `url_with`."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query.setlist(name, value if isinstance(value, list) else [value])
    return query.urlencode()
