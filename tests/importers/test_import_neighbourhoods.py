"""Importing priority neighbourhoods: outlines checked, communes found, places located anew."""

import json

import pytest
from django.core.management import CommandError

from places.models import Certainty, Commune, Neighbourhood, Place, Posting

from .conftest import a_commune, a_place, as_csv, as_geojson, as_gzip, square
from .layers import convert

pytestmark = pytest.mark.django_db

HERE = square(-4.495, 48.38)  # around the place of conftest
ELSEWHERE = square(-4.6, 48.38)
BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 48], [0.1, 48.1], [0.1, 48], [0, 48.1], [0, 48]]]}


def bellevue(geometry=HERE, **properties):
    said = {"code_qp": "QN02901M", "nom_qp": "Bellevue", "code_insee": "29019"} | properties
    return {"type": "Feature", "properties": said, "geometry": geometry}


@pytest.fixture(autouse=True)
def _towns(write, run):
    towns = (a_commune(), a_commune("29075", "Guipavas", codes_postaux="29490"))
    run("import_communes", write("communes.csv", as_csv(*towns)))


@pytest.fixture
def import_features(write, run):
    return lambda *rows, options=(): run(
        "import_neighbourhoods", write("q.geojson", as_geojson(*rows)), *options
    )


class TestNeighbourhoods:
    def test_are_stored_with_their_communes_and_outlines(self, import_features):
        assert import_features(bellevue(code_insee="29019|29075")).startswith("1 créé, ")
        found = Neighbourhood.objects.get()
        assert (found.code, found.name, found.generation) == ("QN02901M", "Bellevue", 2024)
        assert (found.kind, found.source.name) == ("PRIORITY", "Quartiers prioritaires (ANCT)")
        assert sorted(commune.name for commune in found.communes.all()) == ["Brest", "Guipavas"]
        assert found.area.extent == pytest.approx((-4.495, 48.38, -4.475, 48.4))
        assert found.centre.within(found.area)
        assert found.display_area.valid

    def test_of_the_same_file_again_are_unchanged(self, write, run):
        path = write("q.geojson.gz", as_gzip(as_geojson(bellevue(), bellevue(ELSEWHERE, code_qp="QN02902M"))))
        run("import_neighbourhoods", path)
        before = list(Neighbourhood.objects.order_by("pk").values())
        assert run("import_neighbourhoods", path).startswith("0 créé, 0 mis à jour, 2 inchangés, 0 rejeté.")
        assert list(Neighbourhood.objects.order_by("pk").values()) == before

    def test_of_2015_have_their_population_and_towns_by_name(self, import_features):
        said = {"code_qp": "QP029001", "nom_qp": "Kerourien", "code_insee": None, "code_departement": "29"}
        import_features(bellevue(**said, communes="Brest, Guipavas", population_2013=1_230))
        found = Neighbourhood.objects.get()
        assert (found.generation, found.population, found.population_year) == (2015, 1_230, 2013)
        assert found.communes.count() == 2

    def test_have_columns_of_several_names(self, import_features):
        properties = {"code_qp": "QN02901M", "lib_qp": "Bellevue", "insee_com": "29019;29075"}
        import_features({"type": "Feature", "properties": properties, "geometry": HERE})
        assert Neighbourhood.objects.get().communes.count() == 2

    def test_in_an_unknown_commune_are_stored_and_told(self, import_features):
        assert "1 «\u00a0valeur non reprise\u00a0»" in import_features(bellevue(code_insee="29019|01999"))
        assert Neighbourhood.objects.get().communes.count() == 1

    def test_overseas_have_communes_that_the_lists_leave_out(self, import_features):
        import_features(bellevue(square(-149.57, -17.54), code_qp="QN98701I", code_insee="98735"))
        assert Commune.objects.get(insee_code="98735").name == "Papeete"

    @pytest.mark.parametrize(
        ("feature", "column"),
        [
            (bellevue(code_qp="29019"), "code_qp"),
            (bellevue(code_qp="QN02902M"), "code_qp"),
            (bellevue(nom_qp=""), "nom_qp"),
            (bellevue(None), "geometry"),
            (bellevue({"type": "Point", "coordinates": [-4.4, 48.4]}), "geometry"),
            (bellevue({"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}), "geometry"),
            (bellevue({"type": "Polygon", "coordinates": [[[0, 48], [0.1, 48.1], [0, 48]]]}), "geometry"),
            (bellevue(square(148_000, 6_800_000, 100)), "geometry"),
            (bellevue(square(48.38, -4.49)), "geometry"),
            (bellevue(square(10, 60)), "geometry"),
        ],
        ids=[
            *("bad code", "same code twice", "no name", "no geometry", "a point", "two positions"),
            *("no surface", "in metres", "swapped axes", "not in France"),
        ],
    )
    def test_that_cannot_be_stored_are_told_and_the_others_are_stored(
        self, feature, column, import_features, tmp_path
    ):
        other = bellevue(ELSEWHERE, code_qp="QN02902M", nom_qp="Kerourien")
        report = tmp_path / "r.csv"
        said = import_features(other, feature, options=["--report", str(report)])
        assert said.startswith("1 créé, 0 mis à jour, 0 inchangé, 1 rejeté.")
        assert Neighbourhood.objects.get().name == "Kerourien"
        assert report.read_text(encoding="utf-8-sig").splitlines()[1].startswith(f"2,{column},")

    def test_that_cross_themselves_are_made_valid(self, import_features):
        import_features(bellevue(BOW_TIE))
        area = Neighbourhood.objects.get().area
        assert area.valid
        assert area.area == pytest.approx(0.005)

    def test_keep_what_a_person_edited_and_tell_it(self, import_features, tmp_path):
        import_features(bellevue())
        Neighbourhood.objects.update(name="Bellevue-Bouguen")
        report = tmp_path / "r.csv"
        said = import_features(bellevue(ELSEWHERE, nom_qp="Belle Vue"), options=["--report", str(report)])
        assert said.startswith("0 créé, 1 mis à jour")
        found = Neighbourhood.objects.get()
        assert found.name == "Bellevue-Bouguen"
        assert found.area.extent[0] == pytest.approx(-4.6)
        assert "nom_qp,Belle Vue,Modifié sur le site" in report.read_text(encoding="utf-8-sig")

        import_features(bellevue(ELSEWHERE, nom_qp="Belle Vue"), options=["--overwrite"])
        assert Neighbourhood.objects.get().name == "Belle Vue"

    def test_are_not_written_in_a_trial(self, import_features):
        assert import_features(bellevue(), options=["--dry-run"]).startswith("1 créé, ")
        assert not Neighbourhood.objects.exists()

    def test_need_the_communes_first(self, import_features):
        Commune.objects.all().delete()
        with pytest.raises(CommandError, match="lancez d’abord import_communes"):
            import_features(bellevue())


class TestPlaces:
    @pytest.fixture(autouse=True)
    def _place(self, write, run, reference):
        run("import_places", write("lieux.csv", as_csv(a_place())))

    def test_are_located_and_found_by_the_name_of_their_neighbourhood(self, import_features):
        assert Place.objects.get().neighbourhood is None
        import_features(bellevue())
        place = Place.objects.get()
        assert (place.neighbourhood.name, place.neighbourhood_certainty) == ("Bellevue", Certainty.INSIDE)
        assert Posting.objects.filter(place=place, term__startswith="bellevu").exists()

    def test_are_located_anew_when_the_outline_has_moved(self, import_features):
        import_features(bellevue())
        import_features(bellevue(ELSEWHERE))
        place = Place.objects.get()
        assert (place.neighbourhood, place.neighbourhood_certainty) == (None, Certainty.OUTSIDE)
        assert not Posting.objects.filter(term__startswith="bellevu").exists()


class TestLayers:
    """GeoPackage and Shapefile, in Lambert 93 as IGN and the towns publish them."""

    @pytest.fixture
    def layer(self, write, tmp_path):
        """layer("qpv.gpkg", "GPKG", feature…) -> its path."""

        def write_layer(name, driver, *rows, projection="EPSG:2154", options=()):
            source = write("source.geojson", as_geojson(*rows))
            target = tmp_path / name
            return convert(source, target, "-f", driver, "-t_srs", projection, "-dim", "2", *options)

        return write_layer

    @pytest.mark.parametrize(("name", "driver"), [("q.gpkg", "GPKG"), ("q.shp", "ESRI Shapefile")])
    def test_are_reprojected_and_read_like_a_geojson(self, name, driver, layer, run):
        path = layer(name, driver, bellevue(nom_qp="Bellevue é"))
        assert run("import_neighbourhoods", path).startswith("1 créé, 0 mis à jour, 0 inchangé, 0 rejeté.")
        found = Neighbourhood.objects.get()
        assert (found.name, found.communes.get().name) == ("Bellevue é", "Brest")
        assert found.area.extent == pytest.approx((-4.495, 48.38, -4.475, 48.4), abs=1e-6)
        assert run("import_neighbourhoods", path).startswith("0 créé, 0 mis à jour, 1 inchangé")

    def test_that_were_given_another_name_are_refused_with_the_one_to_give(self, layer, run):
        path = layer("q.gpkg", "GPKG", bellevue())
        with pytest.raises(CommandError, match=r"extension \.gpkg"):
            run("import_neighbourhoods", path.rename(path.with_suffix(".csv")))

    def test_with_heights_and_without_outline_are_read_row_by_row(self, layer, run):
        empty = bellevue(None, code_qp="QN02902M")
        path = layer("q.gpkg", "GPKG", bellevue(), empty, options=("-dim", "XYZ"))
        assert run("import_neighbourhoods", path).startswith("1 créé, 0 mis à jour, 0 inchangé, 1 rejeté.")

    def test_whose_projection_is_not_said_are_refused(self, layer, run):
        path = layer("q.shp", "ESRI Shapefile", bellevue())
        path.with_suffix(".prj").unlink()
        with pytest.raises(CommandError, match="projection"):
            run("import_neighbourhoods", path)

    @pytest.mark.parametrize(("name", "driver"), [("q.gpkg", "GPKG"), ("q.shp", "ESRI Shapefile")])
    def test_that_are_cut_are_refused_in_one_line(self, name, driver, layer, run):
        path = layer(name, driver, bellevue())
        path.write_bytes(path.read_bytes()[:150])
        with pytest.raises(CommandError) as refusal:
            run("import_neighbourhoods", path)
        assert "\n" not in str(refusal.value)
        assert not Neighbourhood.objects.exists()

    def test_that_name_other_files_are_not_given_to_gdal(self, write, run):
        secret = write("secret.geojson", as_geojson(bellevue()))
        vrt = f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource>'
        with pytest.raises(CommandError, match="XML"):
            run("import_neighbourhoods", write("q.geojson", f"{vrt}</OGRVRTLayer></OGRVRTDataSource>"))

    def test_of_other_columns_are_refused(self, layer, run):
        feature = {"type": "Feature", "properties": {"autre": 1}, "geometry": HERE}
        with pytest.raises(CommandError, match="Il manque"):
            run("import_neighbourhoods", layer("q.gpkg", "GPKG", feature))


def test_json_that_is_no_geojson_is_refused(write, run):
    with pytest.raises(CommandError, match="FeatureCollection"):
        run("import_neighbourhoods", write("q.json", json.dumps([{"code_qp": "QN02901M"}])))
