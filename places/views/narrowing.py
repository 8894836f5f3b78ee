"""What narrows a list of partners, resources or projects: filters with counts, criteria in force."""

from .links import url_with, without


def facet(field, title, options):
    """A filter of a page; `options` are (code, name, how many it would leave, is it chosen).

    What would leave none is not shown.
    """
    shown = [
        {"code": code, "name": name, "count": count, "selected": is_chosen}
        for code, name, count, is_chosen in options
        if count or is_chosen
    ]
    return {"field": field, "name": title, "options": shown}


def criteria(request, asked, areas, several):
    """For the template: chips, a way to take away each thing that is asked for, and what the form carries on.

    `asked` is cleaned data; `areas` are fields without a box of their own; `several` has, for each field of
    several values, the chosen ones as (code, name).
    """
    chips = [(f"«\u00a0{asked['q']}\u00a0»", {"q": None})] if asked.get("q") else []
    chips += [(str(asked[name]), {name: None}) for name in areas if asked.get(name)]
    for field, chosen in several.items():
        chips += [(name, {field: without(request, field, code)}) for code, name in chosen]
    return {
        "chips": [{"label": label, "remove_url": url_with(request, **changes)} for label, changes in chips],
        "kept_fields": [(name, request.GET[name]) for name in areas if request.GET.get(name)],
    }
