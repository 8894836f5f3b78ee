"""A place that closes: its sessions of those days can be cancelled at once."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from places.models import Closure
from tests.admin import rows
from tests.admin.filling import messages_of, send

pytestmark = pytest.mark.django_db
ADD = "/admin/places/closure/add/"
DAY = dt.timedelta(days=1)


def sessions_page(closure):
    return reverse("admin:places_closure_sessions", args=[closure.pk])


@pytest.fixture
def workshop():
    return rows.workshop("Café numérique")


@pytest.fixture
def closure(workshop):
    """Of the day of the next session alone."""
    day = rows.coming(workshop).local_date
    return rows.closure(at=workshop.place, starts_on=day, ends_on=day, message="Travaux")


def held(workshop):
    return workshop.occurrences.held().filter(starts_at__gt=timezone.now()).count()


class TestClosing:
    def test_tells_how_many_sessions_fall_inside_and_where_to_cancel_them(self, admin, workshop):
        day = rows.coming(workshop).local_date
        response = send(
            admin,
            ADD,
            place=workshop.place.pk,
            starts_on=day.isoformat(),
            ends_on=(day + 7 * DAY).isoformat(),
        )
        told = messages_of(admin, response)
        assert "2 séances tombent pendant la fermeture." in told
        assert sessions_page(Closure.objects.get()) in told

    def test_is_told_on_the_form_of_the_place_too(self, admin, closure):
        response = send(admin, reverse("admin:places_place_change", args=[closure.place.pk]))
        assert "1 séance tombe pendant la fermeture." in messages_of(admin, response)

    def test_with_other_hours_leaves_sessions_alone(self, admin, closure):
        closure.kind, closure.opening_hours = Closure.Kind.CHANGED_HOURS, "Mo-Fr 09:00-12:00"
        closure.save()
        assert "Aucune séance" in admin.get(sessions_page(closure)).content.decode()


class TestCancelling:
    def test_cancels_those_inside_with_the_reason_of_the_closure(self, admin, workshop, closure):
        before = held(workshop)
        inside = rows.coming(workshop)
        send(admin, sessions_page(closure))
        inside.refresh_from_db()
        assert (inside.is_cancelled, inside.message, inside.is_overridden) == (True, "Travaux", True)
        assert held(workshop) == before - 1
        assert inside.history.count() == 1

    def test_leaves_alone_what_is_unticked(self, admin, workshop, closure):
        before = held(workshop)
        send(admin, sessions_page(closure), occurrence=[])
        assert held(workshop) == before

    def test_leaves_alone_what_is_held_elsewhere(self, admin, workshop, closure):
        workshop.host_address = "Mairie, 29200 Brest"
        workshop.save()
        assert "Aucune séance" in admin.get(sessions_page(closure)).content.decode()

    def test_a_session_of_another_place_cannot_be_slipped_in(self, admin, closure):
        other = rows.workshop("Ailleurs")
        admin.post(sessions_page(closure), {"occurrence": rows.coming(other).pk})
        assert not rows.coming(other).is_cancelled

    def test_is_for_those_who_keep_the_place(self, editor, keeper, closure):
        assert editor.get(sessions_page(closure)).status_code == 404
        closure.place.editors.add(keeper)
        assert editor.get(sessions_page(closure)).status_code == 200
