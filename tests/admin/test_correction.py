"""What visitors report: beside the listing, accepted and public at once, or refused; then forgotten."""

import pytest
from django.urls import reverse

from places.models import Correction, State
from tests.admin import rows
from tests.admin.filling import changed, errors_of, form_on, messages_of, post, send

pytestmark = pytest.mark.django_db
LIST = "/admin/places/correction/"


def review(correction):
    return reverse("admin:places_correction_change", args=[correction.pk])


def test_stands_beside_the_field_that_it_speaks_of(admin):
    place = rows.place(opening_hours="Mo-Fr 09:00-12:00")
    correction = rows.correction(at=place, message="Fermé le lundi")
    page = admin.get(review(correction)).content.decode()
    assert "Fermé le lundi" in page
    assert form_on(admin, review(correction))["opening_hours"] == ["Mo-Fr 09:00-12:00"]
    assert 'name="phone"' not in page


@pytest.mark.parametrize("kind", Correction.Kind.values)
def test_of_each_kind_opens_and_can_be_accepted(kind, admin):
    correction = rows.correction(kind=kind)
    assert send(admin, review(correction), button="_accept").status_code == 302
    correction.refresh_from_db()
    assert correction.status == Correction.Status.ACCEPTED


def test_accepted_changes_the_listing_and_forgets_the_visitor(admin, root):
    place = rows.place(opening_hours="Mo-Fr 09:00-12:00")
    correction = rows.correction(at=place, reply_to="marie@example.org")
    send(admin, review(correction), button="_accept", opening_hours="Ma-Ve 9h-12h", answer="Vu avec eux")
    place.refresh_from_db()
    correction.refresh_from_db()
    assert place.opening_hours == "Tu-Fr 09:00-12:00"
    assert place.history.first().history_user == root
    assert (correction.status, correction.reply_to) == (Correction.Status.ACCEPTED, "")
    assert correction.answer == "Vu avec eux"
    assert correction.handled_at is not None


def test_accepted_leaves_the_rest_of_the_listing_as_it_is(admin):
    place = rows.place(phone="+33298001122", summary="Un lieu", location=rows.TOWN_HALL)
    place.services.add(rows.service())
    send(admin, review(rows.correction(at=place)), button="_accept", opening_hours="Ma-Ve 9h-12h")
    place.refresh_from_db()
    assert (place.phone, place.summary, place.location.coords) == (
        "+33298001122",
        "Un lieu",
        rows.TOWN_HALL.coords,
    )
    assert place.services.count() == 1


def test_accepted_with_hours_that_make_no_sense_changes_nothing_yet(admin):
    correction = rows.correction()
    response = send(admin, review(correction), button="_accept", opening_hours="souvent")
    assert errors_of(response)
    correction.refresh_from_db()
    assert correction.status == Correction.Status.NEW


def test_of_a_closed_place_can_take_it_off_line(admin, client):
    place = rows.place()
    correction = rows.correction(at=place, kind=Correction.Kind.CLOSED)
    send(admin, review(correction), button="_accept", state=State.ARCHIVED)
    assert client.get(place.get_absolute_url()).status_code == 404


def test_refused_leaves_the_listing_alone_whatever_was_typed(admin):
    place = rows.place(opening_hours="Mo-Fr 09:00-12:00")
    correction = rows.correction(at=place, reply_to="marie@example.org")
    send(admin, review(correction), button="_reject", opening_hours="souvent")
    place.refresh_from_db()
    correction.refresh_from_db()
    assert place.opening_hours == "Mo-Fr 09:00-12:00"
    assert (correction.status, correction.reply_to) == (Correction.Status.REJECTED, "")


def test_handled_by_somebody_else_meanwhile_is_not_handled_twice(admin, coordination):
    place = rows.place(opening_hours="Mo-Fr 09:00-12:00")
    correction = rows.correction(at=place)
    fields = changed(form_on(admin, review(correction)), opening_hours="Sa 10:00-12:00")
    send(coordination, review(correction), button="_reject")
    response = post(admin, review(correction), fields, button="_accept")
    assert "vient d’être traité" in messages_of(admin, response)
    place.refresh_from_db()
    assert place.opening_hours == "Mo-Fr 09:00-12:00"


def test_once_handled_is_read_and_no_longer_changed(admin):
    correction = rows.correction(status=Correction.Status.REJECTED)
    page = admin.get(review(correction)).content.decode()
    assert correction.message in page
    assert 'name="_accept"' not in page
    assert 'name="_save"' not in page


def test_the_list_shows_what_waits_and_the_rest_when_asked(admin):
    rows.correction(message="Le téléphone sonne dans le vide")
    rows.correction(message="Déjà vu", status=Correction.Status.REJECTED)
    waiting = admin.get(LIST).content.decode()
    assert "sonne dans le vide" in waiting
    assert "Déjà vu" not in waiting
    assert "Déjà vu" in admin.get(f"{LIST}?status=rejected").content.decode()


def test_several_advertisements_are_refused_at_once(admin):
    place = rows.place()
    spam = [rows.correction(at=place, reply_to="spam@example.org") for _ in range(3)]
    admin.post(LIST, {"action": "reject_chosen", "_selected_action": [row.pk for row in spam]})
    assert {row.status for row in Correction.objects.all()} == {Correction.Status.REJECTED}
    assert {row.reply_to for row in Correction.objects.all()} == {""}


def test_waits_on_the_page_of_its_place(admin):
    correction = rows.correction(message="Fermé le lundi")
    page = admin.get(reverse("admin:places_place_change", args=[correction.place.pk])).content.decode()
    assert review(correction) in page
