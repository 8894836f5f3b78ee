"""The figures of each neighbourhood: written by `refresh`, and known to be stale by the history."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from places.domain.coverage import EVENING, STEP_FREE
from places.models import Coverage, Neighbourhood, State
from places.models.coverage import rings_of
from tests.factories import (
    TOWN_HALL,
    AccessModeFactory,
    AudienceFactory,
    NeighbourhoodFactory,
    PlaceFactory,
    ServiceFactory,
    ThemeFactory,
    WorkshopFactory,
    square,
)

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 9, 8, 4, tzinfo=dt.UTC)


def refreshed(neighbourhood):
    Coverage.objects.refresh(at=NOW)
    return Coverage.objects.select_related("neighbourhood").get(neighbourhood=neighbourhood)


def place(by_m, **facts):
    return PlaceFactory(east_of=TOWN_HALL, by_m=by_m, **facts)


class TestRefresh:
    def test_writes_the_nearest_place_and_how_many_are_near(self):
        here = NeighbourhoodFactory()
        inside, _next_door, _far = place(100), place(900), place(4_000)
        found = refreshed(here)
        assert (found.metres(), found.place_pk()) == (0, inside.pk)
        assert (found.inside_count, found.reach_count) == (1, 2)

    def test_knows_services_and_the_axes_that_they_serve(self):
        here, work = NeighbourhoodFactory(), ThemeFactory(code="emploi")
        place(800, services=[ServiceFactory(code="cv", themes=[work])])
        found = refreshed(here)
        assert found.metres("service:cv") == found.metres("theme:emploi") == pytest.approx(300, abs=2)
        assert found.themes == ["emploi"]

    def test_knows_the_axes_of_workshops_that_are_online(self):
        here = NeighbourhoodFactory()
        WorkshopFactory(place=place(0), themes=[ThemeFactory(code="education")])
        WorkshopFactory(place=place(0), themes=[ThemeFactory(code="isolement")], state=State.DRAFT)
        assert refreshed(here).themes == ["education"]

    def test_counts_an_audience_where_a_place_names_it(self):
        here = NeighbourhoodFactory()
        place(0)
        named = place(2_000, audiences=[AudienceFactory(code="seniors")])
        found = refreshed(here)
        assert found.place_pk("audience:seniors") == named.pk
        assert not found.reaches("audience:seniors")

    def test_knows_evenings_and_steps_only_where_they_are_told(self):
        here = NeighbourhoodFactory()
        place(0, opening_hours="Mo-Fr 09:00-17:00")
        late = place(2_000, opening_hours="Th 14:00-19:00", is_step_free=True)
        found = refreshed(here)
        assert found.place_pk(EVENING) == found.place_pk(STEP_FREE) == late.pk

    def test_leaves_out_places_that_nobody_can_visit(self):
        here = NeighbourhoodFactory()
        place(0, state=State.DRAFT)
        place(0, access_modes=[AccessModeFactory(code="ce-lieu-n-accueille-pas-de-public")])
        PlaceFactory(location=None)
        found = refreshed(here)
        assert found.metres() is None
        assert found.reach_count == 0

    def test_unknown_hours_stay_unknown(self):
        here = NeighbourhoodFactory()
        place(0)
        assert refreshed(here).open_min is None

    def test_a_second_time_writes_the_same_rows_anew(self):
        here = NeighbourhoodFactory()
        place(3_000)
        refreshed(here)
        place(700)
        assert refreshed(here).reach_count == 1
        assert Coverage.objects.count() == 1

    def test_forgets_neighbourhoods_that_are_no_longer_in_force(self):
        here = NeighbourhoodFactory(qpv=True)
        refreshed(here)
        Neighbourhood.objects.filter(pk=here.pk).update(generation=Neighbourhood.FORMER_GENERATION)
        assert Coverage.objects.refresh(at=NOW) == 0
        assert not Coverage.objects.exists()

    def test_takes_as_many_queries_for_twenty_as_for_two(self, django_assert_max_num_queries):
        for number in range(20):
            NeighbourhoodFactory()
            place(number * 100, opening_hours="Mo-Fr 09:00-17:00")
        with django_assert_max_num_queries(14):
            Coverage.objects.refresh(at=NOW)


class TestPerInhabitant:
    def test_is_told_when_the_population_is_known(self):
        here = NeighbourhoodFactory(population=5_000)
        place(0), place(900)
        assert refreshed(here).per_10000 == 4

    def test_is_unknown_otherwise(self):
        here = NeighbourhoodFactory()
        assert refreshed(here).per_10000 is None


class TestStale:
    def test_before_anything_was_computed(self):
        assert Coverage.objects.is_stale()

    def test_not_right_after(self):
        NeighbourhoodFactory()
        place(0)
        Coverage.objects.refresh(at=timezone.now())
        assert not Coverage.objects.is_stale()

    @pytest.mark.parametrize("change", ["place", "deleted place", "workshop", "outline"])
    def test_once_something_that_counts_has_changed(self, change):
        here, somewhere = NeighbourhoodFactory(), place(0)
        Coverage.objects.refresh(at=timezone.now())
        changes = {
            "place": somewhere.save,
            "deleted place": somewhere.delete,
            "workshop": lambda: WorkshopFactory(place=somewhere),
            "outline": here.save,
        }
        changes[change]()
        assert Coverage.objects.is_stale()


class TestCommand:
    def test_says_what_it_did(self, capsys):
        NeighbourhoodFactory()
        call_command("refresh_coverage")
        assert capsys.readouterr().out == "1 quartier calculé.\n"

    def test_can_leave_alone_what_is_up_to_date(self, capsys):
        NeighbourhoodFactory()
        call_command("refresh_coverage", "--if-stale", verbosity=0)
        call_command("refresh_coverage", "--if-stale")
        assert capsys.readouterr().out == "La couverture est à jour.\n"


def test_rings_read_from_bytes_are_those_of_the_area():
    area = square()
    assert rings_of(area) == [[tuple(point) for point in ring] for polygon in area.coords for ring in polygon]
