"""What the search box proposes while somebody types."""

import orjson
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from places.models import Place
from places.search import Kind, suggest


@require_safe
@cache_control(max_age=300, public=True)
def suggestions(request):
    """{"said", "groups": [{"code", "name", "rows": [{"label", "detail", "kind", "url", "words"}]}]}.

    `words`, of a need, go into the box; other rows are links. `said` is what a screen reader says.
    """
    found = suggest(request.GET.get("q", ""))
    # The agenda asks with the same words, and goes on with the agenda.
    page = reverse("agenda" if request.GET.get("page") == "agenda" else "search")
    place_keys = found.places if page == reverse("search") else []
    groups = [
        {"code": "needs", "name": _("Besoins"), "rows": [need_row(need, page) for need in found.needs]},
        {"code": "towns", "name": _("Villes"), "rows": [town_row(name, found, page) for name in found.towns]},
        {
            "code": "neighbourhoods",
            "name": _("Quartiers"),
            "rows": [neighbourhood_row(name, found, page) for name in found.neighbourhoods],
        },
        {"code": "places", "name": _("Lieux"), "rows": place_rows(place_keys)},
    ]
    groups = [group for group in groups if group["rows"]]
    count = sum(len(group["rows"]) for group in groups)
    said = ngettext("%(count)d proposition", "%(count)d propositions", count) % {"count": count}
    answer = {"said": said if count else _("Aucune proposition"), "groups": groups}
    return HttpResponse(orjson.dumps(answer), content_type="application/json")


def row(label, detail, kind, url, words=""):
    return {"label": label, "detail": detail, "kind": kind, "url": url, "words": words}


def need_row(need, page):
    return row(_(need.label), "", _("Besoin"), address(page, q=need.words), need.words)


def town_row(name, found, page):
    if name.kind is Kind.DEPARTMENT:
        url = address(page, q=f"{found.before} {name.label}".strip())
        return row(with_words(name.label, found), _("département"), _("Département"), url)
    detail = _("arrondissement, %(where)s") if name.kind is Kind.BOROUGH else _("commune, %(where)s")
    detail %= {"where": found.department_of(name)}
    url = address(page, q=found.before, commune=name.code)
    return row(with_words(bare(name), found), detail, _("Ville"), url)


def neighbourhood_row(name, found, page):
    url = address(page, q=found.before, neighbourhood=name.code)
    detail = _("quartier, %(where)s") % {"where": found.communes_of(name)}
    return row(with_words(name.label, found), detail, _("Quartier"), url)


def place_rows(pks):
    """The places with these keys, in this order; one that has gone offline since is left out."""
    columns = ("pk", "name", "slug", "address", "city", "commune__name")
    rows = {}
    for pk, name, slug, address, city, commune in (
        Place.objects.published().filter(pk__in=pks).values_list(*columns)
    ):
        where = ", ".join(part for part in (address, commune or city) if part)
        rows[pk] = row(name, where, _("Lieu"), reverse("place", args=[slug]))
    return [rows[pk] for pk in pks if pk in rows]


def address(page, **fields):
    return f"{page}?{urlencode({name: value for name, value in fields.items() if value})}"


def with_words(label, found):
    """What is asked for there, and where: "Imprimer · Brest"."""
    return f"{found.before[:1].upper()}{found.before[1:]} · {label}" if found.before else label


def bare(name):
    """ "Brest" of "Brest (29)": the département is told beside."""
    return name.label.rpartition(" (")[0] or name.label
