"""Pages that say what this site is, and the addresses that machines ask for."""

import json

import pytest
from django.contrib.sitemaps import Sitemap
from django.db import OperationalError, connection
from django.urls import reverse

from places.models import State
from places.sitemaps import SITEMAPS
from tests.factories import (
    NeighbourhoodFactory,
    PartnerFactory,
    PlaceFactory,
    SourceFactory,
    ThemeFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db

LEGAL = {
    "publisher": "Ville de Brest",
    "publisher_address": "2 rue Frézier\n29200 Brest",
    "director": "La directrice",
    "host": "L’hébergeur, 1 rue du Serveur",
    "contact_email": "contact@example.org",
    "contact_phone": "02 98 00 00 00",
}
NOBODY = dict.fromkeys(LEGAL, "")


class TestWords:
    def test_about_tells_the_study_and_its_axes_and_leads_to_their_places(self, visit):
        ThemeFactory(code="emploi", name="Emploi et insertion", description="CV, offres, entretiens.")
        page = visit("about")
        for words in ("2011", "Emploi et insertion", "CV, offres, entretiens.", "?theme=emploi"):
            assert words in page

    def test_legal_says_who_publishes_and_who_hosts(self, visit, settings):
        settings.LEGAL = LEGAL
        page = visit("legal")
        for words in ("Ville de Brest", "2 rue Frézier<br>29200 Brest", "La directrice", "L’hébergeur"):
            assert words in page

    def test_legal_of_a_trial_site_says_that_it_is_one(self, visit, settings):
        settings.LEGAL = NOBODY
        page = visit("legal")
        assert "c’est un site d’essai" in page
        assert "mailto:" not in page

    def test_legal_names_the_sources_whose_places_are_online_and_their_licence(self, visit):
        hub = SourceFactory(
            code="hub", name="Le Hub", licence="Licence Ouverte", url="https://hub.example.org/"
        )
        PlaceFactory(source=hub)
        PlaceFactory(source=hub)
        PlaceFactory(source=SourceFactory(code="secrète", name="Secrète"), state=State.DRAFT)
        page = visit("legal")
        assert page.html.count("Le Hub") == 1
        assert "Licence Ouverte" in page
        assert "Secrète" not in page

    @pytest.mark.parametrize("name", ["help", "accessibility", "privacy", "legal"])
    def test_each_says_how_to_reach_somebody_when_somebody_can_be_reached(self, name, visit, settings):
        settings.LEGAL = LEGAL
        assert 'href="mailto:contact@example.org"' in visit(name)
        settings.LEGAL = NOBODY
        assert "mailto:" not in visit(name)
        assert "tel:" not in visit(name)

    def test_privacy_says_whether_tiles_come_from_elsewhere(self, visit, settings):
        settings.TILE_URL = ""
        assert "La carte est entièrement servie par ce site" in visit("privacy")
        settings.TILE_URL = "https://tiles.example.org/{z}/{x}/{y}.png"
        assert "La carte est entièrement servie par ce site" not in visit("privacy")


class TestHealth:
    def test_says_that_all_is_well_and_is_kept_by_nobody(self, visit):
        page = visit("health")
        assert json.loads(page.html) == {"status": "ok"}
        assert "no-store" in page.headers["Cache-Control"]

    def test_asks_the_database_so_that_an_outage_shows(self, visit, monkeypatch):
        def is_down(*_args, **_kwargs):
            raise OperationalError("down")

        monkeypatch.setattr(connection, "cursor", is_down)
        page = visit("health")
        assert page.status == 503
        assert page.headers["Retry-After"]


class TestRobots:
    def test_are_kept_out_of_the_admin_and_shown_the_map_of_the_site(self, visit):
        page = visit("robots")
        assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
        lines = page.html.splitlines()
        assert "User-agent: *" in lines
        assert f"Disallow: {reverse('admin:index')}" in lines
        assert "Sitemap: http://testserver/sitemap.xml" in lines


class TestSitemap:
    @pytest.mark.parametrize("section", SITEMAPS)
    def test_names_each_section_and_each_answers(self, section, visit, client):
        assert f"http://testserver/sitemap-{section}.xml" in visit("sitemap-index")
        answer = client.get(reverse("django.contrib.sitemaps.views.sitemap", args=[section]))
        assert answer.status_code == 200
        assert "xml" in answer.headers["Content-Type"]

    def test_holds_what_is_online_and_nothing_else(self, client):
        online = [PlaceFactory(), NeighbourhoodFactory(), WorkshopFactory(), PartnerFactory()]
        hidden = [
            PlaceFactory(state=State.DRAFT),
            NeighbourhoodFactory(kind="PRIORITY", generation=2015, code="QP029001"),
            WorkshopFactory(place=PlaceFactory(state=State.ARCHIVED)),
            WorkshopFactory(state=State.DRAFT),
            PartnerFactory(is_published=False),
        ]
        written = "".join(
            client.get(reverse("django.contrib.sitemaps.views.sitemap", args=[section])).content.decode()
            for section in SITEMAPS
        )
        for row in online:
            assert f"http://testserver{row.get_absolute_url()}<" in written
        for row in hidden:
            assert f"{row.get_absolute_url()}<" not in written

    def test_fits_the_limit_of_search_engines(self):
        assert Sitemap.limit <= 50_000


class TestErrors:
    def test_of_ours_is_told_in_french_without_a_database(self, client, monkeypatch):
        def break_down(*_args, **_kwargs):
            raise RuntimeError("broken")

        monkeypatch.setattr("places.views.pages.Theme.objects.all", break_down)
        client.raise_request_exception = False
        response = client.get(reverse("about"))
        assert response.status_code == 500
        assert "Un problème de notre côté" in response.content.decode()
        assert "Traceback" not in response.content.decode()
