"""A missing library is named in plain words, with what to do about it."""

import sqlite3
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection

from places import checks


@pytest.fixture
def use(monkeypatch, settings):
    """use("postgis"): the site is set to that database."""

    def use(database):
        engine = f"django.contrib.gis.db.backends.{database}"
        monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", engine)

    return use


class Answers:
    """A cursor that has one answer to whatever it is asked."""

    def __init__(self, row):
        self.row = row

    def execute(self, sql):
        pass

    def fetchone(self):
        return self.row


class TestLibraries:
    def test_nothing_is_missing_where_the_tests_run(self):
        checks.require_libraries()

    def test_each_missing_library_is_named_with_its_debian_package(self, monkeypatch, use):
        use("postgis")
        monkeypatch.setitem(sys.modules, "django.contrib.gis.geos", None)  # its import now fails
        monkeypatch.setattr(checks, "find_library", lambda name: None)
        with pytest.raises(ImproperlyConfigured) as refusal:
            checks.require_libraries()
        message = str(refusal.value)
        assert "La bibliothèque GDAL est introuvable" in message
        assert "apt-get install libgdal32" in message
        assert "La bibliothèque GEOS est introuvable" in message
        assert "apt-get install libgeos-c1v5" in message

    def test_a_library_that_is_there_but_does_not_load_counts_as_missing(self, tmp_path):
        broken = tmp_path / "libgdal.so"
        broken.write_text("not a library")
        assert not checks.loads(str(broken))

    def test_a_missing_spatialite_is_named(self, settings, use):
        use("spatialite")
        settings.SPATIALITE_LIBRARY_PATH = "/nowhere/mod_spatialite"
        [error] = checks.spatialite_errors()
        assert error.id == "epn.E004"
        assert "libsqlite3-mod-spatialite" in error.hint

    def test_a_python_that_cannot_load_extensions_is_no_missing_spatialite(self, monkeypatch, use):
        class Connection:  # as of a Python built without enable_load_extension
            def close(self):
                pass

        use("spatialite")
        monkeypatch.setattr(sqlite3, "connect", lambda _path: Connection())
        [error] = checks.spatialite_errors()
        assert error.id == "epn.E003"
        assert "/usr/bin/python3" in error.hint

    def test_postgis_needs_no_spatialite(self, settings, use):
        use("postgis")
        settings.SPATIALITE_LIBRARY_PATH = "/nowhere/mod_spatialite"
        assert list(checks.spatialite_errors()) == []


class TestPostgis:
    @pytest.mark.django_db
    def test_the_database_of_the_tests_is_fit(self):
        assert checks.postgis(None, databases=["default"]) == []

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            (None, "epn.E006"),  # the server does not have it
            ((False, False), "epn.E007"),  # it is not in this database, and this account may not put it there
        ],
    )
    def test_what_keeps_postgis_away_is_told(self, row, code):
        assert [error.id for error in checks.postgis_errors(Answers(row))] == [code]

    @pytest.mark.parametrize("row", [(True, False), (True, True), (False, True)])
    def test_it_is_enough_to_have_it_or_to_be_able_to_get_it(self, row):
        assert checks.postgis_errors(Answers(row)) == []

    def test_a_database_that_does_not_answer_is_an_error_and_not_a_crash(self, monkeypatch):
        def refuse(*args):
            raise OperationalError("connection refused")

        monkeypatch.setattr(connection, "cursor", refuse)
        [error] = checks.postgis(None, databases=["default"])
        assert error.id == "epn.E005"
        assert "connection refused" in error.msg
