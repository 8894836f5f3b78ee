"""Who keeps one page works on that page and what hangs on it, and reaches nothing else by any address."""

import pytest
from django.urls import reverse

from places.models import Closure, Partnership, Place, State
from tests.admin import rows
from tests.admin.filling import form_on, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(keeper):
    place = rows.place("Médiathèque des Capucins")
    place.editors.add(keeper)
    return place


@pytest.fixture
def other():
    return rows.place("Centre social de Bellevue")


def hanging_on(place):
    """A row of each list that belongs to a place."""
    workshop = rows.workshop(at=place)
    return [
        place,
        rows.closure(at=place),
        workshop,
        rows.coming(workshop),
        rows.correction(at=place),
        rows.partnership(at=place),
    ]


def page(row, name, *args):
    return reverse(f"admin:places_{row._meta.model_name}_{name}", args=args)


def test_lists_hold_what_is_theirs_alone(editor, own, other):
    mine, theirs = hanging_on(own), hanging_on(other)
    for row, foreign in zip(mine, theirs, strict=True):
        text = editor.get(page(row, "changelist")).content.decode()
        assert page(row, "change", row.pk) in text
        assert page(foreign, "change", foreign.pk) not in text


def test_no_page_of_another_place_opens_by_its_address(editor, own, other):
    for row in hanging_on(other):
        for name in ("change", "history", "delete"):
            response = editor.get(page(row, name, row.pk))
            assert response.status_code in (302, 403, 404), (row, name)
        for version in row.history.all():
            assert editor.get(page(row, "simple_history", row.pk, version.pk)).status_code == 403


def test_nothing_of_another_place_is_changed_by_sending_a_form(editor, own, other):
    fields = form_on(editor, page(own, "change", own.pk)) | {"name": ["Pris"]}
    editor.post(
        page(other, "change", other.pk), {name: values[0] for name, values in fields.items() if values}
    )
    other.refresh_from_db()
    assert other.name == "Centre social de Bellevue"


def test_actions_leave_other_places_alone(editor, own, other):
    chosen = {"action": "archive", "_selected_action": [own.pk, other.pk]}
    editor.post(page(own, "changelist"), chosen)
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.state, other.state) == (State.ARCHIVED, State.PUBLISHED)


def test_sessions_of_another_place_are_not_cancelled(editor, own, other):
    session = rows.coming(rows.workshop(at=other))
    assert editor.post(f"/admin/places/occurrence/{session.pk}/annuler/").status_code == 404


def test_hours_of_their_own_place_are_theirs_to_correct(editor, own):
    send(editor, page(own, "change", own.pk), opening_hours="Lu-Ve 9h-12h")
    own.refresh_from_db()
    assert own.opening_hours == "Mo-Fr 09:00-12:00"


def test_whose_place_it_is_and_where_it_comes_from_are_not(editor, own, keeper):
    fields = form_on(editor, page(own, "change", own.pk))
    assert fields.keys().isdisjoint({"editors", "source", "external_id", "slug"})


def test_a_closure_for_another_place_is_refused(editor, own, other):
    day = "2030-01-01"
    send(editor, "/admin/places/closure/add/", place=other.pk, starts_on=day, ends_on=day)
    assert not Closure.objects.exists()


def test_a_partnership_for_their_own_place_is_theirs_to_write(editor, own):
    values = {"place": own.pk, "partner": rows.partner().pk, "theme": rows.theme().pk, "activity": "LOAN"}
    send(editor, "/admin/places/partnership/add/", **values)
    assert Partnership.objects.get().place == own


def test_suggestions_name_their_own_places_alone(editor, own, other):
    asked = {"app_label": "places", "model_name": "workshop", "field_name": "place", "term": ""}
    found = editor.get("/admin/autocomplete/", asked).json()["results"]
    assert [row["text"] for row in found] == [own.name]


def test_a_place_that_they_add_is_theirs_and_waits_to_be_read(editor, keeper):
    choices = editor.get("/admin/places/place/add/").content.decode()
    assert 'value="PUBLISHED"' not in choices
    send(editor, "/admin/places/place/add/", name="Le Comptoir", state=State.PENDING)
    place = Place.objects.get()
    assert (place.state, list(place.editors.all())) == (State.PENDING, [keeper])


def test_no_place_is_put_on_line_by_who_may_not(editor, own):
    Place.objects.update(state=State.DRAFT)
    send(editor, page(own, "change", own.pk), state=State.PUBLISHED)
    editor.post(page(own, "changelist"), {"action": "publish", "_selected_action": own.pk})
    own.refresh_from_db()
    assert own.state == State.DRAFT


def test_a_place_on_line_stays_on_line_when_its_keeper_saves(editor, own):
    send(editor, page(own, "change", own.pk), summary="Un lieu pour tous")
    own.refresh_from_db()
    assert (own.state, own.summary) == (State.PUBLISHED, "Un lieu pour tous")


def test_what_waits_counts_what_is_theirs(editor, own, other):
    rows.correction(at=own)
    rows.correction(at=other)
    text = editor.get("/admin/").content.decode()
    assert "signalement à traiter" in text


def test_lists_of_the_whole_site_are_not_theirs(editor):
    for name in ("source", "service", "need", "commune_add", "neighbourhood_add"):
        address = reverse(
            f"admin:places_{name}" if name.endswith("add") else f"admin:places_{name}_changelist"
        )
        assert editor.get(address).status_code == 403


def test_the_coordination_works_on_every_place(coordination, own, other):
    for row in [*hanging_on(own), *hanging_on(other)]:
        assert coordination.get(page(row, "change", row.pk)).status_code == 200


def test_a_partnership_of_one_s_own_place_is_written_from_its_page(editor, own):
    partner, theme = rows.partner(), rows.theme()
    link = {"id": "", "place": own.pk, "partner": partner.pk, "theme": theme.pk}
    link |= {"activity": "LOAN", "status": "WISHED", "review_on": "2027-01-15", "partner_contact": "Accueil"}
    fields = {f"partnerships-0-{name}": value for name, value in link.items()}
    send(editor, page(own, "change", own.pk), **{"partnerships-TOTAL_FORMS": "1"}, **fields)
    row = Partnership.objects.get()
    assert (row.place, row.partner, row.status, str(row.review_on)) == (own, partner, "WISHED", "2027-01-15")


def test_partnerships_to_talk_about_again_are_those_of_one_s_own_places(editor, own, other):
    for place, partner in ((own, "Caf du Finistère"), (other, "Lycée Vauban")):
        rows.partnership(at=place, partner=rows.partner(partner), review_on="2020-01-01")
    assert "partenariat à revoir" in editor.get("/admin/").content.decode()
    listed = editor.get("/admin/places/partnership/?review=due").content.decode()
    assert "Caf du Finistère" in listed
    assert "Lycée Vauban" not in listed
