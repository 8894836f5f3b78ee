"""What SpatiaLite and PostGIS do differently, and the one way that is right on both.

A test of a trap says why the code walks round it: the day it fails, the detour may go.
"""

import inspect
import re

import pytest
from django.conf import settings
from django.contrib.gis.db.models.functions import Area, Transform
from django.contrib.gis.geos import Point, Polygon
from django.contrib.gis.measure import D
from django.core.management import call_command
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader
from django.forms import modelform_factory

from places.domain.geo import bbox_around
from places.domain.text import tidy
from places.importers import communes, neighbourhoods, outlines, places  # noqa: F401 - to know all importers
from places.importers.base import Importer, analyse
from places.models import Among, Commune, Neighbourhood, Partner, Place, Workshop, as_multipolygon

from .factories import (
    TOWN_HALL,
    CommuneFactory,
    NeighbourhoodFactory,
    PartnerFactory,
    PlaceFactory,
    ServiceFactory,
    WorkshopFactory,
    beside,
    square,
)

pytestmark = pytest.mark.django_db
SOURCES = sorted((settings.BASE_DIR / "places").rglob("*.py"))
on_spatialite = pytest.mark.skipif("postgis" in settings.DATABASES["default"]["ENGINE"], reason="SpatiaLite")


def subclasses_of(cls):
    return {sub for direct in cls.__subclasses__() for sub in {direct, *subclasses_of(direct)}}


def own_code(*, without=()):
    """{file: text} of our own code, migrations left out."""
    files = [
        path for path in SOURCES if "migrations" not in path.parts and not set(without) & set(path.parts)
    ]
    return {path: path.read_text(encoding="utf-8") for path in files}


class TestDistance:
    @on_spatialite
    def test_of_a_place_without_a_location_is_nothing_at_all_on_spatialite(self):
        nowhere = PlaceFactory(location=None)
        assert list(Place.objects.filter(location__distance_lte=(TOWN_HALL, D(m=10)))) == [nowhere]

    def test_leaves_out_places_without_a_location_since_near_puts_a_box_first(self):
        PlaceFactory(location=None)
        next_door = PlaceFactory(east_of=TOWN_HALL, by_m=20)
        assert list(Place.objects.near(TOWN_HALL, radius_m=1_000)) == [next_door]

    def test_is_in_metres_and_the_same_to_a_hair(self):
        place = PlaceFactory(location=Point(-4.4786, 48.3904, srid=4326))
        found = Place.objects.near(TOWN_HALL, radius_m=1_000).get(pk=place.pk)
        assert found.distance.m == pytest.approx(553.79444438, abs=1e-6)

    def test_from_the_box_to_the_circle_no_corner_is_counted(self):
        in_the_corner = beside(TOWN_HALL, east_m=950, north_m=950)
        PlaceFactory(location=in_the_corner)
        box = Polygon.from_bbox(bbox_around(TOWN_HALL.x, TOWN_HALL.y, 1_000))
        assert Place.objects.filter(location__within=box).count() == 1
        assert not Place.objects.near(TOWN_HALL, radius_m=1_000).exists()

    def test_orders_places_at_the_same_spot_by_their_key(self):
        twins = [PlaceFactory(east_of=TOWN_HALL, by_m=100) for _twin in range(4)]
        assert list(Place.objects.near(TOWN_HALL, radius_m=1_000)) == twins


class TestBoxes:
    def test_find_the_area_they_lie_in_touch_or_hold(self):
        area = NeighbourhoodFactory(area=square(half_m=500))
        inside, around = square(half_m=10), square(half_m=5_000)
        touching = Polygon.from_bbox(
            (area.area.extent[2], area.area.extent[1], area.area.extent[2] + 1, area.area.extent[3])
        )
        touching.srid = 4326
        for box in (inside, around, touching):
            assert list(Neighbourhood.objects.around(box)) == [area]

    @on_spatialite
    def test_overlap_wrongly_on_spatialite_when_they_lie_inside(self):
        NeighbourhoodFactory(area=square(half_m=500))
        assert not Neighbourhood.objects.filter(area__bboverlaps=square(half_m=10)).exists()

    def test_find_a_place_on_their_very_edge(self):
        area = square(half_m=500)
        west, south, _east, north = area.extent
        on_edge = PlaceFactory(location=Point(west, (south + north) / 2, srid=4326))
        assert list(Place.objects.within(area)) == [on_edge]
        assert list(Place.objects.within(square(beside(TOWN_HALL, east_m=3_000)))) == []


class TestMeasuresOfTheGround:
    def test_of_an_area_agree_once_it_is_in_lambert_metres(self):
        NeighbourhoodFactory(area=square(half_m=500))
        measured = Neighbourhood.objects.annotate(ground=Area(Transform("area", 2154))).get().ground
        assert measured.sq_m == pytest.approx(1_000_000, rel=0.01)

    @pytest.mark.parametrize(
        "word", ["dwithin", "bboverlaps", "GeometryDistance", "AsMVT", "Perimeter", "Area(", "distance_lt="]
    )
    def test_that_differ_are_asked_for_nowhere(self, word):
        assert [path for path, text in own_code().items() if word in re.sub(r"#.*", "", text)] == []

    def test_in_metres_stand_beside_a_box_and_nowhere_else(self):
        # `Distance` alone uses no index, and puts places without a location at 0.
        asking = {path.name for path, text in own_code().items() if "functions import Distance" in text}
        assert asking == {"nearness.py"}


class TestPolygons:
    def test_are_made_valid_and_keep_what_has_a_surface(self):
        x, y = TOWN_HALL.coords
        bow_tie = Polygon(((x, y), (x + 0.01, y + 0.01), (x + 0.01, y), (x, y + 0.01), (x, y)), srid=4326)
        mended = as_multipolygon(bow_tie)
        assert mended.valid
        assert mended.geom_type == "MultiPolygon"
        assert len(mended) == 2
        stored = NeighbourhoodFactory(area=mended)
        stored.refresh_from_db()
        assert stored.area.valid
        assert stored.area.srid == 4326

    def test_are_joined_to_places_in_memory_with_the_same_answer_as_the_database(self):
        NeighbourhoodFactory(name="A", area=square(half_m=400))
        NeighbourhoodFactory(name="B", area=square(beside(TOWN_HALL, east_m=1_000), half_m=400))
        for by_m in (0, 300, 500, 1_000, 1_300, 2_000):
            PlaceFactory(east_of=TOWN_HALL, by_m=by_m)
        for neighbourhood in Neighbourhood.objects.all():
            asked = set(Place.objects.within(neighbourhood.area))
            assert set(Place.objects.filter(neighbourhood=neighbourhood)) == asked
            assert len(asked) == 2


class TestText:
    @on_spatialite
    def test_compares_capitals_in_english_only_on_sqlite(self):
        CommuneFactory(name="ÉTAMPES", insee_code="91223")
        assert not Commune.objects.filter(name__icontains="étampes").exists()

    @pytest.mark.parametrize("typed", ["étampes", "ETAMPES", "Étampes", "etampes"])
    def test_is_found_in_its_folded_column_however_it_is_typed(self, typed):
        commune = CommuneFactory(name="ÉTAMPES", insee_code="91223")
        neighbourhood = NeighbourhoodFactory(name="Guinette", communes=[commune])
        partner = PartnerFactory(name="Régie d’Étampes")
        assert list(Neighbourhood.objects.matching(typed)) == [neighbourhood]
        assert list(Partner.objects.matching(typed)) == [partner]

    def test_is_ordered_as_people_do_whatever_the_collation(self):
        for name in ("zèbre", "École", "Zone", "eau", "Écluse"):
            PlaceFactory(name=name)
        assert [place.name for place in Place.objects.all()] == ["eau", "Écluse", "École", "zèbre", "Zone"]

    @pytest.mark.parametrize(
        "word",
        ["icontains", "iexact", "istartswith", "iregex", "unaccent", "trigram", "ArrayField", "SearchVector"],
    )
    def test_is_never_matched_in_a_way_that_one_of_them_lacks(self, word):
        assert [path for path, text in own_code().items() if f"__{word}" in text or f"{word}(" in text] == []

    def test_with_a_nul_never_reaches_postgresql_which_raises(self):
        assert tidy("a\0b") == "ab"  # what an import reads
        form = modelform_factory(Place, fields=["name", "description"])({"name": "a\0b", "description": "\0"})
        assert set(form.errors) == {"name", "description"}

    @pytest.mark.parametrize("words", [r"contrib\.postgres", r"\.distinct\([\"'\w]", r"JSONB|HStore"])
    def test_is_kept_without_what_postgresql_alone_has(self, words):
        assert [path for path, text in own_code().items() if re.search(words, text)] == []


class TestLinks:
    def test_bring_no_row_twice_and_compare_no_outline(self):
        services = [ServiceFactory(), ServiceFactory()]
        place = PlaceFactory(east_of=TOWN_HALL, services=services)
        found = Place.objects.offering(services).near(TOWN_HALL, radius_m=500)
        assert list(found) == [place]


@on_spatialite
class TestSqliteUnderLoad:
    def test_has_one_writer_and_readers_that_do_not_wait(self):
        options = settings.DATABASES["default"]["OPTIONS"]
        assert options["transaction_mode"] == "IMMEDIATE"
        assert options["timeout"] >= 10
        assert "journal_mode=WAL" in options["init_command"]
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)


class TestPlans:
    def test_are_made_anew_when_an_import_ends(self):
        # Without an analysis they were up to 200 times slower.
        importers = [importer for importer in subclasses_of(Importer) if "finish" in vars(importer)]
        assert {importer.__name__ for importer in importers} >= {"PlaceImporter", "NeighbourhoodImporter"}
        assert [one for one in importers if "analyse()" not in inspect.getsource(one.finish)] == []

    def test_rest_on_an_analysis_that_both_databases_understand(self):
        PlaceFactory()
        analyse()
        counts = {
            "sqlite": "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'places_place'",
            "postgresql": "SELECT count(*) FROM pg_stats WHERE tablename = 'places_place'",
        }
        with connection.cursor() as cursor:
            cursor.execute(counts[connection.vendor])
            assert cursor.fetchone()[0] > 0


class TestSchema:
    def test_no_geometry_column_is_ever_altered(self):
        # SpatiaLite refuses it, and leaves its idx_* tables stale after a table was remade.
        disk = MigrationLoader(None).disk_migrations
        ours = {key: migration for key, migration in disk.items() if key[0] == "places"}
        assert ours
        altered = [
            (key, operation.name)
            for key, migration in ours.items()
            for operation in migration.operations
            if isinstance(operation, migrations.AlterField) and hasattr(operation.field, "srid")
        ]
        assert altered == []

    def test_every_geometry_is_in_degrees_of_wgs_84(self):
        fields = [
            field
            for model in (Commune, Neighbourhood, Partner, Place)
            for field in model._meta.get_fields()
            if hasattr(field, "srid")
        ]
        assert {field.srid for field in fields} == {4326}

    def test_index_tables_of_spatialite_are_never_read(self):
        assert [path for path, text in own_code().items() if re.search(r"\bidx_\w", text)] == []

    def test_the_models_and_the_migrations_say_the_same(self):
        call_command("makemigrations", "places", check=True, dry_run=True, verbosity=0)


class TestGdal:
    def test_is_given_files_of_the_operator_and_nothing_that_a_visitor_sent(self):
        asking = {
            path.relative_to(settings.BASE_DIR / "places").parts[0]
            for path, text in own_code().items()
            if re.search(r"contrib\.gis\.gdal|\bDataSource\b", text)
        }
        assert asking <= {"importers", "checks.py", "apps.py"}

    def test_no_geometry_is_read_from_the_text_of_a_request(self):
        readers = re.compile(r"GEOSGeometry\(|fromstr\(|OGRGeometry\(|from_gml\(|from_ewkt\(")
        asking = [path for path, text in own_code(without=["importers"]).items() if readers.search(text)]
        assert asking == []

    def test_of_debian_is_old_and_that_is_known(self):
        assert settings.SILENCED_SYSTEM_CHECKS == ["gis.W001"]


class TestKeys:
    """What is asked of many keys at once: one parameter on PostgreSQL and on SQLite."""

    def test_among_none_few_and_thousands(self, db):
        rows = [PlaceFactory() for _number in range(3)]
        chosen = {rows[0].pk, rows[2].pk}
        found = Place.objects.order_by("pk")
        assert list(found.filter(Among("pk", chosen))) == [rows[0], rows[2]]
        assert list(found.filter(Among("pk", []))) == []
        assert list(found.filter(Among("pk", {*chosen, *range(10**9, 10**9 + 5_000)}))) == [
            rows[0],
            rows[2],
        ]
        assert list(found.exclude(Among("pk", chosen))) == [rows[1]]

    def test_among_those_of_another_table(self, db):
        workshop = WorkshopFactory()
        WorkshopFactory()
        assert list(Workshop.objects.filter(Among("place", [workshop.place_id]))) == [workshop]
        assert list(Workshop.objects.filter(Among("place__commune", [0]))) == []
