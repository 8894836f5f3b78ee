"""Partners, how to reach them, and what they do with which place."""

import datetime as dt

import pytest

from places.models import Partner, PartnerContact, Partnership, State
from tests.factories import (
    TOWN_HALL,
    CommuneFactory,
    NeighbourhoodFactory,
    PartnerContactFactory,
    PartnerFactory,
    PartnershipFactory,
    PlaceFactory,
    SourceFactory,
    ThemeFactory,
)


class TestMatching:
    @pytest.mark.parametrize(
        "typed", ["mission", "MISSION locale", "recouvrance", "rive droite", "quimper", ""]
    )
    def test_is_by_name_neighbourhood_alias_or_town(self, typed):
        recouvrance = NeighbourhoodFactory(name="Recouvrance", aliases="La Rive droite")
        quimper = CommuneFactory(insee_code="29232", name="Quimper")
        partner = PartnerFactory(name="Mission locale", neighbourhoods=[recouvrance], commune=quimper)
        assert list(Partner.objects.matching(typed)) == [partner]

    def test_needs_every_word(self):
        PartnerFactory(name="Mission locale")
        assert not Partner.objects.matching("mission nationale").exists()

    def test_gives_nobody_twice(self):
        themes = [ThemeFactory(), ThemeFactory()]
        PartnerFactory(themes=themes, neighbourhoods=[NeighbourhoodFactory(), NeighbourhoodFactory()])
        assert Partner.objects.matching(theme=themes).count() == 1
        assert Partner.objects.matching("quartier").count() == 1


class TestActiveIn:
    def test_are_those_that_name_it_or_work_with_a_place_inside(self):
        neighbourhood = NeighbourhoodFactory()
        inside, outside = (PlaceFactory(east_of=TOWN_HALL, by_m=m) for m in (0, 3_000))
        named = PartnerFactory(neighbourhoods=[neighbourhood])
        linked = PartnershipFactory(place=inside).partner
        PartnershipFactory(place=inside, status="ENDED")
        PartnershipFactory(place=outside)
        assert set(Partner.objects.active_in(neighbourhood)) == {named, linked}


class TestContacts:
    def test_are_for_professionals_until_somebody_says_otherwise(self):
        PartnerContactFactory()
        public = PartnerContactFactory(visibility="PUBLIC")
        assert list(PartnerContact.objects.public()) == [public]


class TestPartnerships:
    def test_public_are_those_in_force_between_two_pages_that_are_online(self):
        public = PartnershipFactory()
        PartnershipFactory(status="ENDED")
        PartnershipFactory(partner=PartnerFactory(is_published=False))
        PartnershipFactory(place=PlaceFactory(state=State.DRAFT))
        assert list(Partnership.objects.public()) == [public]

    @pytest.mark.parametrize("status", ["WISHED", "STARTING", "ACTIVE"])
    def test_in_force_are_all_that_have_not_ended(self, status):
        PartnershipFactory(status=status)
        assert Partnership.objects.current().count() == 1

    def test_are_to_be_talked_over_from_their_date_on(self):
        today = dt.date(2026, 9, 8)
        due = PartnershipFactory(review_on=today)
        PartnershipFactory(review_on=dt.date(2026, 9, 9))
        PartnershipFactory(review_on=None)
        PartnershipFactory(review_on=today, status="ENDED")
        assert list(Partnership.objects.to_review(today)) == [due]

    def test_ask_the_same_number_of_times_for_many_rows_as_for_few(self, django_assert_num_queries):
        for _row in range(8):
            PartnershipFactory()
        with django_assert_num_queries(1):
            for row in Partnership.objects.for_rows():
                assert row.place.commune.name
                assert row.partner.name
                assert row.theme.name


class TestPartner:
    def test_has_a_page_of_its_own_and_a_folded_name(self):
        first, second = PartnerFactory(name="École Kérichen"), PartnerFactory(name="École Kérichen")
        assert (first.slug, second.slug) == ("ecole-kerichen", "ecole-kerichen-2")
        assert first.folded_name == "ecole kerichen"

    def test_without_a_source_is_no_example(self):
        assert PartnerFactory().is_demonstration is False
        example = SourceFactory(code="demonstration", is_demonstration=True)
        assert PartnerFactory(source=example).is_demonstration is True

    def test_is_found_by_its_natural_key(self):
        partner = PartnerFactory()
        assert Partner.objects.get_by_natural_key(*partner.natural_key()) == partner

    def test_leaves_no_partnership_behind(self):
        partnership = PartnershipFactory()
        partnership.partner.delete()
        assert not Partnership.objects.exists()
        assert partnership.history.model.objects.filter(history_type="-").exists()
