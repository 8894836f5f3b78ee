"""Workshops and their sessions: the rule is said once, the dates are rows, a person has the last word."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from places.domain.recurrence import RuleError
from places.models import Occurrence, State, Workshop
from tests.factories import (
    TUESDAY,
    CommuneFactory,
    OccurrenceFactory,
    PartnerFactory,
    PlaceFactory,
    ThemeFactory,
    WorkshopFactory,
)

END = TUESDAY + dt.timedelta(days=27)  # four Tuesdays: 8, 15, 22, 29 September


@pytest.fixture
def workshop():
    workshop = WorkshopFactory()
    workshop.schedule(END, since=TUESDAY)
    return workshop


def days(workshop):
    return [row.local_date.day for row in workshop.occurrences.order_by("starts_at")]


class TestSchedule:
    def test_writes_a_row_for_each_date_and_says_how_many_are_ahead(self):
        workshop = WorkshopFactory()
        assert workshop.schedule(END, since=TUESDAY) == 4
        assert days(workshop) == [8, 15, 22, 29]
        first = workshop.occurrences.order_by("starts_at")[0]
        assert (first.local_start.hour, first.local_end.hour) == (14, 16)

    def test_a_second_time_changes_nothing(self, workshop):
        rows = list(workshop.occurrences.values())
        workshop.schedule(END, since=TUESDAY)
        assert list(workshop.occurrences.values()) == rows

    def test_follows_the_rule_when_it_changes(self, workshop):
        workshop.weekdays = "TH"
        workshop.save()
        workshop.schedule(END, since=TUESDAY)
        assert days(workshop) == [10, 17, 24, 1]

    def test_leaves_what_a_person_has_moved_or_cancelled(self, workshop):
        moved, cancelled, *_rest = workshop.occurrences.order_by("starts_at")
        moved.starts_at += dt.timedelta(days=1)
        moved.ends_at += dt.timedelta(days=1)
        cancelled.status = Occurrence.Status.CANCELLED
        for row in (moved, cancelled):
            row.is_overridden = True
            row.save()
        workshop.schedule(END, since=TUESDAY)
        assert days(workshop) == [9, 15, 22, 29]
        workshop.weekdays = "TH"
        workshop.save()
        workshop.schedule(END, since=TUESDAY)
        assert days(workshop) == [9, 10, 15, 17, 24, 1]

    def test_leaves_what_is_past(self, workshop):
        workshop.weekdays = "TH"
        workshop.save()
        workshop.schedule(END, since=dt.date(2026, 9, 16))
        assert days(workshop) == [8, 15, 17, 24, 1]

    def test_leaves_what_has_begun_today_and_adds_nothing_that_is_over(self, workshop):
        workshop.start_time = dt.time(9)
        workshop.save()
        halfway = dt.datetime(2026, 9, 8, 13, tzinfo=dt.UTC)  # 15:00 in Brest: an hour after the start
        assert workshop.schedule(END, since=TUESDAY, at=halfway) == 4
        hours = [row.local_start.hour for row in workshop.occurrences.order_by("starts_at")]
        assert hours == [14, 9, 9, 9]

    def test_keeps_the_hour_on_the_wall_when_the_clocks_change(self):
        workshop = WorkshopFactory(starts_on=dt.date(2026, 10, 20))
        workshop.schedule(dt.date(2026, 10, 27), since=dt.date(2026, 10, 20))
        summer, winter = workshop.occurrences.order_by("starts_at")
        assert (summer.starts_at.hour, winter.starts_at.hour) == (12, 13)  # in UTC
        assert (summer.local_start.hour, winter.local_start.hour) == (14, 14)

    def test_is_in_the_time_of_the_place(self):
        place = PlaceFactory(commune=CommuneFactory(insee_code="97411", name="Saint-Denis"))
        workshop = WorkshopFactory(place=place)
        workshop.schedule(TUESDAY, since=TUESDAY)
        assert workshop.occurrences.get().starts_at == dt.datetime(2026, 9, 8, 10, tzinfo=dt.UTC)

    def test_of_what_is_not_online_takes_the_coming_dates_away(self, workshop):
        workshop.state = State.DRAFT
        workshop.save()
        assert workshop.schedule(END, since=TUESDAY) == 0
        assert days(workshop) == []

    def test_of_a_rule_that_cannot_be_read_raises_and_keeps_the_dates(self, workshop):
        workshop.extra_dates = "un beau jour"
        with pytest.raises(RuleError):
            workshop.schedule(END, since=TUESDAY)
        assert days(workshop) == [8, 15, 22, 29]

    def test_leaves_out_exceptions_and_adds_extra_dates(self):
        workshop = WorkshopFactory(except_dates="2026-09-15", extra_dates="2026-09-17")
        workshop.schedule(END, since=TUESDAY)
        assert days(workshop) == [8, 17, 22, 29]

    def test_leaves_out_public_holidays_when_told_to(self):
        values = {"weekdays": "WE", "starts_on": dt.date(2026, 11, 4)}
        closed = WorkshopFactory(**values, skips_public_holidays=True)
        closed.schedule(dt.date(2026, 11, 18), since=dt.date(2026, 11, 4))
        assert days(closed) == [4, 18]  # the 11th of November is a holiday


class TestRule:
    def test_that_is_wrong_is_told_beside_its_field(self):
        workshop = WorkshopFactory.build(
            place=PlaceFactory(), frequency="MONTHLY", weekdays="", week_of_month=1
        )
        with pytest.raises(ValidationError) as refused:
            workshop.clean()
        assert "weekdays" in refused.value.message_dict

    def test_that_is_sound_passes(self):
        WorkshopFactory.build(place=PlaceFactory()).clean()


class TestWorkshops:
    def test_published_are_online_at_a_place_that_is(self):
        online = WorkshopFactory()
        WorkshopFactory(state=State.DRAFT)
        WorkshopFactory(place=PlaceFactory(state=State.ARCHIVED))
        assert list(Workshop.objects.published()) == [online]

    def test_have_a_page_named_after_title_and_town(self):
        slugs = [WorkshopFactory(title="Premiers clics").slug for _row in range(2)]
        assert slugs == ["premiers-clics-brest", "premiers-clics-brest-2"]

    def test_are_elsewhere_with_a_partner_or_at_an_address(self):
        assert not WorkshopFactory().is_elsewhere
        assert WorkshopFactory(host_partner=PartnerFactory()).is_elsewhere
        assert WorkshopFactory(host_address="Halles Saint-Louis").is_elsewhere

    def test_are_found_by_their_natural_key(self):
        workshop = WorkshopFactory()
        assert Workshop.objects.get_by_natural_key(*workshop.natural_key()) == workshop

    def test_keep_their_history(self, workshop):
        workshop.title = "Autre titre"
        workshop.save()
        assert workshop.history.count() == 2


class TestOccurrences:
    AT = dt.datetime(2026, 9, 8, 13, tzinfo=dt.UTC)  # in the middle of the first one

    def test_upcoming_are_not_over_and_soonest_first(self):
        later = OccurrenceFactory(starts_at=dt.datetime(2026, 9, 9, 8, tzinfo=dt.UTC))
        going_on = OccurrenceFactory()
        OccurrenceFactory(starts_at=dt.datetime(2026, 9, 8, 11, tzinfo=dt.UTC))  # ends at 13:00 sharp
        assert list(Occurrence.objects.upcoming(self.AT)) == [going_on, later]

    def test_upcoming_tell_what_is_cancelled_and_held_do_not(self):
        OccurrenceFactory(status="CANCELLED")
        assert Occurrence.objects.upcoming(self.AT).count() == 1
        assert not Occurrence.objects.held().exists()

    def test_of_what_is_not_online_are_not_visible(self):
        OccurrenceFactory(workshop=WorkshopFactory(state=State.PENDING))
        OccurrenceFactory(workshop=WorkshopFactory(place=PlaceFactory(state=State.DRAFT)))
        assert not Occurrence.objects.upcoming(self.AT).exists()

    def test_are_those_of_workshops(self):
        wanted, _other = OccurrenceFactory(), OccurrenceFactory()
        assert list(Occurrence.objects.of(Workshop.objects.filter(pk=wanted.workshop_id))) == [wanted]

    def test_keep_their_address_when_they_are_moved(self):
        row = OccurrenceFactory(workshop=WorkshopFactory(title="Premiers clics"))
        assert row.get_absolute_url() == "/ateliers/premiers-clics-brest/2026-09-08-14h00/"
        row.starts_at += dt.timedelta(hours=1)
        assert row.is_moved
        assert row.get_absolute_url() == "/ateliers/premiers-clics-brest/2026-09-08-14h00/"
        assert Occurrence.objects.at_slot("2026-09-08-14h00", row.workshop.place.timezone).get() == row

    def test_of_an_hour_that_comes_twice_are_found_by_it(self):
        second = OccurrenceFactory(starts_at=dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC))
        zone = second.workshop.place.timezone
        assert second.slot == "2026-10-25-02h30"
        assert Occurrence.objects.at_slot("2026-10-25-02h30", zone).get() == second

    def test_ask_the_same_number_of_times_for_many_rows_as_for_few(self, django_assert_num_queries):
        for _row in range(8):
            OccurrenceFactory(
                workshop=WorkshopFactory(themes=[ThemeFactory()], host_partner=PartnerFactory())
            )
        with django_assert_num_queries(3):
            for row in Occurrence.objects.for_rows():
                assert row.local_start
                assert row.workshop.host_partner.name in row.venue.line
                assert row.workshop.is_demonstration is False
                assert list(row.workshop.themes.all())
                assert row.workshop.booking_ways
