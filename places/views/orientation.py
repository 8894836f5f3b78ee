"""Orienting somebody: choose places and sessions, hand over a slip. Nothing is kept of the person."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from places.domain.selection import LONGEST, Selection
from places.domain.text import tidy
from places.forms.orientation import SlipForm, UnmetNeedForm
from places.forms.shared_list import ListNameForm
from places.models import (
    Neighbourhood,
    OrientationCount,
    Place,
    UnmetNeed,
    is_professional,
    read_closures,
    read_short_lists,
)

from .chosen import asked, choose, chosen, forget
from .handover import mail_of, message_of_occurrence, message_of_place
from .selected import cards_of, in_order, occurrences_of
from .sheets import sheet_of_occurrence, sheet_of_place

KINDS = {"place": "places", "occurrence": "occurrences"}
# What a choice is called on the pages where it is made.
FRAGMENTS = {"place": "#lieu-", "occurrence": "#seance-"}


@require_safe
def orientation(request):
    return render(request, "places/orientation.html")


@require_POST
def orientation_start(request):
    """From here on one chooses for somebody, beginning with what a shared address holds."""
    choose(request, asked(request.POST))
    q = tidy(request.POST.get("q", ""))
    return redirect(f"{reverse('search')}?{urlencode({'q': q})}" if q else "search")


@require_POST
def orientation_end(request):
    forget(request)
    return redirect("search")


@require_POST
def selection_change(request):
    """`add` or `remove` "place-12": then back to where one was."""
    selection = chosen(request) or Selection()
    verb = "add" if "add" in request.POST else "remove"
    kind, _dash, key = request.POST.get(verb, "").partition("-")
    if kind in KINDS and key.isascii() and key.isdigit():
        if verb == "add" and selection.is_full:
            text = _("Une sélection tient %(longest)s choix. Retirez-en un avant d’en ajouter.")
            messages.error(request, text % {"longest": LONGEST})
        change = selection.with_one if verb == "add" else selection.without_one
        selection = change(KINDS[kind], int(key[:18]))
    choose(request, selection)
    return redirect(_back(request, f"{FRAGMENTS[kind]}{key}" if kind in KINDS else ""))


@require_safe
def selection(request):
    """What an address holds; without one, what the session holds, at its address."""
    now = timezone.now()
    own, shown = chosen(request), asked(request.GET)
    if own is not None and own.count and not shown.count:
        return redirect(f"{reverse('selection')}{own.query}")
    places, occurrences = cards_of(shown, now), occurrences_of(shown, now)
    url = request.build_absolute_uri(f"{reverse('selection')}{shown.query}")
    return render(
        request,
        "places/selection.html",
        {
            "shown": shown,
            "is_own": own == shown,
            "places": [(place, message_of_place(request, place)) for place in places],
            "occurrences": [(row, message_of_occurrence(request, row)) for row in occurrences],
            "gone": shown.count - len(places) - len(occurrences),
            "list_form": ListNameForm() if is_professional(request.user) else None,
            "form": SlipForm(neighbourhoods=_neighbourhoods_around(places)),
            "mail": mail_of(request, places, occurrences, url),
            "url": url,
        },
    )


@require_POST
def slip_make(request):
    """Count the slip, then show it at its own address, which a second look does not count again."""
    now = timezone.now()
    selection = asked(request.POST)
    form = SlipForm(request.POST, neighbourhoods=Neighbourhood.objects.current())
    if form.is_valid() and selection.count:
        OrientationCount.objects.add(on=timezone.localdate(now), **form.cleaned_data)
    return redirect(f"{reverse('slip')}{selection.query}")


@require_safe
def slip(request):
    """Sheets of A5, one for each choice."""
    now = timezone.now()
    selection = asked(request.GET)
    rows = Place.objects.published().select_related("commune", "neighbourhood", "source")
    places = in_order(rows.filter(pk__in=selection.places), selection.places)
    read_short_lists(places)
    read_closures(places, now)
    return render(
        request,
        "places/slip.html",
        {
            "selection": selection,
            "place_sheets": [sheet_of_place(request, place, now) for place in places],
            "occurrence_sheets": [
                sheet_of_occurrence(request, row, now) for row in occurrences_of(selection, now)
            ],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def unmet_need(request):
    """ "Nothing fits": counted by help, territory, half-day and week."""
    form = UnmetNeedForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    if form.is_valid():
        said = form.cleaned_data
        UnmetNeed.objects.add(
            on=timezone.localdate(),
            service=said["service"],
            half_day=said["half_day"],
            **said["where"],
        )
        messages.success(request, _("Merci. Ce besoin est compté, sans rien dire de la personne."))
        return redirect("unmet-need")
    return render(request, "places/unmet_need.html", {"form": form}, status=400 if form.is_bound else 200)


def _back(request, fragment):
    """The page of this site from which the button was pressed; else the selection."""
    page = request.headers.get("Referer", "").partition("#")[0]
    if url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return f"{page}{fragment}"
    return reverse("selection")


def _neighbourhoods_around(places):
    communes = {place.commune_id for place in places}
    return Neighbourhood.objects.current().filter(communes__in=communes).distinct().order_by("folded_name")
