"""An import that is killed, or that meets another: what is stored is whole, and a second run completes it."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.conf import settings

from places.importers.lock import only_import

from .conftest import a_commune, a_place, as_csv

ROWS = 4_000


@pytest.fixture
def site(tmp_path, write):
    """A database of its own, in a file: a killed process cannot share that of the tests."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"VAR_DIR": str(tmp_path), "TLS": "0", "DJANGO_SETTINGS_MODULE": "epn_directory.settings"}

    def start(*arguments):
        return subprocess.Popen(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    for arguments in (
        ["migrate", "-v0"],
        ["import_communes", write("communes.csv", as_csv(a_commune()))],
    ):
        with start(*arguments) as process:
            _out, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    return start


def stored(tmp_path):
    with closing(sqlite3.connect(tmp_path / "epn.sqlite3")) as database:
        return database.execute("SELECT count(*) FROM places_place").fetchone()[0]


def test_killed_in_the_middle_it_is_completed_by_a_second_run(site, write, tmp_path):
    places = write("lieux.csv", as_csv(*(a_place(str(n), nom=f"Lieu {n}") for n in range(ROWS))))
    first = site("import_places", places)
    while first.poll() is None and not stored(tmp_path):
        time.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert stored(tmp_path) <= ROWS

    with site("import_places", places) as second:
        said, errors = second.communicate(timeout=120)
    assert second.returncode == 0, errors
    assert "0 rejeté" in said
    assert stored(tmp_path) == ROWS


def test_while_another_runs_it_is_refused_in_one_line(site, write, tmp_path):
    places = write("lieux.csv", as_csv(*(a_place(str(n), nom=f"Lieu {n}") for n in range(ROWS))))
    first = site("import_places", places)
    while first.poll() is None and not stored(tmp_path):
        time.sleep(0.02)
    with site("import_places", places) as second:
        _said, errors = second.communicate(timeout=60)
    assert second.returncode == 1
    assert "Une autre importation est en cours" in errors
    assert "Traceback" not in errors
    _said, errors = first.communicate(timeout=120)
    assert first.returncode == 0, errors


@pytest.mark.django_db(transaction=True)
def test_the_turn_is_given_back():
    for _ in range(2):
        with only_import():
            pass
