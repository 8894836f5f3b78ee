"""An import that is killed, or that meets another: what is stored is whole, and a second run completes it."""

import os
import signal
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from places.importers.lock import only_import
from places.models import Place, Posting

from .conftest import a_commune, a_place, as_csv

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

ROWS = 1_500


@pytest.fixture
def start(tmp_path):
    """start("import_places", path): the command in a process of its own, on the database of the tests."""
    here = connection.settings_dict
    url = f"spatialite:///{here['NAME']}"
    if connection.vendor == "postgresql":
        account = f"{quote(here['USER'])}:{quote(here['PASSWORD'] or '')}"
        url = f"postgis://{account}@{quote(here['HOST'], safe='')}:{here['PORT'] or 5432}/{here['NAME']}"
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "epn_directory.settings"}
    running = []

    def start_command(*arguments):
        process = subprocess.Popen(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield start_command
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def file_of_places(write, run):
    run("import_communes", write("communes.csv", as_csv(a_commune())))
    return write("lieux.csv", as_csv(*(a_place(str(n), nom=f"Lieu {n}") for n in range(ROWS))))


def wait_for(process, is_reached):
    while process.poll() is None and not is_reached():
        time.sleep(0.01)
    assert process.poll() is None, process.communicate()[1]


@pytest.mark.parametrize(
    "is_reached",
    [Place.objects.exists, lambda: Place.objects.count() == ROWS],
    ids=["between two batches", "while it indexes"],
)
def test_killed_it_leaves_whole_rows_and_a_second_run_completes_them(is_reached, start, file_of_places, run):
    first = start("import_places", file_of_places)
    wait_for(first, is_reached)
    first.send_signal(signal.SIGKILL)
    first.communicate()

    left = Place.objects.count()
    assert Place.objects.filter(kinds__code="EPN", services__isnull=False).distinct().count() == left
    assert Place.history.count() == left

    said = run("import_places", file_of_places)
    assert "0 rejeté" in said
    assert Place.objects.count() == ROWS
    assert Posting.objects.values("place").distinct().count() == ROWS


def test_while_another_runs_it_is_refused_in_one_line(start, file_of_places):
    first = start("import_places", file_of_places)
    wait_for(first, Place.objects.exists)
    second = start("import_places", file_of_places)
    _said, errors = second.communicate(timeout=60)
    assert second.returncode == 1
    assert "Une autre importation est en cours" in errors
    assert "Traceback" not in errors
    _said, errors = first.communicate(timeout=120)
    assert first.returncode == 0, errors
    assert Place.objects.count() == ROWS


def test_interrupted_from_the_keyboard_it_says_how_to_go_on(start, file_of_places):
    process = start("import_places", file_of_places)
    wait_for(process, Place.objects.exists)
    process.send_signal(signal.SIGINT)
    _said, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "relancée, finira le travail" in errors
    assert "Traceback" not in errors


def test_the_turn_is_given_back():
    for _ in range(2):
        with only_import():
            pass
