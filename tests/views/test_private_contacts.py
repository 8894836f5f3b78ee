"""A contact for professionals only: on two pages for them, at no address of the site for anybody else."""

import io
import re
import zipfile

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from places import urls
from places.domain.selection import Selection
from places.models import SharedList
from places.search import rebuild
from places.sitemaps import SITEMAPS
from tests.factories import (
    TOWN_HALL,
    CommuneFactory,
    NeighbourhoodFactory,
    OccurrenceFactory,
    PartnerContactFactory,
    PartnerFactory,
    PartnershipFactory,
    PlaceFactory,
    ProjectFactory,
    ThemeFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db

FUNCTION, PHONE, EMAIL = "Référente insertion", "+33298765432", "ligne.directe@prive.example"
SECRETS = ["referenteinsertion", "298765432", "lignedirecte@priveexample"]
FILES = {"extension": ["csv", "xlsx"], "kind": ["csv", "xlsx", "geojson"], "section": SITEMAPS}


@pytest.fixture
def town():
    """{first part of an address: {name of what varies in it: values}}: a partner known to all around it."""
    theme, commune = ThemeFactory(code="emploi"), CommuneFactory(epci_code="242900314", epci_name="Métropole")
    area = NeighbourhoodFactory(name="Bellevue", communes=[commune])
    place = PlaceFactory(name="L’Escale", east_of=TOWN_HALL, commune=commune, kinds=[], serves=[area])
    partner = PartnerFactory(name="Cap Bellevue", neighbourhoods=[area], themes=[theme], commune=commune)
    PartnerContactFactory(
        partner=partner, function=FUNCTION, phone=PHONE, email=EMAIL, visibility="PROFESSIONAL"
    )
    PartnershipFactory(place=place, partner=partner, theme=theme)
    workshop = WorkshopFactory(place=place, host_partner=partner)
    occurrence = OccurrenceFactory(workshop=workshop)
    rebuild()
    owner = User.objects.create_user("autre")
    kept = SharedList.objects.keep(owner, "Liste", Selection((place.pk,), (occurrence.pk,)))
    return {
        "lieux": {"slug": [place.slug]},
        "quartiers": {"slug": [area.slug], "key": [area.slug]},
        "communes": {"key": ["29019"], "insee_code": ["29019"]},
        "intercommunalites": {"key": ["242900314"]},
        "ateliers": {"slug": [workshop.slug], "slot": [occurrence.slot]},
        "partenaires": {"slug": [partner.slug]},
        "projets": {"slug": [ProjectFactory(partners=[partner], neighbourhoods=[area]).slug]},
        "mon-espace": {"pk": [kept.pk]},
        "listes": {"token": [kept.token]},
        "integre": {"view": ["map", "list", "agenda"]},
        "carte": {"digest": [Client().get(reverse("map-all-points")).url.split("-")[-1].split(".")[0]]},
        "chosen": {"places": str(place.pk), "occurrences": str(occurrence.pk)},
    }


@pytest.fixture
def professional():
    user = User.objects.create_user("pro")
    user.groups.add(Group.objects.get(name="Professionnels"))
    return user


def client_of(user):
    client = Client()
    if user:
        client.force_login(user)
    return client


def addresses(town):
    """(name, path) of every page, file, feed and piece of data that has an address in places/urls.py."""
    for pattern in [*urls.urlpatterns, *urls.for_machines]:
        if pattern.name == "sign-out":
            continue  # the rest of the walk would be that of a visitor
        here = {**FILES, **town.get(str(pattern.pattern).partition("/")[0], {})}
        paths = [{}]
        for varies in pattern.pattern.converters:
            paths = [{**path, varies: value} for path in paths for value in here[varies]]
        yield from ((pattern.name, reverse(pattern.name, kwargs=path)) for path in paths)


def queries(town):
    chosen, area = town["chosen"], town["quartiers"]["slug"][0]
    return {
        "search": {"q": "cap bellevue"},
        "suggestions": {"q": "cap"},
        "agenda": {"neighbourhood": area},
        "partners": {"q": "cap bellevue"},
        "selection": chosen,
        "slip": chosen,
        "slip-make": chosen,
        "orientation-start": chosen,
        "embed": {"neighbourhood": area},
        "oembed": {"url": f"http://testserver{reverse('neighbourhood', args=[area])}"},
        "coverage": {"commune": "29019"},
        "coverage-file": {"commune": "29019"},
        "map-features": {"neighbourhood": area},
    }


def text_of(response):
    body = response.getvalue()
    if body.startswith(b"PK"):
        book = zipfile.ZipFile(io.BytesIO(body))
        body = b"\n".join(book.read(name) for name in book.namelist())
    return body.decode("utf-8", "replace")


def is_told(response):
    text = re.sub(r"[^0-9a-z@]", "", text_of(response).lower().replace("é", "e"))
    return any(secret in text for secret in SECRETS)


def walk(client, town):
    """{name of an address: statuses}, and the names of those that tell of the contact."""
    asked, statuses, telling = queries(town), {}, set()
    for name, path in addresses(town):
        for query in (asked.get(name, {}), {}):
            for response in (client.get(path, query), client.post(path, query)):
                statuses.setdefault(name, set()).add(response.status_code)
                if is_told(response):
                    telling.add(name)
    return statuses, telling


def test_the_walk_comes_to_every_address(town):
    statuses, _telling = walk(Client(), town)
    assert {name for name, found in statuses.items() if not found & {200, 302}} == set()


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("is_signed_in", [False, True], ids=["a visitor", "who is not of the group"])
def test_is_told_at_no_address_to(is_signed_in, prefix, town):
    client = client_of(User.objects.create_user("passante") if is_signed_in else None)
    assert walk(client, town)[1] == set()
    if prefix:
        for row in ("partenaires", "quartiers"):
            assert not is_told(client.get(f"{prefix}/{row}/{town[row]['slug'][0]}/"))


@pytest.mark.parametrize("q", [PHONE, "02 98 76 54 32", EMAIL, FUNCTION])
def test_is_not_found_by_who_guesses_it(q, town, client):
    for name in ("partners", "search", "suggestions"):
        assert "Cap Bellevue" not in client.get(reverse(name), {"q": q}).content.decode()


def test_is_on_the_page_of_the_partner_and_of_its_neighbourhood_for_a_professional(town, professional):
    assert walk(client_of(professional), town)[1] == {"partner", "neighbourhood"}


def test_is_there_for_who_works_in_the_admin(town):
    editor = client_of(User.objects.create_user("editrice", is_staff=True))
    assert is_told(editor.get(reverse("partner", args=town["partenaires"]["slug"])))


def test_is_said_to_be_for_professionals_where_they_read_it(town, professional):
    page = client_of(professional).get(reverse("partner", args=town["partenaires"]["slug"]))
    assert "Pour les professionnels" in page.content.decode()


def test_is_not_read_any_more_once_the_account_is_shut(town, professional):
    client = client_of(professional)
    User.objects.update(is_active=False)
    assert not is_told(client.get(reverse("partner", args=town["partenaires"]["slug"])))


class TestVisitors:
    def test_learn_that_there_is_more_and_where_to_sign_in(self, town, client):
        page = reverse("partner", args=town["partenaires"]["slug"])
        html = client.get(page).content.decode()
        assert "D’autres contacts sont réservés aux professionnels." in html
        assert f"{reverse('sign-in')}?next=%2Fpartenaires%2Fcap-bellevue%2F" in html

    def test_learn_nothing_of_the_kind_where_there_is_no_more(self, client):
        html = client.get(PartnerFactory().get_absolute_url()).content.decode()
        assert "réservés" not in html


class TestCaches:
    def test_keep_no_page_of_who_has_signed_in(self, town, professional):
        client = client_of(professional)
        for row in ("partenaires", "quartiers", "lieux"):
            kept = client.get(f"/{row}/{town[row]['slug'][0]}/").headers["Cache-Control"]
            assert {"private", "no-store"} <= set(kept.split(", ")), row

    def test_keep_what_is_the_same_for_everybody(self, professional):
        kept = client_of(professional).get(reverse("map-background")).headers["Cache-Control"]
        assert "private" not in kept

    def test_keep_the_choice_of_who_orients_for_that_browser_alone(self, client):
        client.post(reverse("orientation-start"))
        assert client.get("/").headers["Cache-Control"] == "private"

    def test_are_told_nothing_new_about_the_pages_of_visitors(self, town, client):
        assert "private" not in client.get("/partenaires/cap-bellevue/").headers.get("Cache-Control", "")

    def test_of_the_browser_keep_nothing_that_is_private(self, client):
        worker = client.get(reverse("offline-worker")).content.decode()
        assert r"/\b(private|no-store)\b/.test(response.headers.get(" in worker
