"""Every list and every form: it opens, in French, from our own server, in a fixed number of queries."""

import datetime as dt
import gettext
import re
from ast import literal_eval

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from places.admin import site
from places.models import (
    AccessMode,
    Audience,
    Fee,
    Label,
    Language,
    Need,
    OrientationCount,
    PlaceKind,
    SchoolHoliday,
    SharedList,
    Source,
    SupportMode,
    UnmetNeed,
)
from tests.admin import rows

pytestmark = pytest.mark.django_db


def reference(model):
    number = next(rows.numbers)
    return model.objects.create(code=f"code-{number}", label=f"Libellé {number}", name=f"Nom {number}")


def need():
    row = Need.objects.create(words=f"mot {next(rows.numbers)}", name="Imprimer")
    row.services.add(rows.service())
    return row


def refused_login():
    return AccessAttempt.objects.create(
        username=f"nom{next(rows.numbers)}", ip_address="192.0.2.1", failures_since_start=5
    )


def account():
    user = User.objects.create_user(f"compte{next(rows.numbers)}", first_name="Léa")
    user.groups.add(Group.objects.get(name="Éditeurs"))
    return user


def borough_free_commune():
    number = next(rows.numbers)
    return rows.commune(f"Commune {number}", f"29{number:03}")


def other_department():
    row = rows.department()
    return type(row).objects.create(code=str(next(rows.numbers) + 30)[:3], name="Un autre")


def holiday():
    first = dt.date(2026, 1, 1) + dt.timedelta(days=next(rows.numbers))
    return SchoolHoliday.objects.create(zone="A", name="Pont", starts_on=first, ends_on=first)


def counted():
    week = dt.date(2026, 1, 5) + dt.timedelta(weeks=next(rows.numbers))
    return OrientationCount.objects.create(week=week, theme=rows.theme(), count=2)


def unmet():
    week = dt.date(2026, 1, 5) + dt.timedelta(weeks=next(rows.numbers))
    return UnmetNeed.objects.create(week=week, service=rows.service(), commune=rows.commune(), count=3)


def shared_list():
    owner = User.objects.create_user(f"pro{next(rows.numbers)}")
    return SharedList.objects.create(owner=owner, name="Aide aux CV")


# How one more row of each list is made.
MAKERS = {
    "places.place": lambda: rows.place(location=rows.TOWN_HALL),
    "places.closure": rows.closure,
    "places.workshop": rows.workshop,
    "places.occurrence": lambda: rows.workshop().occurrences.first(),
    "places.correction": rows.correction,
    "places.partner": rows.partner,
    "places.partnercontact": rows.contact,
    "places.offer": rows.offer,
    "places.partnership": rows.partnership,
    "places.project": rows.project,
    "places.neighbourhood": lambda: rows.neighbourhood(f"Quartier {next(rows.numbers)}"),
    "places.commune": borough_free_commune,
    "places.department": other_department,
    "places.theme": lambda: reference(type(rows.theme())),
    "places.service": lambda: reference(type(rows.service())),
    "places.need": need,
    "places.source": lambda: Source.objects.create(code=f"source-{next(rows.numbers)}", name="Une source"),
    "places.schoolholiday": holiday,
    "places.orientationcount": counted,
    "places.unmetneed": unmet,
    "places.sharedlist": shared_list,
    "auth.user": account,
    "auth.group": lambda: Group.objects.create(name=f"Groupe {next(rows.numbers)}"),
    "axes.accessattempt": refused_login,
    **{
        model._meta.label_lower: lambda model=model: reference(model)
        for model in (AccessMode, Audience, Fee, Label, Language, PlaceKind, SupportMode)
    },
}
MODELS = sorted(MAKERS)


def address(label, page, *args):
    return reverse(f"admin:{label.replace('.', '_')}_{page}", args=args)


def test_every_list_of_the_admin_is_among_those_tried_here():
    assert {model._meta.label_lower for model in site._registry} == set(MODELS)


@pytest.mark.parametrize("label", MODELS)
def test_a_list_asks_as_much_of_the_database_for_six_rows_as_for_two(label, admin):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert admin.get(address(label, "changelist"), {"all": ""}).status_code == 200
        return len(asked)

    make = MAKERS[label]
    make(), make()
    queries()  # content types and the like are read once
    few = queries()
    for _ in range(4):
        make()
    assert queries() == few


@pytest.mark.parametrize("label", MODELS)
def test_a_search_answers(label, admin):
    MAKERS[label]()
    assert admin.get(address(label, "changelist"), {"q": "l’Été 29"}).status_code == 200


ALL_PAGES = ["change", "history", "delete"]
# A session is cancelled, never deleted; what is counted is only read; of a refused login the list says
# all there is.
PAGES_OF_A_ROW = {
    "places.occurrence": ["change", "history"],
    "places.orientationcount": ["change"],
    "places.unmetneed": ["change"],
    "axes.accessattempt": [],
}


@pytest.fixture
def pages_of(admin):
    """The list, the pages that add, change and delete a row, and its history, as text."""

    def read(label):
        row = MAKERS[label]()
        addresses = [address(label, "changelist")]
        addresses += [address(label, page, row.pk) for page in PAGES_OF_A_ROW.get(label, ALL_PAGES)]
        response = admin.get(address(label, "add"))
        pages = [] if response.status_code == 403 else [response]
        pages += [admin.get(url) for url in addresses]
        assert {page.status_code for page in pages} == {200}
        return [page.content.decode() for page in pages]

    return read


# What a browser would fetch or run by itself. Links that one may click are no business of this test.
FETCHED = re.compile(
    r'(?:<(?:script|img|iframe|source|embed|object)\b[^>]*\ssrc|<link\b[^>]*\shref)="([^"]*)"', re.I
)
INLINE = re.compile(
    r"<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>|<style|\sstyle=\"|\son[a-z]+=\"", re.I
)
ENGLISH = re.compile(
    r"\b(Add|Change|Changed|Delete|Deleted|Select|Save|View|Home|Search|Filter|Yes|No|Unknown|History|None|"
    r"object|Relations?|Postings?|Attempted|Users?|Groups?|Permissions? for|Choose|Close|Log out|Log in|"
    r"Can (?:add|change|view|delete)|Password:)\b"
)


@pytest.mark.parametrize("label", MODELS)
def test_nothing_is_fetched_from_another_host_and_nothing_runs_inline(label, pages_of):
    for page in pages_of(label):
        assert [url for url in FETCHED.findall(page) if not url.startswith("/") or url.startswith("//")] == []
        assert INLINE.findall(page) == []


def words_of(page):
    """What is read or heard: the text, and the attributes that are."""
    spoken = re.findall(r'\s(?:alt|title|aria-label|placeholder)="([^"]*)"', page)
    spoken += re.findall(r'type="submit" value="([^"]*)"', page)
    text = re.sub(r"<script.*?</script>|<!--.*?-->|<[^>]*>", " ", page, flags=re.S)
    return " ".join([text, *spoken])


@pytest.mark.parametrize("label", MODELS)
def test_no_word_on_screen_is_english(label, pages_of):
    for page in pages_of(label):
        assert ENGLISH.findall(words_of(page)) == []


def test_a_form_of_a_place_asks_as_much_of_the_database_whatever_hangs_on_it(admin):
    place = rows.place()

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert admin.get(address("places.place", "change", place.pk)).status_code == 200
        return len(asked)

    def hang():
        rows.partnership(at=place)
        rows.closure(at=place)
        rows.workshop(at=place)
        rows.correction(at=place)

    hang()
    queries()
    few = queries()
    hang(), hang()
    assert queries() == few


@pytest.mark.parametrize("path", ["/admin/", "/admin/password_change/", "/admin/places/"])
def test_the_pages_around_the_lists_are_french_and_our_own(path, admin):
    page = admin.get(path).content.decode()
    assert ENGLISH.findall(words_of(page)) == []
    assert INLINE.findall(page) == []


def test_the_catalogue_that_is_read_says_what_the_written_one_says(settings):
    folder = settings.BASE_DIR / "places" / "locale" / "fr" / "LC_MESSAGES"
    with (folder / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    pairs = re.findall(r'^msgid (".+")\nmsgstr (".+")$', (folder / "django.po").read_text(), re.M)
    written = [tuple(map(literal_eval, pair)) for pair in pairs]
    assert [(message, compiled.gettext(message)) for message, _ in written] == written
