"""What people write, and what is meant."""

import datetime as dt

import pytest

from places.models import FormerName, Need, Place
from places.search import rebuild, results, search
from tests.factories import TOWN_HALL, CommuneFactory, NeighbourhoodFactory, PlaceFactory, beside

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 9, 8, 12, tzinfo=dt.UTC)


@pytest.fixture
def territory():
    """Mantes-la-Jolie with its Val Fourré, a village called Le Val, and Toulouse."""
    mantes = CommuneFactory(insee_code="78361", name="Mantes-la-Jolie", postcodes="78200")
    le_val = CommuneFactory(insee_code="83143", name="Le Val", postcodes="83143")
    toulouse = CommuneFactory(insee_code="31555", name="Toulouse", postcodes="31000|31500")
    val_fourre = NeighbourhoodFactory(name="Val Fourré", communes=[mantes])
    agora = PlaceFactory(name="L’Agora", commune=mantes, city="Mantes-la-Jolie", postcode="78200")
    agora.serves.add(val_fourre)
    library = PlaceFactory(name="Médiathèque", commune=toulouse, city="Toulouse", postcode="31500")
    mairie = PlaceFactory(name="Mairie", commune=le_val, city="Le Val", postcode="83143")
    Need.objects.create(words="CV", name="Faire un CV", terms="emploi")
    rebuild()
    return {"agora": agora, "library": library, "mairie": mairie}


def found(q):
    results = search(Place.objects.published(), at=NOON, q=q)
    return [Place.objects.get(pk=pk).name for pk in results.pks], results


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("val fourré", "L’Agora"),
        ("VAL FOURRE", "L’Agora"),
        ("val fouré", "L’Agora"),
        ("agora mantes", "L’Agora"),
        ("mediateque tolouse", "Médiathèque"),
        ("médiathèque 31500", "Médiathèque"),
        ("le val", "Mairie"),
        ("83143", "Mairie"),
    ],
)
def test_leads_to_the_place_that_was_meant(q, first, territory):
    assert found(q)[0][:1] == [first]


def test_a_correction_is_said(territory):
    _names, results = found("val fouré")
    assert results.understood.corrected == [("val foure", "Val Fourré, Mantes-la-Jolie")]


@pytest.mark.parametrize("q", ["djion", "dijin", "epn dijn"])
def test_a_slip_in_a_short_name_of_a_town_is_forgiven(q, territory):
    CommuneFactory(insee_code="21231", name="Dijon", population=160_000)
    rebuild()
    assert found(q)[1].ground.label.startswith("Dijon")


def test_a_town_is_rather_meant_than_a_need_that_is_as_near(territory):
    CommuneFactory(insee_code="06029", name="Cannes", population=75_000)
    Need.objects.create(words="cafés", name="Café associatif")
    rebuild()
    assert found("canes")[1].ground.label.startswith("Cannes")
    assert found("caffés")[1].understood.groups[0].label == "Café associatif"


def test_a_village_is_rather_meant_than_the_part_of_a_town_that_was_called_like_it(territory):
    village = CommuneFactory(insee_code="04190", name="Saint-Martin", population=100)
    town = CommuneFactory(insee_code="04112", name="Manosque", population=22_000)
    FormerName.objects.create(commune=town, name="Saint-Martin")
    rebuild()
    assert found("saint martin")[1].understood.where.names[0].code == village.insee_code


def test_a_need_is_said_back_in_the_words_of_the_site(territory):
    _names, results = found("cv toulouse")
    assert [group.label for group in results.understood.groups] == ["Faire un CV"]
    assert results.ground.label.startswith("Toulouse")


@pytest.mark.parametrize("q", ["\x00", "'; DROP TABLE", "%" * 200, "(" * 200, "🙂", "a" * 200, "1 2 3", "  "])
def test_nothing_that_people_write_breaks_it(q, territory):
    names, _results = found(q)
    assert len(names) <= 3


def test_a_word_of_many_listings_is_no_neighbourhood_that_is_called_like_it(territory, monkeypatch):
    monkeypatch.setattr("places.search.senses.COMMON", 1)
    NeighbourhoodFactory(name="Médiathèque")
    rebuild()
    names, results = found("médiathèque")
    assert names == ["Médiathèque"]
    assert results.understood.where is None


@pytest.mark.parametrize("few", [0, 1_000])
def test_finds_the_same_whether_few_or_many_places_answer(few, territory, monkeypatch):
    monkeypatch.setattr(results, "FEW_KEYS", few)
    PlaceFactory(name="Imprimer ici")
    rebuild()
    assert "Imprimer ici" in found("imprimer")[0]


def test_near_is_not_as_far_where_there_are_many_more_places_than_in_france(territory, monkeypatch):
    commune = CommuneFactory(name="Brest", location=TOWN_HALL)
    for metres in (1_000, 20_000):
        PlaceFactory(name=f"À {metres} m", commune=commune, location=beside(TOWN_HALL, east_m=metres))
    rebuild()

    def near():
        asked = search(Place.objects.published(), at=NOON, position=TOWN_HALL.coords)
        return [Place.objects.get(pk=pk).name for pk in asked.pks]

    assert near() == ["À 1000 m", "À 20000 m"]
    monkeypatch.setattr(results, "USUAL_PLACES", 1)  # of five
    assert near() == ["À 1000 m"]
