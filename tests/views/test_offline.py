"""The site on a first screen, and what the browser keeps of it: see also tests/browser/test_offline.py."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

pytestmark = pytest.mark.django_db


def config(client):
    script = client.get(reverse("offline-worker")).content.decode()
    return json.loads(re.search(r"const CONFIG = (.*);", script)[1])


class TestWorker:
    def test_is_at_the_root_so_that_it_reaches_the_whole_site(self):
        assert reverse("offline-worker").count("/") == 1

    def test_is_asked_for_anew_each_time(self, client):
        assert "no-cache" in client.get(reverse("offline-worker")).headers["Cache-Control"]

    def test_keeps_files_that_are_there(self, client):
        page, *files = config(client)["shell"]
        assert client.get(page).status_code == 200
        assert files
        for path in files:
            assert finders.find(path.removeprefix("/static/")), path

    def test_has_another_version_when_what_it_keeps_changes(self, client, monkeypatch):
        before = config(client)["version"]
        assert config(client)["version"] == before
        monkeypatch.setattr("places.views.offline.SHELL", ["css/base.css"])
        assert config(client)["version"] != before


class TestManifest:
    def test_is_named_by_every_page_and_has_icons_that_are_there(self, client):
        assert f'rel="manifest" href="{reverse("manifest")}"' in client.get("/").content.decode()
        told = client.get(reverse("manifest"))
        assert told.headers["Content-Type"] == "application/manifest+json"
        sizes = {icon["sizes"] for icon in told.json()["icons"]}
        assert sizes == {"192x192", "512x512"}
        for icon in told.json()["icons"]:
            assert finders.find(icon["src"].removeprefix("/static/"))


class TestPageWithoutANetwork:
    def test_says_what_to_do(self, visit):
        page = visit("offline")
        assert "Vous êtes hors connexion" in page
        assert '<meta name="robots" content="noindex">' in page
