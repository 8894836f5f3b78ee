"""Départements, communes and neighbourhoods."""

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from places.models import Commune, Department, Neighbourhood, State, as_multipolygon
from tests.factories import (
    TOWN_HALL,
    CommuneFactory,
    DepartmentFactory,
    NeighbourhoodFactory,
    PlaceFactory,
    beside,
    square,
)


class TestCommunes:
    def test_are_in_the_order_in_which_people_look_for_them(self):
        for number, name in enumerate(["Zuydcoote", "Évry", "L’Haÿ-les-Roses", "Eu"]):
            CommuneFactory(insee_code=f"2900{number}", name=name)
        assert [row.name for row in Commune.objects.all()] == ["Eu", "Évry", "L’Haÿ-les-Roses", "Zuydcoote"]

    def test_are_found_by_a_postcode_among_several(self):
        brest = CommuneFactory(postcodes="29200|29000")
        assert list(Commune.objects.with_postcode("29000")) == [brest]
        assert brest.postcode_list == ["29200", "29000"]

    def test_with_most_places_come_first_and_count_those_online(self):
        quimper = CommuneFactory(insee_code="29232", name="Quimper")
        PlaceFactory.create_batch(2, commune=quimper)
        PlaceFactory()
        PlaceFactory.create_batch(5, state=State.DRAFT)
        first, second = Commune.objects.with_most_places(5)
        assert (first, first.place_count) == (quimper, 2)
        assert (second.name, second.place_count) == ("Brest", 1)
        assert len(Commune.objects.with_most_places(1)) == 1

    def test_a_borough_depends_on_a_commune(self):
        lyon = CommuneFactory(insee_code="69123", name="Lyon")
        ninth = CommuneFactory(insee_code="69389", name="Lyon 9e", kind="ARM", parent=lyon)
        assert list(lyon.boroughs.all()) == [ninth]

    def test_keep_the_names_that_they_no_longer_bear(self):
        row = CommuneFactory().former_names.create(name="Saint-Marc")
        assert (str(row), row.folded_name) == ("Saint-Marc", "saint marc")


class TestDepartments:
    def test_count_their_neighbourhoods_in_force_and_nobody_twice(self):
        guilers = CommuneFactory(insee_code="29069", name="Guilers")
        NeighbourhoodFactory(communes=[CommuneFactory(), guilers])
        NeighbourhoodFactory()
        NeighbourhoodFactory(kind="PRIORITY", generation=2015, code="QP029001")
        DepartmentFactory(code="69", name="Rhône")
        (row,) = Department.objects.counting_neighbourhoods()
        assert (row["code"], row["neighbourhood_count"]) == ("29", 2)


class TestNeighbourhoods:
    def test_have_a_page_whose_address_says_name_and_code(self):
        assert NeighbourhoodFactory(name="L’Europe", qpv=True, code="QN02901M").slug == "l-europe-qn02901m"
        assert [NeighbourhoodFactory(name="Le Port").slug for _row in range(2)] == ["le-port", "le-port-2"]

    @pytest.mark.parametrize("typed", ["keredern", "KÉRÉDERN", "ker", "bellevue", "brest bellevue", ""])
    def test_are_found_by_name_alias_and_town(self, typed):
        neighbourhood = NeighbourhoodFactory(name="Kérédern", aliases="Bellevue\nLe Bergot")
        assert list(Neighbourhood.objects.matching(typed)) == [neighbourhood]
        assert neighbourhood.alias_list == ["Bellevue", "Le Bergot"]

    def test_are_found_in_one_departement_only_when_asked(self):
        NeighbourhoodFactory(name="Le Port")
        rhone = DepartmentFactory(code="69", name="Rhône")
        lyon = CommuneFactory(insee_code="69123", name="Lyon", department=rhone)
        there = NeighbourhoodFactory(name="Le Port", communes=[lyon])
        assert list(Neighbourhood.objects.matching("port", department=rhone)) == [there]

    def test_come_once_however_many_communes_they_lie_in(self):
        guilers = CommuneFactory(insee_code="29069", name="Guilers")
        NeighbourhoodFactory(name="Le Port", communes=[CommuneFactory(), guilers])
        assert Neighbourhood.objects.matching("port").count() == 1

    def test_in_force_are_not_those_of_2015(self):
        lived, current = NeighbourhoodFactory(), NeighbourhoodFactory(qpv=True)
        NeighbourhoodFactory(kind="PRIORITY", generation=2015, code="QP029001")
        assert set(Neighbourhood.objects.current()) == {lived, current}

    def test_count_their_places_that_are_online(self):
        busy = NeighbourhoodFactory()
        empty = NeighbourhoodFactory(area=square(beside(TOWN_HALL, 9_000)))
        PlaceFactory.create_batch(2, location=TOWN_HALL)
        PlaceFactory(location=TOWN_HALL, state=State.DRAFT)
        counts = {row: row.place_count for row in Neighbourhood.objects.with_place_count()}
        assert counts == {busy: 2, empty: 0}

    def test_around_a_point_are_those_that_hold_or_touch_it(self):
        here = NeighbourhoodFactory(area=square(half_m=500))
        NeighbourhoodFactory(area=square(beside(TOWN_HALL, 5_000)))
        assert list(Neighbourhood.objects.around(TOWN_HALL)) == [here]
        assert list(Neighbourhood.objects.around(Point(*here.area.extent[:2], srid=4326))) == [here]


class TestOutlines:
    def test_have_a_light_copy_for_display_and_a_centre_inside(self):
        x, y = TOWN_HALL.coords
        # A crescent, whose middle lies outside of it, with a point every few metres on one side.
        side = [(x + 0.01, y + 0.02 * step / 400) for step in range(401)]
        notch = [
            (x, y + 0.02),
            (x, y + 0.018),
            (x + 0.009, y + 0.018),
            (x + 0.009, y + 0.002),
            (x, y + 0.002),
        ]
        area = MultiPolygon(Polygon([(x, y), *side, *notch, (x, y)]), srid=4326)
        neighbourhood = NeighbourhoodFactory(area=area)
        neighbourhood.refresh_from_db()
        assert neighbourhood.display_area.num_coords < 20 < neighbourhood.area.num_coords
        assert neighbourhood.display_area.geom_type == "MultiPolygon"
        assert neighbourhood.area.contains(neighbourhood.centre)
        assert not neighbourhood.area.contains(neighbourhood.area.envelope.centroid)

    def test_of_several_parts_keep_them_and_lose_lines(self):
        touching = Polygon.from_bbox((0, 0, 1, 1)).union(Polygon.from_bbox((2, 2, 3, 3)))
        touching.srid = 4326
        assert len(as_multipolygon(touching)) == 2
        spike = Polygon(((0, 0), (1, 0), (1, 1), (1, 5), (1, 1), (0, 1), (0, 0)), srid=4326)
        mended = as_multipolygon(spike)
        assert mended.valid
        assert mended.area == pytest.approx(1)
        assert mended.srid == 4326

    def test_follow_when_the_area_changes(self):
        neighbourhood = NeighbourhoodFactory()
        neighbourhood.area = square(beside(TOWN_HALL, 9_000))
        neighbourhood.save()
        assert neighbourhood.area.contains(neighbourhood.centre)
        assert not neighbourhood.display_area.contains(TOWN_HALL)

    def test_are_kept_in_history_without_what_is_reckoned(self):
        version = NeighbourhoodFactory().history.get()
        assert version.area
        assert not hasattr(version, "display_area")
