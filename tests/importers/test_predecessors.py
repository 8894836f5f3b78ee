"""Which priority neighbourhoods of 2015 those of 2024 follow: from a table of pairs."""

import pytest
from django.core.management import CommandError

from places.models import Predecessor
from tests.factories import NeighbourhoodFactory
from tests.importers.conftest import as_csv

pytestmark = pytest.mark.django_db


def pair(former="QP029001", name="Quéliverzan", code="QN02904M", old="0.96", new="0,82"):
    columns = ("code_qp_2015", "nom_2015", "code_qp_2024", "part_du_qp_2015", "part_du_qp_2024")
    return dict(zip(columns, (former, name, code, old, new), strict=True))


@pytest.fixture
def bellevue():
    return NeighbourhoodFactory(name="Bellevue", kind="PRIORITY", generation=2024, code="QN02904M")


@pytest.fixture
def load(write, run):
    def load_rows(*rows, options=()):
        return run("import_neighbourhoods", write("pairs.csv", as_csv(*rows)), *options)

    return load_rows


def test_are_stored_with_the_share_of_each_surface(bellevue, load):
    assert load(pair()).startswith("1 créé, 0 mis à jour, 0 inchangé, 0 rejeté.")
    row = Predecessor.objects.get()
    assert (row.neighbourhood, row.code, row.name) == (bellevue, "QP029001", "Quéliverzan")
    assert (row.share_of_former, row.share_of_new) == (0.96, 0.82)


def test_of_the_same_file_again_are_unchanged_and_of_another_brought_up_to_date(bellevue, load):
    load(pair())
    assert load(pair()).startswith("0 créé, 0 mis à jour, 1 inchangé")
    assert load(pair(name="Quéliverzan - Pontaniou")).startswith("0 créé, 1 mis à jour")
    assert Predecessor.objects.get().folded_name == "queliverzan pontaniou"


def test_are_not_written_in_a_trial(bellevue, load):
    assert "rien n’a été écrit" in load(pair(), options=["--dry-run"])
    assert not Predecessor.objects.exists()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (pair(former="029001"), "Un code de quartier prioritaire ressemble à"),
        (pair(code="QN99999Z"), "Un code de quartier prioritaire ressemble à"),
        (pair(code="QN02905M"), "Aucun quartier connu sous ce code"),
        (pair(name=" "), "Il manque le nom du quartier."),
        (pair(old="1.2"), "Une part va de 0 à 1."),
        (pair(new="beaucoup"), "Une part va de 0 à 1."),
        (pair(new="nan"), "Une part va de 0 à 1."),
    ],
)
def test_that_cannot_be_stored_are_told_line_by_line_and_the_others_are_stored(
    row, why, bellevue, load, tmp_path
):
    report = tmp_path / "report.csv"
    said = load(row, pair(former="QP029002"), options=["--report", str(report)])
    if "QN99999Z" not in row.values():
        assert said.startswith("1 créé, 0 mis à jour, 0 inchangé, 1 rejeté.")
        assert why in report.read_text()
    assert Predecessor.objects.get().code == "QP029002"


def test_told_twice_are_taken_once(bellevue, load):
    assert load(pair(), pair()).startswith("1 créé, 0 mis à jour, 0 inchangé, 1 rejeté.")


def test_in_a_table_without_its_columns_are_refused(bellevue, load):
    row = pair()
    del row["nom_2015"]
    with pytest.raises(CommandError, match="nom_2015"):
        load(row)
