"""Files as operators hand them over, made by the tests."""

import csv
import gzip
import io
import json

import pytest
from django.apps import apps
from django.core.management import call_command

from places.importers.base import FIXTURES, LISTS, reference_lists

LOADED = {}  # model -> rows of the reference lists


@pytest.fixture
def reference(db):
    """The controlled lists. Loading them takes half a second: it is done once, then rows are only written."""
    if LOADED:
        for model, rows in LOADED.items():
            model.objects.bulk_create(rows)
        return
    with reference_lists(True, is_dry_run=False):
        listed = [row["model"] for name in LISTS for row in json.loads((FIXTURES / name).read_text())]
    models = [apps.get_model(name) for name in dict.fromkeys(listed)]
    links = [field.remote_field.through for model in models for field in model._meta.many_to_many]
    LOADED.update({model: list(model.objects.all()) for model in [*models, *links]})


@pytest.fixture
def write(tmp_path):
    """write("lieux.csv", text or bytes) -> its path."""

    def write_file(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


@pytest.fixture
def run(capsys):
    """run("import_places", path, "--dry-run") -> what it said."""

    def run_command(name, path, *options):
        out = io.StringIO()
        call_command(name, str(path), *options, stdout=out)
        return out.getvalue()

    return run_command


def as_csv(*rows):
    """CSV of rows {column: value}."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def as_gzip(text):
    return gzip.compress(text.encode())


def as_geojson(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def square(west, south, size=0.02):
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "MultiPolygon", "coordinates": [[ring]]}


def a_place(identity="1", **cells):
    """A row of the national standard, in Brest."""
    return {
        "id": identity,
        "nom": "La Maison",
        "adresse": "12 rue des Lilas",
        "code_postal": "29200",
        "commune": "Brest",
        "code_insee": "29019",
        "latitude": "48.3904",
        "longitude": "-4.4861",
        "typologie": "EPN",
        "telephone": "02 98 00 11 22",
        "services": "Aide aux démarches administratives",
        "horaires": "Mo-Fr 09:00-12:00",
        "date_maj": "2026-01-05",
        "source": "hub",
    } | cells


def a_commune(code="29019", name="Brest", **cells):
    return {
        "code_insee": code,
        "nom": name,
        "codes_postaux": "29200",
        "latitude": "48.39",
        "longitude": "-4.48",
        "population_municipale": "140000",
        "code_departement": "29",
        "departement": "Finistère",
        "code_region": "53",
        "region": "Bretagne",
    } | cells
