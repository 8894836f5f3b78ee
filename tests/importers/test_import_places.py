"""Importing places: once, whole, told row by row, and never over what people wrote."""

import json

import pytest
from django.core.management import CommandError

from places.models import Commune, Place, Posting

from .conftest import a_commune, a_place, as_csv, as_geojson, as_gzip, square

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def brest(write, run):
    run("import_communes", write("communes.csv", as_csv(a_commune())))
    return Commune.objects.get()


@pytest.mark.usefixtures("brest")
class TestRows:
    def test_are_stored_located_and_found_by_the_search(self, write, run):
        area = square(-4.495, 48.38)
        feature = {"code_qp": "QN02901M", "nom_qp": "Bellevue", "code_insee": "29019", "generation": 2024}
        outlines = as_geojson({"type": "Feature", "properties": feature, "geometry": area})
        run("import_neighbourhoods", write("qpv.geojson", outlines))

        said = run("import_places", write("lieux.csv", as_csv(a_place())))

        assert said.startswith("1 créé, 0 mis à jour, 0 inchangé, 0 rejeté.")
        place = Place.objects.get()
        assert (place.name, place.phone, place.commune.name) == ("La Maison", "+33298001122", "Brest")
        assert place.opening_hours == "Mo-Fr 09:00-12:00"
        assert place.neighbourhood.name == "Bellevue"
        assert [kind.code for kind in place.kinds.all()] == ["EPN"]
        assert Posting.objects.filter(place=place, term="maison").exists()

    def test_the_same_file_again_changes_nothing_and_says_so(self, write, run):
        path = write("lieux.csv.gz", as_gzip(as_csv(a_place("1"), a_place("2", nom="Le Relais"))))
        run("import_places", path)
        before = list(Place.objects.order_by("pk").values())

        assert run("import_places", path).startswith("0 créé, 0 mis à jour, 2 inchangés, 0 rejeté.")
        assert list(Place.objects.order_by("pk").values()) == before

    def test_that_changed_in_the_source_are_updated(self, write, run):
        run("import_places", write("a.csv", as_csv(a_place())))
        said = run("import_places", write("b.csv", as_csv(a_place(nom="La Grande Maison"))))
        assert said.startswith("0 créé, 1 mis à jour, 0 inchangé, 0 rejeté.")
        assert Place.objects.get().name == "La Grande Maison"

    def test_what_a_person_edited_stays_and_is_told(self, write, run, tmp_path):
        run("import_places", write("a.csv", as_csv(a_place())))
        Place.objects.update(name="Chez nous")
        changed = write("b.csv", as_csv(a_place(nom="La Grande Maison", telephone="0298334455")))

        run("import_places", changed, "--report", str(tmp_path / "r.csv"))
        place = Place.objects.get()
        assert (place.name, place.phone) == ("Chez nous", "+33298334455")
        assert "Modifié sur le site" in (tmp_path / "r.csv").read_text(encoding="utf-8-sig")

        run("import_places", changed, "--overwrite")
        assert Place.objects.get().name == "La Grande Maison"

    def test_a_bad_row_is_told_with_its_line_and_its_neighbours_are_stored(self, write, run, tmp_path):
        rows = as_csv(a_place("1"), a_place("2", nom=""), a_place("3", nom="Le Relais"))
        said = run("import_places", write("lieux.csv", rows), "--report", str(tmp_path / "r.csv"))
        assert said.startswith("2 créés, 0 mis à jour, 0 inchangé, 1 rejeté.")
        line, column, *_rest = (tmp_path / "r.csv").read_text(encoding="utf-8-sig").splitlines()[1].split(",")
        assert (line, column) == ("3", "nom")

    def test_a_trial_writes_nothing(self, write, run):
        said = run("import_places", write("lieux.csv", as_csv(a_place())), "--dry-run")
        assert "1 créé" in said
        assert "rien n’a été écrit" in said
        assert not Place.objects.exists()

    def test_of_json_are_read_as_those_of_csv(self, write, run):
        run("import_places", write("lieux.json", json.dumps([a_place(latitude=48.3904, longitude=-4.4861)])))
        assert Place.objects.get().location.coords == (-4.4861, 48.3904)


@pytest.mark.usefixtures("brest")
class TestDirtyValues:
    @pytest.mark.parametrize(
        ("cells", "attribute", "kept"),
        [
            ({"telephone": "0298 00.11-22"}, "phone", "+33298001122"),
            ({"telephone": "3639"}, "phone", ""),
            ({"nom": "La  Maison\x00."}, "name", "La Maison"),
            ({"horaires": "quand on peut"}, "opening_hours", ""),
            ({"site_web": "exemple.fr"}, "website", "https://exemple.fr"),
        ],
    )
    def test_are_mended_where_the_meaning_is_certain_or_left_unknown(
        self, cells, attribute, kept, write, run
    ):
        run("import_places", write("lieux.csv", as_csv(a_place(**cells))))
        assert getattr(Place.objects.get(), attribute) == kept

    @pytest.mark.parametrize(
        ("latitude", "longitude", "kept"),
        [("0.0", "0,0", None), ("-4.4861", "48.3904", (-4.4861, 48.3904)), ("abc", "inf", None)],
    )
    def test_positions_are_mended_or_unknown(self, latitude, longitude, kept, write, run):
        run("import_places", write("l.csv", as_csv(a_place(latitude=latitude, longitude=longitude))))
        location = Place.objects.get().location
        assert (location and location.coords) == kept

    def test_labels_are_read_with_other_separators_and_apostrophes(self, write, run):
        services = "Aide aux demarches administratives;Acces internet et materiel informatique"
        run("import_places", write("l.csv", as_csv(a_place(services=services))))
        assert Place.objects.get().services.count() == 2


class TestFiles:
    @pytest.mark.parametrize("command", ["import_places", "import_communes", "import_neighbourhoods"])
    @pytest.mark.parametrize(
        ("name", "content", "why"),
        [
            ("vide.csv", b"", "vide"),
            ("zeros.csv", b"\0\0\0", "vide"),
            ("page.csv", b"<!doctype html><html><body>Erreur</body></html>", "page web"),
            ("latin.csv", "id,nom\n1,Médiathèque\n".encode("cp1252"), "UTF-8"),
            ("utf16.csv", "id,nom\n1,Maison\n".encode("utf-16"), "UTF-16"),
            ("autres.csv", b"a,b\n1,2\n", ""),
            ("coupe.csv.gz", as_gzip("id,nom\n" * 500)[:-20], "coupée"),
            ("abime.csv.gz", b"\x1f\x8b\x08\x00garbage garbage garbage", ""),
            ("classeur.xlsx", b"PK\x03\x04rest", "classeur"),
            ("coupe.json", b'{"type": "FeatureCollection", "features": [{"type"', ""),
            ("profond.json", b"[" * 100_000, ""),
            ("nombre.json", b"42", ""),
        ],
        ids=lambda value: value if isinstance(value, str) and "." in value else "",
    )
    def test_that_cannot_be_used_are_refused_whole_in_one_line(self, command, name, content, why, write, run):
        with pytest.raises(CommandError) as refusal:
            run(command, write(name, content))
        said = str(refusal.value)
        assert why in said
        assert "\n" not in said
        assert len(said) < 300
        assert not Place.objects.exists()
        assert not Commune.objects.exists()

    @pytest.mark.parametrize("command", ["import_places", "import_communes", "import_neighbourhoods"])
    def test_that_are_not_there_or_are_a_folder_are_refused(self, command, tmp_path, run):
        with pytest.raises(CommandError, match="introuvable"):
            run(command, tmp_path / "rien.csv")
        with pytest.raises(CommandError, match="n’est pas un fichier"):
            run(command, tmp_path)

    def test_a_bomb_is_refused_before_it_fills_the_memory(self, write, run, monkeypatch):
        monkeypatch.setattr("places.importers.files.read_text.__defaults__", (10_000,))
        with pytest.raises(CommandError, match="dépasse"):
            run("import_places", write("bombe.csv.gz", as_gzip("0" * 5_000_000)))
