"""What a start of the site does, and above all what it does not do again."""

import io
import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from places.management.commands import prepare_site


def environment(folder):
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return kept | {"VAR_DIR": str(folder), "TLS": "0"}


class TestFirstAndSecondStart:
    def start(self, folder):
        return subprocess.run(
            [sys.executable, "manage.py", "prepare_site"],
            cwd=site.BASE_DIR,
            env=environment(folder),
            text=True,
            capture_output=True,
            timeout=120,
        )

    def test_the_first_does_everything_and_the_second_nothing(self, tmp_path):
        first = self.start(tmp_path)
        assert first.returncode == 0, first.stderr
        assert "Mise à jour de la base de données…" in first.stdout
        assert "Chargement du territoire de démonstration…" in first.stdout
        assert (tmp_path / "static/staticfiles.json").exists()

        second = self.start(tmp_path)
        assert second.returncode == 0, second.stderr
        assert "…" not in second.stdout
        assert "manage.py createsuperuser" in second.stdout


@pytest.fixture
def called(monkeypatch, settings, tmp_path):
    """The names of the commands that a start calls; none of them does anything."""
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").touch()
    names = []
    monkeypatch.setattr(prepare_site, "call_command", lambda name, **options: names.append(name))
    return names


def start():
    out = io.StringIO()
    call_command("prepare_site", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
class TestWhatIsDue:
    def test_an_empty_database_gets_the_demonstration(self, called, monkeypatch):
        monkeypatch.setattr(prepare_site, "is_new", lambda: True)
        start()
        assert "load_demonstration" in called

    def test_a_database_with_anything_in_it_never_gets_the_demonstration(self, called, monkeypatch):
        monkeypatch.setattr(prepare_site, "is_new", lambda: False)
        start()
        assert "load_demonstration" not in called

    def test_sessions_are_scheduled_once_a_day(self, called, monkeypatch):
        monkeypatch.setattr(prepare_site, "is_new", lambda: False)
        start()
        start()
        assert called.count("extend_agenda") == 1

    def test_static_files_are_collected_once_until_one_changes(self, called, monkeypatch):
        start()
        start()
        assert called.count("collectstatic") == 1
        monkeypatch.setattr(prepare_site, "fingerprint_of_static_files", lambda: "another")
        start()
        assert called.count("collectstatic") == 2

    def test_static_files_that_were_swept_away_are_collected_again(self, called, settings):
        start()
        (settings.STATIC_ROOT / "staticfiles.json").unlink()
        start()
        assert called.count("collectstatic") == 2

    def test_places_without_an_index_are_indexed(self, called, monkeypatch):
        monkeypatch.setattr(prepare_site, "lacks_index", lambda: True)
        start()
        assert "index_places" in called

    def test_a_migrated_database_is_not_migrated_again(self, called):
        start()
        assert "migrate" not in called

    def test_the_way_into_the_admin_is_told_until_somebody_can_enter(self, called, admin_user):
        assert "createsuperuser" not in start()
        admin_user.delete()
        assert "manage.py createsuperuser" in start()


class TestRefusals:
    def test_a_taken_port_is_told_in_one_line(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            with pytest.raises(CommandError, match=f"Le port {port} est déjà pris. Essayez PORT="):
                call_command("prepare_site", listen=f"127.0.0.1:{port}")

    @pytest.mark.parametrize("port", ["huit-mille", "99999", "0"])
    def test_a_port_that_is_none_is_told_in_one_line(self, port):
        with pytest.raises(CommandError, match=f"PORT={port} : attendu un nombre"):
            call_command("prepare_site", listen=f"127.0.0.1:{port}")

    def test_an_address_of_another_machine_is_told_in_one_line(self):
        with pytest.raises(CommandError, match="Impossible d’écouter sur 192"):
            call_command("prepare_site", listen="192.0.2.1:8000")

    def test_a_database_that_does_not_answer_is_told_in_one_line(self, monkeypatch):
        def refuse(*args):
            raise OperationalError("connection refused")

        monkeypatch.setattr(connection, "cursor", refuse)
        with pytest.raises(CommandError, match="La base de données ne répond pas : connection refused"):
            call_command("prepare_site")
