"""The settings, read as a new process reads them from its environment."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
ASK = """
import json, sys
from epn_directory import settings as s
print(json.dumps(eval(sys.argv[1]), default=str))
"""


def python(*args, **environment):
    """A new Python at the root of the project, which knows of no variable of ours but these."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, *args],
        cwd=ROOT,
        env=kept | environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.fixture
def ask(tmp_path):
    """ask("s.DEBUG", TLS="0"): what the settings hold in that environment."""

    def answer(expression, **environment):
        process = python("-c", ASK, expression, **{"VAR_DIR": str(tmp_path), **environment})
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        return json.loads(out)

    return answer


class TestSafeByDefault:
    def test_nothing_given_means_no_debug_and_everything_behind_tls(self, ask):
        assert ask("s.DEBUG") is False
        assert ask("[s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE]") == [True] * 3
        assert ask("s.SECURE_HSTS_SECONDS") == 31_536_000

    def test_only_this_machine_is_an_allowed_host_until_others_are_named(self, ask):
        assert ask("s.ALLOWED_HOSTS") == ["localhost", "127.0.0.1", "[::1]"]
        assert ask("s.ALLOWED_HOSTS", ALLOWED_HOSTS="epn.example.org, www.epn.example.org")[3:] == [
            "epn.example.org",
            "www.epn.example.org",
        ]

    def test_the_public_address_of_the_site_is_an_allowed_host(self, ask):
        assert "epn.example.org" in ask("s.ALLOWED_HOSTS", SITE_URL="https://epn.example.org/")

    def test_plain_http_is_for_who_asks_for_it(self, ask):
        assert ask("[s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE]", TLS="0") == [False, False]

    def test_a_flag_that_is_neither_yes_nor_no_is_refused(self, tmp_path):
        process = python("manage.py", "check", DEBUG="peut-être", VAR_DIR=str(tmp_path))
        _out, err = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "DEBUG=peut-être : attendu 0 ou 1." in err
        assert "Traceback" not in err

    def test_a_site_with_the_defaults_passes_the_deployment_checks(self, tmp_path):
        process = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", VAR_DIR=str(tmp_path))
        _out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err


class TestSecretKey:
    def test_is_made_once_kept_and_readable_by_its_owner_only(self, ask, tmp_path):
        first = ask("s.SECRET_KEY")
        kept = tmp_path / "secret_key"
        assert len(first) >= 50
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert ask("s.SECRET_KEY") == first == kept.read_text()

    def test_is_the_one_given_and_then_none_is_written(self, ask, tmp_path):
        assert ask("s.SECRET_KEY", SECRET_KEY="given") == "given"
        assert not (tmp_path / "secret_key").exists()

    def test_of_two_first_starts_at_once_is_the_same(self, tmp_path):
        starts = [python("-c", ASK, "s.SECRET_KEY", VAR_DIR=str(tmp_path)) for _ in range(4)]
        assert len({start.communicate(timeout=60)[0] for start in starts}) == 1

    def test_is_made_again_when_a_start_was_killed_before_it_was_written(self, ask, tmp_path):
        (tmp_path / "secret_key").touch(mode=0o600)
        assert len(ask("s.SECRET_KEY")) >= 50


class TestDatabase:
    def test_is_one_spatialite_file_beside_the_key_when_none_is_given(self, ask, tmp_path):
        engine, name = ask("[s.DATABASES['default'][key] for key in ('ENGINE', 'NAME')]")
        assert engine.endswith(".spatialite")
        assert name == f"{tmp_path}/epn.sqlite3"

    def test_of_postgis_plans_for_tables_in_memory_and_compiles_no_query(self, ask):
        options = ask("s.DATABASES['default']['OPTIONS']", DATABASE_URL="postgis://db/epn")
        assert options["options"] == "-c jit=off -c random_page_cost=1.1"

    @pytest.mark.parametrize("scheme", ["postgis", "postgres", "postgresql"])
    def test_is_postgis_whatever_its_server_is_called(self, ask, scheme):
        database = ask("s.DATABASES['default']", DATABASE_URL=f"{scheme}://clara:secret@db:5433/epn")
        assert database["ENGINE"] == "django.contrib.gis.db.backends.postgis"
        assert (database["USER"], database["HOST"], database["PORT"], database["NAME"]) == (
            "clara",
            "db",
            5433,
            "epn",
        )

    def test_survives_a_restart_of_its_server(self, ask):
        assert ask("s.DATABASES['default']['CONN_HEALTH_CHECKS']", DATABASE_URL="postgis://db/epn") is True

    @pytest.mark.parametrize("url", ["mysql://db/epn", "epn.sqlite3", "https://example.org"])
    def test_of_another_kind_is_refused_in_one_line(self, tmp_path, url):
        process = python("manage.py", "check", DATABASE_URL=url, VAR_DIR=str(tmp_path))
        _out, err = process.communicate(timeout=60)
        assert process.returncode == 1
        assert err == "manage.py: DATABASE_URL doit commencer par spatialite:/// ou par postgis://.\n"


class TestTiles:
    def test_come_from_openstreetmap_france_which_the_policy_lets_in(self, ask):
        allowed = ask("s.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src']")
        assert "https://a.tile.openstreetmap.fr" in allowed
        assert "https://c.tile.openstreetmap.fr" in allowed

    def test_are_called_for_nowhere_when_the_address_is_empty(self, ask):
        assert ask("[s.LEAFLET_CONFIG['TILES'], s.tile_hosts(s.TILE_URL)]", TILE_URL="") == [[], []]


class TestAddressService:
    def test_is_the_national_one_until_another_or_none_is_named(self, ask):
        assert ask("s.ADDRESS_URL") == "https://data.geopf.fr/geocodage/search"
        assert ask("s.ADDRESS_URL", ADDRESS_URL="http://ban.local/search") == "http://ban.local/search"
        assert ask("s.ADDRESS_URL", ADDRESS_URL="") == ""

    def test_is_never_a_file_of_this_machine(self, tmp_path):
        process = python("manage.py", "check", ADDRESS_URL="file:///etc/passwd", VAR_DIR=str(tmp_path))
        _out, err = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "ADDRESS_URL" in err


def test_the_tests_themselves_write_nothing_into_the_data_of_the_site():
    assert ROOT not in settings.VAR_DIR.parents
