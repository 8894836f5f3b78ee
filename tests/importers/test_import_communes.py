"""Importing communes, what they were called, and their outlines."""

import pytest
from django.core.management import CommandError

from places.models import Commune, Department, FormerName, IndexStamp

from .conftest import a_commune, as_csv, as_geojson, square

pytestmark = pytest.mark.django_db

PARIS = {
    "code_departement": "75",
    "departement": "Paris",
    "region": "Île-de-France",
    "codes_postaux": "75001",
}


def outline(code, name, area=None):
    area = square(-4.5, 48.38) if area is None else area
    return {"type": "Feature", "properties": {"code": code, "nom": name}, "geometry": area}


def lines(report):
    return [row.split(",")[:2] for row in report.read_text(encoding="utf-8-sig").splitlines()[1:]]


class TestCommunes:
    def test_are_stored_with_their_departement(self, write, run):
        row = a_commune(codes_postaux="29200|29000", siren_epci="242900314", epci="Brest Métropole")
        assert run("import_communes", write("c.csv", as_csv(row))).startswith("1 créé, ")
        brest = Commune.objects.get()
        assert (brest.insee_code, brest.name, brest.folded_name) == ("29019", "Brest", "brest")
        assert (brest.postcodes, brest.population) == ("29200|29000", 140_000)
        assert (brest.epci_code, brest.epci_name) == ("242900314", "Brest Métropole")
        assert brest.location.coords == (-4.48, 48.39)
        assert (brest.department.name, brest.department.region) == ("Finistère", "Bretagne")

    def test_of_the_same_file_again_are_unchanged(self, write, run):
        path = write("c.csv", as_csv(a_commune(), a_commune("29232", "Quimper")))
        run("import_communes", path)
        before = list(Commune.objects.order_by("pk").values())
        assert run("import_communes", path).startswith("0 créé, 0 mis à jour, 2 inchangés, 0 rejeté.")
        assert list(Commune.objects.order_by("pk").values()) == before

    def test_that_changed_are_updated_and_keep_their_outline(self, write, run):
        run("import_communes", write("c.csv", as_csv(a_commune())))
        run("import_communes", write("o.geojson", as_geojson(outline("29019", "Brest"))))
        said = run("import_communes", write("d.csv", as_csv(a_commune(population_municipale="150000"))))
        assert said.startswith("0 créé, 1 mis à jour, 0 inchangé, 0 rejeté.")
        brest = Commune.objects.get()
        assert brest.population == 150_000
        assert brest.area is not None

    def test_come_before_their_boroughs_wherever_they_stand_in_the_file(self, write, run):
        borough = a_commune("75101", "Paris 1er Arrondissement", type="ARM", code_commune_parente="75056")
        rows = as_csv(borough | PARIS, a_commune("75056", "Paris", type="COM") | PARIS)
        assert run("import_communes", write("c.csv", rows)).startswith("2 créés, ")
        first = Commune.objects.get(insee_code="75101")
        assert (first.kind, first.parent.name) == (Commune.Kind.BOROUGH, "Paris")

    @pytest.mark.parametrize(
        ("cells", "column"),
        [
            ({"code_insee": "brest"}, "code_insee"),
            ({"code_insee": ""}, "code_insee"),
            ({"code_insee": "29232"}, "code_insee"),
            ({"nom": " "}, "nom"),
            ({"code_departement": ""}, "code_departement"),
            ({"type": "ARM", "code_commune_parente": "99999"}, "code_commune_parente"),
        ],
        ids=["bad code", "no code", "same code twice", "no name", "no département", "unknown parent"],
    )
    def test_that_cannot_be_stored_are_told_and_the_others_are_stored(
        self, cells, column, write, run, tmp_path
    ):
        rows = as_csv(a_commune("29232", "Quimper"), a_commune("29019", "Brest") | cells, a_commune("29151"))
        said = run("import_communes", write("c.csv", rows), "--report", str(tmp_path / "r.csv"))
        assert said.startswith("2 créés, 0 mis à jour, 0 inchangé, 1 rejeté.")
        assert lines(tmp_path / "r.csv") == [["3", column]]

    @pytest.mark.parametrize(
        ("cells", "attribute", "kept"),
        [
            ({"latitude": "0", "longitude": "0"}, "location", None),
            ({"latitude": "abc"}, "location", None),
            ({"population_municipale": "beaucoup"}, "population", None),
            ({"population_municipale": "140 000.0"}, "population", 140_000),
            ({"population_municipale": ""}, "population", None),
            ({"codes_postaux": "29200|999"}, "postcodes", "29200"),
        ],
    )
    def test_keep_what_is_sound_of_dirty_values(self, cells, attribute, kept, write, run):
        run("import_communes", write("c.csv", as_csv(a_commune(**cells))))
        assert getattr(Commune.objects.get(), attribute) == kept

    def test_are_names_that_the_search_reads_anew(self, write, run):
        before = IndexStamp.read()
        run("import_communes", write("c.csv", as_csv(a_commune())))
        assert IndexStamp.read()[IndexStamp.Part.NAMES] != before[IndexStamp.Part.NAMES]

    def test_are_not_written_in_a_trial(self, write, run):
        assert run("import_communes", write("c.csv", as_csv(a_commune())), "--dry-run").startswith("1 créé, ")
        assert not Commune.objects.exists()
        assert not Department.objects.exists()


class TestFormerNames:
    @pytest.fixture(autouse=True)
    def _brest(self, write, run):
        run("import_communes", write("c.csv", as_csv(a_commune())))

    def rows(self, *names):
        return as_csv(*({"ancien_nom": name, "code_insee": "29019", "date": "1945-04-27"} for name in names))

    def test_are_known_from_their_column_and_stored_once(self, write, run):
        path = write("n.csv", self.rows("Lambézellec", "Saint-Marc", "BREST"))
        assert run("import_communes", path).startswith("2 créés, ")
        assert run("import_communes", path).startswith("0 créé, 0 mis à jour, 2 inchangés")
        former = FormerName.objects.get(folded_name="lambezellec")
        assert (former.commune.name, former.changed_on.year) == ("Brest", 1945)

    def test_of_no_known_commune_or_without_name_are_told(self, write, run):
        rows = self.rows("Saint-Marc", " ").replace("29019", "29999", 1)
        assert run("import_communes", write("n.csv", rows)).startswith(
            "0 créé, 0 mis à jour, 0 inchangé, 2 rej"
        )

    def test_with_a_date_that_is_none_are_stored_without(self, write, run):
        path = write("n.csv", self.rows("Saint-Marc").replace("1945-04-27", "1945"))
        assert "valeur non reprise" in run("import_communes", path)
        assert FormerName.objects.get().changed_on is None


class TestOutlines:
    @pytest.fixture(autouse=True)
    def _brest(self, write, run):
        run("import_communes", write("c.csv", as_csv(a_commune())))

    def test_of_communes_and_departements_are_told_apart_by_their_codes(self, write, run):
        path = write("o.geojson", as_geojson(outline("29019", "Brest"), outline("29", "Finistère")))
        assert run("import_communes", path).startswith("0 créé, 2 mis à jour, 0 inchangé, 0 rejeté.")
        assert Commune.objects.get().area.area == pytest.approx(0.0004)
        assert Department.objects.get().area is not None
        assert run("import_communes", path).startswith("0 créé, 0 mis à jour, 2 inchangés, 0 rejeté.")

    def test_of_regions_and_of_nobody_known_are_refused(self, write, run):
        rows = as_geojson(
            outline("29", "Bretagne"), outline("99999", "Nulle part"), outline("29019", "Brest", {})
        )
        assert run("import_communes", write("o.geojson", rows)).startswith(
            "0 créé, 0 mis à jour, 0 inchangé, 3 rejetés."
        )
        assert Department.objects.get().area is None

    def test_without_a_code_are_not_the_expected_file(self, write, run):
        feature = {"type": "Feature", "properties": {"a": 1}, "geometry": None}
        with pytest.raises(CommandError, match="Il manque"):
            run("import_communes", write("o.geojson", as_geojson(feature)))
