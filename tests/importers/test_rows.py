"""Rows of a text, before anything is stored: what is read, what is told of a row, what refuses the file."""

import json

import pytest

from places.importers.report import FileError
from places.importers.rows import csv_rows, features, json_rows, looks_like_json, parsed_json

from .conftest import as_geojson, square


class TestCsv:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    def test_is_read_whatever_separates_cells_and_lines(self, delimiter, newline):
        text = newline.join([delimiter.join(["id", "nom"]), delimiter.join(["1", "Maison"]), ""])
        assert [row.cells for row in csv_rows(text, {"id"})] == [{"id": "1", "nom": "Maison"}]

    def test_has_the_line_of_the_file_where_each_row_begins(self):
        rows = csv_rows('id,nom\n1,"deux\nlignes"\n\n2,b\n', {"id"})
        assert [row.line for row in rows] == [2, 5]

    @pytest.mark.parametrize("line", ["2", "2,b,c"])
    def test_tells_a_row_with_too_few_or_too_many_cells(self, line):
        one, two, three = csv_rows(f"id,nom\n1,a\n{line}\n3,c\n", {"id"})
        assert (one.defect, three.defect) == ("", "")
        assert "cellules au lieu de 2" in two.defect

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("id,nom\n1,a\n2", "coupé"),
            ('id,nom\n1,"a\n2,b\n', "guillemet"),
            ('id,nom\n1,"a"b\n', "guillemet"),
            ("id,nom\n1," + "x" * 200_000 + "\n", "démesurée"),
            ("id,nom\n", "aucune ligne"),
            ("id,nom,nom\n1,a,b\n", "deux fois"),
            ("a,b\n1,2\n", "Il manque"),
            ("\n1,2\n", "Il manque"),
        ],
    )
    def test_that_no_row_can_be_trusted_of_is_refused(self, text, why):
        with pytest.raises(FileError, match=why):
            csv_rows(text, {"id", "nom"})

    def test_says_which_columns_are_missing_and_which_it_read(self):
        with pytest.raises(FileError, match=r"Il manque.: id, nom\. Colonnes lues.: a, b\."):
            csv_rows("b,a\n1,2\n", {"id", "nom"})


class TestJson:
    def test_is_told_by_its_first_sign(self):
        assert looks_like_json('  [{"id": 1}]')
        assert looks_like_json("\n{")
        assert not looks_like_json("id,nom\n")

    def test_has_the_rank_of_each_record(self):
        rows = json_rows([{"id": 1}, 2, {"id": 3}], {"id"})
        assert [(row.line, row.cells) for row in rows] == [(1, {"id": 1}), (2, {}), (3, {"id": 3})]
        assert [bool(row.defect) for row in rows] == [False, True, False]

    @pytest.mark.parametrize("document", [{}, [], 42, "texte", None, [[1]], [{"autre": 1}]])
    def test_of_another_shape_is_refused(self, document):
        with pytest.raises(FileError):
            json_rows(document, {"id"})

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ('[{"id": 1', "coupé ou mal écrit à la ligne 1"),
            ("[" * 100_000, "profondément"),
            ('[{"id": NaN}]', "impossible"),
            ('[{"id": 1e400}]', "impossible"),
            ('[{"id": ' + "9" * 5_000 + "}]", "démesuré"),
            ('[{"id": 1, "id": 2}]', "deux fois"),
            ("", "coupé ou mal écrit"),
        ],
    )
    def test_that_does_not_read_for_certain_is_refused(self, text, why):
        with pytest.raises(FileError, match=why):
            parsed_json(text)


class TestGeoJson:
    def test_gives_the_properties_and_the_geometry_of_each_feature(self):
        area = square(-4.5, 48.38)
        document = json.loads(as_geojson({"type": "Feature", "properties": {"code": "1"}, "geometry": area}))
        assert [row.cells for row in features(document)] == [{"code": "1", "geometry": area}]

    def test_tells_what_is_no_feature(self):
        document = {"type": "FeatureCollection", "features": [3, {"properties": None}, {"properties": {}}]}
        assert [bool(row.defect) for row in features(document)] == [True, True, False]

    @pytest.mark.parametrize(
        "document",
        [
            [],
            {},
            {"type": "FeatureCollection"},
            {"type": "FeatureCollection", "features": []},
            {"features": [1]},
        ],
    )
    def test_of_another_shape_is_refused(self, document):
        with pytest.raises(FileError):
            features(document)

    @pytest.mark.parametrize(
        ("name", "is_read"),
        [
            ("urn:ogc:def:crs:OGC:1.3:CRS84", True),
            ("EPSG:4326", True),
            ("urn:ogc:def:crs:EPSG::2154", False),
        ],
    )
    def test_in_another_projection_is_refused(self, name, is_read):
        document = {
            "type": "FeatureCollection",
            "crs": {"type": "name", "properties": {"name": name}},
            "features": [{"type": "Feature", "properties": {}, "geometry": None}],
        }
        if is_read:
            assert len(features(document)) == 1
        else:
            with pytest.raises(FileError, match="projection"):
                features(document)
