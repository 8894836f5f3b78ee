"""The agenda: coming sessions day by day, or a month of them as a table."""

from itertools import groupby

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from places.domain.geo import distance_label
from places.domain.period import month_period, next_month, previous_month, weeks_of
from places.forms import AgendaForm
from places.models import Language, Occurrence
from places.search import Agenda
from places.search.agenda import NEAR_M

from .links import query_with, reaches_of, url_with, without

PAGE_SIZE = 30
# Shown when nothing answers, or little.
OTHERS = 4
FEW = 3
# A day of the table shows so many, and says how many more there are.
ROWS_OF_A_DAY = 3

FILTERS = ("theme", "audience", "language", "fee")


@require_safe
def agenda(request):
    form = AgendaForm(request.GET)
    context = {"form": form, "agenda": None, "page": None, "days": [], "weeks": None, "total": 0}
    context |= {"chips": [], "later": [], "nearby": [], "reaches": [], "calendar_query": ""}
    if form.is_valid():
        month, found = form.cleaned_data["month"], Agenda(at=timezone.now(), **form.asked)
        context |= month_of(request, found, month) if month else list_of(request, found)
        context |= {"agenda": found, "chips": chips_of(request, form, found), "today": found.today}
        position = None if found.spot.is_named else form.cleaned_data["position"]
        context["reaches"] = reaches_of(request, form, position, NEAR_M)
        context["calendar_query"] = query_with(request, month=None)
    show_languages_in_use(form)
    context |= {"whens": whens_of(request, form), "kept_fields": kept_fields_of(request)}
    return render(request, "places/agenda.html", context)


def list_of(request, found):
    """A page of sessions, and where to look when there are few."""
    page = Paginator(found.coming.for_rows(), PAGE_SIZE).get_page(request.GET.get("page"))
    total = page.paginator.count
    is_period = bool(found.when or found.day)
    return {
        "page": page,
        "days": by_day(page.object_list),
        "total": total,
        "month_url": url_with(request, month=f"{found.day or found.today:%Y-%m}", when=None, day=None),
        "later": found.later.held().for_rows()[:OTHERS] if is_period and not total else [],
        "nearby": found.nearby(OTHERS) if total < FEW else [],
    }


def by_day(occurrences):
    """[(date, [occurrence, …]), …]: hours of several clocks are put in the order of their days."""
    rows = sorted(occurrences, key=lambda row: (row.local_date, row.starts_at))
    return [(day, list(group)) for day, group in groupby(rows, key=lambda row: row.local_date)]


def month_of(request, found, month):
    """The weeks of the month, each day with its first sessions and how many others there are."""
    dates = found.by_date(lambda _today: month_period(month))
    shown = [pk for pks in dates.values() for pk in pks[:ROWS_OF_A_DAY]]
    rows = {row.pk: row for row in Occurrence.objects.filter(pk__in=shown).for_rows()}
    weeks = [
        [day_of(request, date, dates.get(date, []), rows, date.month == month.month) for date in week]
        for week in weeks_of(month)
    ]
    total = sum(map(len, dates.values()))
    return {
        "month": month,
        "weeks": weeks,
        "total": total,
        "list_url": url_with(request, month=None),
        "previous_month": (previous_month(month), url_with(request, month=f"{previous_month(month):%Y-%m}")),
        "next_month": (next_month(month), url_with(request, month=f"{next_month(month):%Y-%m}")),
        "nearby": [] if total else found.nearby(OTHERS),
    }


def day_of(request, date, pks, rows, is_of_month):
    """A cell of the table."""
    return {
        "date": date,
        "is_of_month": is_of_month,
        "rows": [rows[pk] for pk in pks[:ROWS_OF_A_DAY]] if is_of_month else [],
        "more_count": max(0, len(pks) - ROWS_OF_A_DAY),
        "url": url_with(request, month=None, when=None, day=f"{date:%Y-%m-%d}"),
    }


def whens_of(request, form):
    """The days one asks for most, a link each."""
    asked = form.cleaned_data if form.is_valid() else {}
    is_month, day = bool(asked.get("month")), asked.get("day")
    return [
        {
            "name": name,
            "url": url_with(request, when=code, day=None, month=None),
            "selected": not (is_month or day) and asked.get("when") == code,
        }
        for code, name in form.fields["when"].choices
    ]


def show_languages_in_use(form):
    """A list of thirty languages helps nobody: those of workshops only, when all that is asked is read."""
    form.fields["language"].queryset = Language.objects.filter(workshops__isnull=False).distinct()


def kept_fields_of(request):
    """Fields without a box of their own, that the form carries on."""
    names = ("neighbourhood", "commune", "lon", "lat", "radius", "when", "month")
    return [(name, request.GET[name]) for name in names if request.GET.get(name)]


# -- Criteria in force ---------------------------------------------------------------------------


def chips_of(request, form, found):
    """[{label, remove_url}]: each thing that is asked for, and the agenda without it."""
    asked = form.cleaned_data
    chips = []
    if asked["q"]:
        chips.append((f"«\u00a0{asked['q']}\u00a0»", {"q": None}))
    elsewhere = found.spot.is_named  # then what the page still carried is no more asked for
    chips += [
        (str(asked[name]), {name: None})
        for name in ("neighbourhood", "commune")
        if asked[name] and not elsewhere
    ]
    if asked["position"] and not elsewhere:
        chips.append((around_of(asked["radius"]), {"lon": None, "lat": None, "radius": None}))
    for name in FILTERS:
        chips += [(row.name, {name: without(request, name, row.code)}) for row in asked[name]]
    for name in ("moment", "level"):
        names = dict(form.fields[name].choices)
        chips += [(names[code], {name: without(request, name, code)}) for code in asked[name]]
    if asked["free"]:
        chips.append((form.fields["free"].label, {"free": None}))
    return [{"label": label, "remove_url": url_with(request, **changes)} for label, changes in chips]


def around_of(radius):
    if not radius:
        return _("Près de vous")
    return _("À moins de %(distance)s") % {"distance": distance_label(radius)}
