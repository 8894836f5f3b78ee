"""Which commune an address means: certain, or none."""

import pytest
from django.contrib.gis.geos import Point

from places.importers.gazetteer import Gazetteer, name_key
from places.models import FormerName
from tests.factories import CommuneFactory, DepartmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def finistere():
    return DepartmentFactory(code="29", name="Finistère")


@pytest.fixture
def brest(finistere):
    return CommuneFactory(
        insee_code="29019",
        name="Brest",
        postcodes="29200",
        department=finistere,
        location=Point(-4.49, 48.39),
    )


def find(**address):
    town = Gazetteer().find(**address)
    return town and town.code


class TestNameKey:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("ST-ETIENNE CEDEX 2", "Saint-Étienne"),
            ("Le Havre", "LE HAVRE CEDEX"),
            ("Lyon 3e", "Lyon"),
            ("PARIS 20EME ARRONDISSEMENT", "Paris"),
            ("Les Ulis", "ULIS"),
            ("L'Île-d'Yeu", "l’ile d’yeu"),
            ("Châlons s/ Marne", "Châlons-sur-Marne"),
        ],
    )
    def test_is_the_same_however_it_is_written(self, one, other):
        assert name_key(one) == name_key(other)

    def test_of_another_town_is_another(self):
        assert name_key("Saint-Denis") != name_key("Saint-Denis-de-Pile")


@pytest.mark.usefixtures("brest")
class TestByCode:
    def test_is_taken_where_nothing_belies_it(self):
        assert find(code="29019") == "29019"
        assert find(code="29019", postcode="29200", name="BREST CEDEX") == "29019"

    def test_is_not_taken_in_another_departement_than_the_postcode(self):
        assert find(code="29019", postcode="75001", name="Ailleurs") is None

    def test_is_not_taken_when_the_very_name_is_that_of_a_neighbour_that_the_position_is_in(self, finistere):
        where = Point(-4.40, 48.44)
        CommuneFactory(
            insee_code="29075", name="Guipavas", postcodes="29490", department=finistere, location=where
        )
        assert find(code="29019", postcode="29200", name="Guipavas", position=where.coords) == "29075"
        assert find(code="29019", postcode="29200", name="Guipavas", position=(-4.49, 48.39)) == "29019"


@pytest.mark.usefixtures("brest")
class TestByPostcodeAndName:
    @pytest.mark.parametrize("name", ["Brest", "BREST", "brest cedex 1", "Bresst", "Recouvrance", ""])
    def test_is_found_where_one_commune_has_the_postcode(self, name):
        assert find(postcode="29200", name=name) == "29019"

    def test_is_found_by_its_name_among_several(self, finistere):
        CommuneFactory(insee_code="29011", name="Bohars", postcodes="29200", department=finistere)
        assert find(postcode="29200", name="BOHARS") == "29011"
        assert find(postcode="29200", name="Bohar") == "29011"
        assert find(postcode="29200", name="Nulle part") is None

    def test_is_found_by_its_name_in_the_departement_of_a_postcode_that_is_no_commune_s(self):
        assert find(postcode="29210", name="Brest") == "29019"

    def test_is_found_by_a_longer_name_that_begins_so(self, finistere):
        CommuneFactory(insee_code="29011", name="Bohars", postcodes="29200", department=finistere)
        CommuneFactory(insee_code="29189", name="Plougastel-Daoulas", postcodes="29200", department=finistere)
        assert find(postcode="29200", name="Plougastel") == "29189"

    def test_is_found_by_what_it_was_called_or_what_joined_it(self, brest, finistere):
        CommuneFactory(insee_code="29011", name="Bohars", postcodes="29200", department=finistere)
        FormerName.objects.create(commune=brest, name="Lambézellec")
        assert find(postcode="29200", name="LAMBEZELLEC") == "29019"
        assert find(postcode="29490", name="Lambézellec") == "29019"
        assert find(postcode="75001", name="Lambézellec") is None

    def test_is_not_found_by_what_two_communes_were_called(self, brest, finistere):
        other = CommuneFactory(insee_code="29011", name="Bohars", postcodes="29200", department=finistere)
        for commune in (brest, other):
            FormerName.objects.create(commune=commune, name="Saint-Pierre")
        assert find(postcode="29200", name="Saint-Pierre") is None

    def test_is_the_borough_that_the_postcode_says(self):
        rhone = DepartmentFactory(code="69", name="Rhône")
        lyon = CommuneFactory(insee_code="69123", name="Lyon", postcodes="69001|69009", department=rhone)
        CommuneFactory(
            insee_code="69389", name="Lyon 9e", postcodes="69009", kind="ARM", parent=lyon, department=rhone
        )
        assert find(postcode="69009", name="LYON") == "69389"
        assert find(code="69123", postcode="69009", name="Lyon 9ème") == "69389"
        assert find(postcode="69001", name="Lyon") == "69123"


@pytest.mark.usefixtures("brest")
class TestByNameOrPosition:
    def test_is_found_by_a_name_that_only_one_bears(self):
        assert find(name="Brest") == "29019"

    def test_is_found_among_namesakes_by_the_position(self):
        CommuneFactory(
            insee_code="27112",
            name="Brest",
            department=DepartmentFactory(code="27"),
            location=Point(1.0, 49.0),
        )
        assert find(name="Brest") is None
        assert find(name="Brest", position=(-4.48, 48.39)) == "29019"

    def test_is_found_near_its_centre_where_several_have_the_postcode(self, finistere):
        CommuneFactory(
            insee_code="29011",
            name="Bohars",
            postcodes="29200",
            department=finistere,
            location=Point(-4.7, 48.5),
        )
        assert find(postcode="29200", name="?", position=(-4.491, 48.391)) == "29019"
        assert find(postcode="29200", name="?", position=(-4.6, 48.45)) is None

    def test_is_unknown_without_anything(self):
        assert find() is None


class TestOverseas:
    def test_communes_are_known_without_being_stored(self):
        gazetteer = Gazetteer()
        town = gazetteer.find(code="98818", postcode="98800", name="Nouméa")
        assert (town.name, town.pk) == ("Nouméa", None)

    def test_communes_are_stored_when_a_row_lies_there(self):
        gazetteer = Gazetteer()
        gazetteer.store_overseas(["98818", "98818"])
        assert gazetteer.by_code["98818"].pk
        assert Gazetteer().by_code["98818"].department == "988"

    def test_one_postcode_that_is_no_code_of_the_place_is_not_believed(self):
        assert find(code="63236", postcode="98809", name="Mont-Dore") == "98817"


@pytest.mark.usefixtures("brest")
class TestDistance:
    def test_too_far_is_beyond_what_any_commune_reaches(self):
        gazetteer = Gazetteer()
        town = gazetteer.by_code["29019"]
        assert not gazetteer.is_too_far(town, (-4.3, 48.39))
        assert gazetteer.is_too_far(town, (-3.9, 48.39))
        assert not gazetteer.is_too_far(town, None)
