"""Whatever stands in whichever cell, a row is stored sound or told: none stops the others."""

import json

import pytest
from django.core.exceptions import ValidationError

from places.models import Place
from places.opendata.schema import COLUMNS

from .conftest import a_commune, a_place, as_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

NASTY = [
    "",
    " \t\n ",
    "x" * 3_000,
    "mot " * 3_000,
    "\x00\x01\x7f",
    "\u202e\u2028\ufeff\u200b",
    "e\u0301" * 500,
    "😀" * 400,
    "<script>alert(1)</script>",
    "&#0;&#x110000;&amp;amp;",
    "=HYPERLINK(1)",
    "'; DROP TABLE places_place; --",
    "a|b|c;d\ne" * 100,
    "Infinity",
    "-1e308",
    "99999999999999999999",
    "48.39, -4.48",
    "2026-02-31",
    "0001-01-01",
    "9999-12-31",
    "Mo-Su 00:00-24:00; " * 40,
    "24/7",
    "+" + "9" * 60,
    "a@" + "b" * 300 + ".fr",
    "https://" + "a." * 300 + "fr",
    "http://[::1",
    "https://exemple.fr:99999/",
]
NASTY_JSON = [
    None,
    True,
    0,
    -1,
    10**30,
    1e308,
    29200.0,
    [],
    [None],
    ["a", 1, {}],
    {},
    {"a": {"b": []}},
    [["x"]],
    "\x00",
]


LINKS = ("commune", "source", "neighbourhood")


@pytest.fixture(autouse=True)
def _brest(write, run):
    run("import_communes", write("communes.csv", as_csv(a_commune())))


def assert_all_are_sound(count, said):
    stored = Place.objects.all()
    refused = int(said.split(" rejeté")[0].split()[-1])
    assert len(stored) + refused == count
    for place in stored:
        try:
            place.clean_fields(exclude=LINKS)  # the database itself holds links and constraints
        except ValidationError as error:
            pytest.fail(f"{place.external_id}: {error}")
        assert "\x00" not in f"{place.name}{place.description}{place.opening_hours_text}"


def test_of_csv(write, run):
    names = [column.name for column in COLUMNS]
    blank = dict.fromkeys(names, "") | a_place()
    rows = [blank | {"id": f"{name}-{rank}", name: cell} for name in names for rank, cell in enumerate(NASTY)]
    path = write("lieux.csv", as_csv(*rows))
    assert_all_are_sound(len(rows), run("import_places", path))
    assert " 0 mis à jour" in (said := run("import_places", path))
    assert said.startswith("0 créé")


def test_of_json(write, run):
    names = [column.name for column in COLUMNS]
    rows = [
        a_place(f"{name}-{rank}") | {name: cell} for name in names for rank, cell in enumerate(NASTY_JSON)
    ]
    path = write("lieux.json", json.dumps(rows))
    assert_all_are_sound(len(rows), run("import_places", path))
    assert " 0 mis à jour" in (said := run("import_places", path))
    assert said.startswith("0 créé")
