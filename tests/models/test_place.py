"""Places: what follows from what, who is near whom, and what the verbs of the QuerySet mean."""

import datetime as dt

import pytest
from django.contrib.gis.geos import Point

from places.domain.hours import State as OpeningState
from places.models import Certainty, Place, State
from places.models.place import COMPLETENESS_WEIGHTS
from tests.factories import (
    TOWN_HALL,
    TUESDAY,
    AudienceFactory,
    ClosureFactory,
    CommuneFactory,
    FeeFactory,
    NeighbourhoodFactory,
    PlaceFactory,
    PlaceKindFactory,
    ServiceFactory,
    SourceFactory,
    ThemeFactory,
    beside,
    square,
)

TEN = dt.datetime(2026, 9, 8, 8, tzinfo=dt.UTC)  # ten in the morning in Brest


class TestDerive:
    def test_makes_the_slug_of_the_name_and_the_town_and_keeps_it(self):
        place = PlaceFactory(name="L’Île aux Écrans", city="Saint-Étienne")
        assert place.slug == "l-ile-aux-ecrans-saint-etienne"
        place.name = "Autre nom"
        place.save()
        assert place.slug == "l-ile-aux-ecrans-saint-etienne"
        assert place.folded_name == "autre nom"

    def test_gives_each_place_a_page_of_its_own(self):
        slugs = [PlaceFactory(name="Médiathèque").slug for _place in range(3)]
        assert slugs == ["mediatheque-brest", "mediatheque-brest-2", "mediatheque-brest-3"]

    def test_finds_a_slug_for_names_without_a_latin_letter(self):
        assert [PlaceFactory(name="中文", city="").slug for _place in range(2)] == ["place", "place-2"]

    def test_keeps_a_slug_within_its_column(self):
        place = PlaceFactory(name="x" * 160, city="y" * 120)
        assert len(place.slug) <= 160
        assert PlaceFactory(name="x" * 160, city="y" * 120).slug != place.slug

    def test_counts_how_much_of_what_a_visit_needs_is_said(self):
        assert sum(COMPLETENESS_WEIGHTS.values()) == 100
        nothing = PlaceFactory(address="", location=None)
        assert nothing.completeness == 0
        everything = dict.fromkeys(COMPLETENESS_WEIGHTS, "x") | {
            "location": TOWN_HALL,
            "is_step_free": False,
            "has_printing": True,
            "has_wifi": False,
            "phone": "+33298000000",
            "opening_hours": "24/7",
        }
        assert PlaceFactory(**everything).completeness == 100

    def test_counts_a_no_as_something_said(self):
        assert PlaceFactory(is_step_free=False).completeness == COMPLETENESS_WEIGHTS["is_step_free"]


class TestNeighbourhoodOfAPlace:
    @pytest.mark.parametrize(
        ("by_m", "certainty", "is_in_it"),
        [
            (0, Certainty.INSIDE, True),
            (440, Certainty.INSIDE, True),
            (460, Certainty.EDGE, True),
            (540, Certainty.EDGE, True),
            (560, Certainty.OUTSIDE, False),
            (5_000, Certainty.OUTSIDE, False),
        ],
    )
    def test_is_known_with_its_certainty(self, by_m, certainty, is_in_it):
        neighbourhood = NeighbourhoodFactory(area=square(half_m=500))
        place = PlaceFactory(east_of=TOWN_HALL, by_m=by_m)
        place.refresh_from_db()
        assert place.neighbourhood_certainty == certainty
        assert place.neighbourhood == (neighbourhood if is_in_it else None)

    def test_is_unknown_without_a_position(self):
        NeighbourhoodFactory()
        place = PlaceFactory(location=None)
        assert (place.neighbourhood, place.neighbourhood_certainty) == (None, Certainty.UNKNOWN)

    def test_is_the_official_one_where_two_overlap(self):
        NeighbourhoodFactory(name="Vécu")
        official = NeighbourhoodFactory(qpv=True)
        assert PlaceFactory(east_of=TOWN_HALL).neighbourhood == official

    def test_is_the_one_it_is_in_rather_than_one_it_is_next_to(self):
        NeighbourhoodFactory(qpv=True, area=square(half_m=500))
        beyond = NeighbourhoodFactory(area=square(beside(TOWN_HALL, east_m=1_010), half_m=500))
        assert PlaceFactory(east_of=TOWN_HALL, by_m=530).neighbourhood == beyond

    def test_is_never_one_of_the_former_generation(self):
        NeighbourhoodFactory(kind="PRIORITY", generation=2015, code="QP029001")
        assert PlaceFactory(east_of=TOWN_HALL).neighbourhood is None

    def test_follows_the_place_when_it_moves(self):
        neighbourhood = NeighbourhoodFactory()
        place = PlaceFactory(east_of=TOWN_HALL, by_m=5_000)
        place.location = TOWN_HALL
        place.save()
        assert place.neighbourhood == neighbourhood

    def test_is_left_when_the_neighbourhood_is_deleted(self):
        neighbourhood = NeighbourhoodFactory()
        place = PlaceFactory(east_of=TOWN_HALL)
        Place.objects.filter(pk=place.pk).update(neighbourhood_certainty=Certainty.INSIDE)
        neighbourhood.delete()
        place.refresh_from_db()
        assert place.neighbourhood is None


class TestRelocate:
    @pytest.fixture
    def places(self):
        return [PlaceFactory(east_of=TOWN_HALL, by_m=m) for m in (0, 300, 480, 530, 900)] + [PlaceFactory()]

    def test_sets_all_anew_once_polygons_have_come_and_says_how_many_changed(self, places):
        neighbourhood = NeighbourhoodFactory(area=square(half_m=500))
        assert Place.objects.relocate() == 4
        assert Place.objects.relocate() == 0
        found = [Place.objects.get(pk=place.pk) for place in places]
        assert [place.neighbourhood for place in found] == [neighbourhood] * 4 + [None] * 2
        assert [place.neighbourhood_certainty for place in found] == [
            *(Certainty.INSIDE, Certainty.INSIDE, Certainty.EDGE, Certainty.EDGE),
            *(Certainty.OUTSIDE, Certainty.UNKNOWN),
        ]

    def test_says_the_same_as_saving_one_by_one(self, places):
        for east_m, qpv in ((0, True), (700, False), (1_000, True)):
            NeighbourhoodFactory(qpv=qpv, area=square(beside(TOWN_HALL, east_m=east_m), half_m=350))
        Place.objects.relocate()
        in_bulk = list(Place.objects.values_list("pk", "neighbourhood", "neighbourhood_certainty"))
        for place in Place.objects.all():
            place.save()
        assert list(Place.objects.values_list("pk", "neighbourhood", "neighbourhood_certainty")) == in_bulk

    def test_forgets_a_neighbourhood_that_moved_away(self, places):
        neighbourhood = NeighbourhoodFactory()
        Place.objects.relocate()
        neighbourhood.area = square(beside(TOWN_HALL, 30_000))
        neighbourhood.save()
        assert Place.objects.relocate() == 4
        assert not Place.objects.filter(neighbourhood=neighbourhood).exists()

    def test_asks_no_more_for_many_places_than_for_few(self, places, django_assert_max_num_queries):
        NeighbourhoodFactory()
        PlaceFactory.create_batch(30, location=beside(TOWN_HALL, 700))
        with django_assert_max_num_queries(6):
            Place.objects.relocate()


class TestNear:
    def test_leaves_out_what_lies_beyond_the_radius_and_puts_the_nearest_first(self):
        further, next_door, _too_far = [PlaceFactory(east_of=TOWN_HALL, by_m=m) for m in (900, 100, 2_500)]
        assert list(Place.objects.near(TOWN_HALL, radius_m=1_000)) == [next_door, further]

    def test_says_how_far_each_is(self):
        PlaceFactory(east_of=TOWN_HALL, by_m=300)
        assert Place.objects.near(TOWN_HALL, radius_m=1_000).get().distance.m == pytest.approx(300, abs=1)

    def test_of_the_other_side_of_the_world_is_nothing(self):
        noumea = Point(166.44, -22.27, srid=4326)
        PlaceFactory(location=noumea)
        assert not Place.objects.near(TOWN_HALL, radius_m=100_000).exists()
        assert Place.objects.near(noumea, radius_m=10).count() == 1


class TestReachableFrom:
    def test_counts_from_the_limit_and_leaves_out_who_is_inside(self):
        neighbourhood = NeighbourhoodFactory(area=square(half_m=500))
        PlaceFactory(east_of=TOWN_HALL)
        near, far = (PlaceFactory(east_of=TOWN_HALL, by_m=m) for m in (700, 1_400))
        PlaceFactory(east_of=TOWN_HALL, by_m=1_600)
        PlaceFactory(location=beside(TOWN_HALL, east_m=1_400, north_m=1_400))  # 1,270 m from the corner
        metres = Place.objects.reachable_from(neighbourhood)
        assert list(metres) == [near.pk, far.pk]
        assert list(metres.values()) == pytest.approx([200, 900], abs=5)


class TestVerbs:
    def test_published_are_those_that_are_online(self):
        online = PlaceFactory()
        for state in (State.DRAFT, State.PENDING, State.ARCHIVED):
            PlaceFactory(state=state)
        assert list(Place.objects.published()) == [online]

    def test_a_new_place_is_a_draft(self):
        assert Place(name="Nouveau").state == State.DRAFT

    def test_serving_are_those_inside_and_those_that_say_so_each_once(self):
        neighbourhood = NeighbourhoodFactory()
        inside = PlaceFactory(east_of=TOWN_HALL, serves=[neighbourhood])
        from_afar = PlaceFactory(east_of=TOWN_HALL, by_m=9_000, serves=[neighbourhood])
        PlaceFactory(east_of=TOWN_HALL, by_m=9_000)
        assert set(Place.objects.serving(neighbourhood)) == {inside, from_afar}
        assert Place.objects.serving(neighbourhood).count() == 2

    def test_in_commune_are_those_of_its_boroughs_too(self):
        lyon = CommuneFactory(insee_code="69123", name="Lyon")
        ninth = CommuneFactory(insee_code="69389", name="Lyon 9e", kind="ARM", parent=lyon)
        inside, borough, _other = PlaceFactory(commune=lyon), PlaceFactory(commune=ninth), PlaceFactory()
        assert set(Place.objects.in_commune(lyon)) == {inside, borough}
        assert list(Place.objects.in_commune(ninth)) == [borough]

    @pytest.mark.parametrize(
        ("verb", "link", "factory"),
        [
            ("offering", "services", ServiceFactory),
            ("of_kinds", "kinds", PlaceKindFactory),
            ("at_fees", "fees", FeeFactory),
        ],
    )
    def test_one_of_several_is_enough_and_none_asks_nothing(self, verb, link, factory):
        one, two, three = factory(), factory(), factory()
        first, both = PlaceFactory(**{link: [one]}), PlaceFactory(**{link: [one, two]})
        PlaceFactory(**{link: [three]})
        ask = getattr(Place.objects, verb)
        assert set(ask([one, two])) == {first, both}
        assert ask([one, two]).count() == 2
        assert ask([]).count() == 3

    def test_for_audiences_are_those_that_name_them_or_nobody_in_particular(self):
        young, old = AudienceFactory(), AudienceFactory()
        for_all, for_young = PlaceFactory(), PlaceFactory(audiences=[young])
        PlaceFactory(audiences=[old])
        assert set(Place.objects.for_audiences([young])) == {for_all, for_young}
        assert Place.objects.for_audiences([]).count() == 3

    def test_on_themes_are_those_whose_help_is_on_them(self):
        work = ThemeFactory(code="emploi")
        place = PlaceFactory(services=[ServiceFactory(themes=[work]), ServiceFactory(themes=[work])])
        PlaceFactory()
        assert list(Place.objects.on_themes([work])) == [place]

    def test_confirmed_are_those_that_somebody_said_to_be_right_here_or_at_the_source(self):
        day = dt.date(2026, 1, 1)
        here = PlaceFactory(verified_at=dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC))
        there = PlaceFactory(source_updated_on=day)
        old = PlaceFactory(source_updated_on=dt.date(2025, 12, 31))
        never = PlaceFactory()
        assert set(Place.objects.confirmed_since(day)) == {here, there}
        assert set(Place.objects.not_confirmed_since(day)) == {old, never}


class TestFacts:
    @pytest.mark.parametrize(
        ("fees", "free"),
        [([], None), (["gratuit"], True), (["gratuit", "payant"], False), (["payant"], False)],
    )
    def test_free_is_a_yes_a_no_or_unknown(self, fees, free):
        assert PlaceFactory(fees=[FeeFactory(code=code) for code in fees]).is_free is free

    @pytest.mark.parametrize(
        ("values", "known"),
        [
            ({}, False),
            ({"has_wifi": False}, True),
            ({"computer_count": 0}, True),
            ({"is_step_free": True}, False),
        ],
    )
    def test_of_equipment_a_no_is_known_too(self, values, known):
        assert PlaceFactory(**values).equipment_is_known is known

    def test_every_fact_is_unknown_at_first(self):
        place = Place()
        facts = [
            field.name for field in Place._meta.concrete_fields if field.get_internal_type() == "BooleanField"
        ]
        assert len(facts) >= 14
        assert {getattr(place, name) for name in facts} == {None}

    def test_an_address_leaves_out_what_is_unknown(self):
        assert PlaceFactory(address="12 rue de Siam").address_line == "12 rue de Siam, 29200 Brest"
        assert PlaceFactory(postcode="").address_line == "Brest"
        assert PlaceFactory(postcode="", city="").address_line == ""

    def test_emails_are_one_a_line(self):
        assert PlaceFactory(emails=" a@example.org \n\nb@example.org").email_list == [
            "a@example.org",
            "b@example.org",
        ]


class TestHours:
    def test_are_read_in_the_time_of_the_place(self):
        place = PlaceFactory(opening_hours="Mo-Fr 09:00-12:00")
        assert place.status_at(TEN).state is OpeningState.OPEN
        abroad = PlaceFactory(opening_hours="Mo-Fr 09:00-12:00", commune=None, postcode="97400")
        assert abroad.timezone.key == "Indian/Reunion"
        assert abroad.status_at(TEN).state is OpeningState.CLOSED

    def test_give_way_to_closures(self):
        place = PlaceFactory(opening_hours="Mo-Fr 09:00-12:00")
        ClosureFactory(place=place, message="Travaux")
        assert place.status_at(TEN).state is OpeningState.CLOSED
        assert not place.week(dt.date(2026, 9, 7))[1].spans

    def test_know_the_holidays_of_alsace_and_moselle(self):
        boxing_day = dt.datetime(2025, 12, 26, 10, tzinfo=dt.UTC)  # a Friday
        hours = "Mo-Fr 09:00-12:00; PH off"
        strasbourg = CommuneFactory(insee_code="67482", name="Strasbourg", postcodes="67000")
        here = PlaceFactory(opening_hours=hours, commune=strasbourg, postcode="67000")
        assert here.status_at(boxing_day).state is OpeningState.CLOSED
        assert PlaceFactory(opening_hours=hours).status_at(boxing_day).state is OpeningState.OPEN

    def test_of_a_place_that_says_none_are_unknown(self):
        assert PlaceFactory().status_at(TEN).state is OpeningState.UNKNOWN
        assert PlaceFactory().week(dt.date(2026, 9, 7)) == []


class TestClosures:
    def test_are_announced_fifteen_days_ahead_and_gone_the_day_after(self):
        place = PlaceFactory()

        def shown(starts, ends):
            closure = ClosureFactory(
                place=place, starts_on=TUESDAY + dt.timedelta(starts), ends_on=TUESDAY + dt.timedelta(ends)
            )
            return closure in place.closures.around(TUESDAY)

        assert shown(0, 0)
        assert shown(-5, 0)
        assert shown(15, 20)
        assert not shown(16, 20)
        assert not shown(-5, -1)


class TestHistory:
    def test_keeps_each_version_without_what_is_reckoned(self):
        place = PlaceFactory(name="Avant")
        place.name = "Après"
        place.save()
        versions = list(place.history.order_by("history_id"))
        assert [version.name for version in versions] == ["Avant", "Après"]
        for name in ("folded_name", "completeness", "neighbourhood_id", "imported_values"):
            assert not hasattr(versions[0], name)


class TestNaturalKeys:
    def test_find_the_row_they_came_from(self):
        for row in (
            PlaceFactory(),
            NeighbourhoodFactory(),
            CommuneFactory(),
            SourceFactory(),
            ThemeFactory(),
        ):
            assert type(row).objects.get_by_natural_key(*row.natural_key()) == row
