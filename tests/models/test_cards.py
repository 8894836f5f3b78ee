"""What a list of places shows is read in three queries, and queries that are composed once say the same."""

import datetime as dt

import pytest
from django.contrib.gis.geos import Point

from places.models import Closure, Place, Prepared, State, cards
from places.models.prepared import SIZES, filled_up
from tests.factories import FeeFactory, PlaceFactory, PlaceKindFactory, ServiceFactory

pytestmark = pytest.mark.django_db

TEN = dt.datetime(2026, 3, 10, 10, tzinfo=dt.UTC)


class TestCards:
    @pytest.mark.parametrize("count", [1, 4, 12])
    def test_ask_three_times_whatever_their_number(self, count, django_assert_num_queries):
        for _place in range(count):
            PlaceFactory(
                services=[ServiceFactory()], kinds=[PlaceKindFactory(code="EPN")], fees=[FeeFactory()]
            )
        pks = list(Place.objects.values_list("pk", flat=True))
        with django_assert_num_queries(3):
            for place in cards(pks, at=TEN):
                assert place.is_epn
                place.status_at(TEN)
                assert place.kind_name
                assert place.is_free is False or place.is_free is True
                assert place.is_demonstration is False
                assert place.folded_name

    def test_come_in_the_order_that_is_asked_for(self):
        first, second, third = PlaceFactory(), PlaceFactory(), PlaceFactory()
        assert cards([third.pk, first.pk, second.pk], at=TEN) == [third, first, second]

    def test_leave_out_what_is_not_online(self):
        online, draft = PlaceFactory(), PlaceFactory(state=State.DRAFT)
        assert cards([draft.pk, online.pk, -1], at=TEN) == [online]

    def test_of_nothing_are_nothing(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert cards([], at=TEN) == []

    def test_hold_the_closures_of_the_fortnight_and_no_others(self):
        place, other = PlaceFactory(), PlaceFactory()
        day = TEN.date()

        def close(of, first, last):
            days = {"starts_on": day + dt.timedelta(first), "ends_on": day + dt.timedelta(last)}
            return Closure.objects.create(place=of, **days)

        later, now = close(place, 15, 20), close(place, -3, 0)
        close(place, -5, -1)
        close(place, 16, 20)
        elsewhere = close(other, 1, 2)
        here, there = cards([place.pk, other.pk], at=TEN)
        assert (list(here.closures.all()), list(there.closures.all())) == ([now, later], [elsewhere])


class TestPrepared:
    def test_finds_anew_for_each_value(self):
        here, there = PlaceFactory(slug="ici"), PlaceFactory(slug="la-bas")
        named = Prepared(lambda slug: Place.objects.filter(slug=slug), "aucun")
        assert (named("ici"), named("la-bas"), named("ailleurs")) == ([here], [there], [])

    def test_takes_a_point_a_day_and_a_moment(self):
        point = Point(4.8, 45.7, srid=4326)
        place = PlaceFactory(location=point, verified_at=TEN, source_updated_on=TEN.date())
        found = Prepared(
            lambda point, day, moment: Place.objects.filter(
                location=point, source_updated_on=day, verified_at=moment
            ),
            Point(0, 1, srid=4326),
            dt.date(1000, 1, 1),
            dt.datetime(1000, 1, 2, tzinfo=dt.UTC),
        )
        assert found(point, TEN.date(), TEN) == [place]
        assert found(point, TEN.date(), TEN + dt.timedelta(seconds=1)) == []

    def test_keeps_what_comes_with_the_rows(self, django_assert_num_queries):
        pk = PlaceFactory(commune__name="Brest").pk
        whole = Prepared(lambda pk: Place.objects.select_related("commune").filter(pk=pk), -1)
        with django_assert_num_queries(1):
            assert whole(pk)[0].commune.name == "Brest"

    def test_refuses_an_example_that_the_query_does_not_hold(self):
        with pytest.raises(ValueError, match="example"):
            Prepared(lambda _slug: Place.objects.filter(slug="autre"), "aucun")("ici")


@pytest.mark.parametrize(("count", "size"), [(0, 0), (1, 4), (4, 4), (5, 8), (20, 32), (300, 300)])
def test_a_list_is_filled_up_with_its_last_key(count, size):
    filled = filled_up(range(count))
    assert (len(filled), filled[:count], set(filled)) == (size, list(range(count)), set(range(count)))
    assert list(SIZES) == sorted(SIZES)
