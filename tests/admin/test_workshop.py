"""Workshops: a rule in the words of people, the dates it gives told at once; sessions moved and cancelled."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from places.models import Occurrence, State, Workshop
from tests.admin import rows
from tests.admin.filling import errors_of, form_on, messages_of, send

pytestmark = pytest.mark.django_db
ADD = "/admin/places/workshop/add/"
PREVIEW = "/admin/places/workshop/seances/"
SESSIONS = "/admin/places/occurrence/"


def change(workshop):
    return reverse("admin:places_workshop_change", args=[workshop.pk])


def rule(**values):
    """Each Tuesday from 14:00 to 16:00, from today on."""
    return {
        "frequency": "WEEKLY",
        "interval": "1",
        "weekdays": ["TU"],
        "start_time": "14:00",
        "end_time": "16:00",
        "starts_on": timezone.localdate().isoformat(),
    } | values


class TestRule:
    def test_is_scheduled_and_the_number_of_sessions_is_told(self, admin):
        response = send(admin, ADD, title="Café numérique", place=rows.place().pk, **rule(count="3"))
        assert "3 séances programmées jusqu’au" in messages_of(admin, response)
        workshop = Workshop.objects.get()
        assert workshop.occurrences.count() == 3
        assert workshop.duration_min == 120

    def test_is_said_back_as_a_sentence_with_its_next_dates(self, admin):
        workshop = rows.workshop()
        page = admin.get(change(workshop)).content.decode().replace("\u00a0", " ")
        assert "Tous les mardis de 14 h à 16 h" in page
        assert f"{rows.coming(workshop).local_start:%Y}, 14 h – 16 h" in page

    def test_changed_moves_the_sessions_to_come(self, admin):
        workshop = rows.workshop()
        send(admin, change(workshop), weekdays=["TH"])
        ahead = workshop.occurrences.filter(starts_at__gt=timezone.now())
        assert {occurrence.local_start.weekday() for occurrence in ahead} == {3}

    def test_leaves_alone_what_was_cancelled_by_hand(self, admin):
        workshop = rows.workshop()
        cancelled = rows.coming(workshop)
        admin.post(f"{SESSIONS}{cancelled.pk}/annuler/", {f"message-{cancelled.pk}": "Absente"})
        send(admin, change(workshop), weekdays=["TH"])
        cancelled.refresh_from_db()
        assert cancelled.is_cancelled

    def test_of_chosen_dates_needs_no_start(self, admin):
        days = [timezone.localdate() + dt.timedelta(days=number) for number in (20, 3)]
        lines = "\n".join(f"{day:%d/%m/%Y}" for day in days)
        values = rule(frequency="DATES", weekdays=[], starts_on="", extra_dates=lines)
        send(admin, ADD, title="Portes ouvertes", place=rows.place().pk, **values)
        workshop = Workshop.objects.get()
        assert workshop.starts_on == min(days)
        assert workshop.occurrences.count() == 2

    def test_may_end_after_midnight(self, admin):
        values = rule(start_time="22:00", end_time="00:30")
        send(admin, ADD, title="Nuit du jeu", place=rows.place().pk, **values)
        assert Workshop.objects.get().duration_min == 150

    @pytest.mark.parametrize(
        ("values", "why"),
        [
            ({"end_time": "13:00"}, "finit avant"),
            ({"end_time": "14:00"}, "moins de 5 minutes"),
            ({"end_time": ""}, "obligatoire"),
            ({"weekdays": []}, "au moins un jour"),
            ({"until": "2001-01-01"}, "ne peut pas précéder"),
            ({"interval": "0"}, "supérieure ou égale à 1"),
            ({"interval": ""}, "obligatoire"),
            ({"starts_on": "9999-12-31"}, "première séance"),
            ({"except_dates": "le 24 décembre"}, "n’est pas une date"),
            ({"count": "5", "until": "2090-01-01"}, "pas les deux"),
            ({"frequency": "DATES"}, "au moins une date"),
            ({"frequency": "DATES", "starts_on": "", "extra_dates": "demain"}, "n’est pas une date"),
            ({"starts_on": ""}, "première séance"),
            ({"frequency": "YEARLY"}, "choix valide"),
            ({"start_time": "25:00"}, "heure valide"),
        ],
    )
    def test_that_makes_no_sense_is_refused_in_french_beside_its_field(self, values, why, admin):
        response = send(admin, ADD, title="Café", place=rows.place().pk, **rule(**values))
        assert why in errors_of(response)
        assert not Workshop.objects.exists()

    def test_off_line_gives_no_session_and_says_so(self, admin):
        workshop = rows.workshop()
        response = send(admin, change(workshop), state=State.ARCHIVED)
        assert "aucune séance" in messages_of(admin, response)
        assert not workshop.occurrences.filter(starts_at__gt=timezone.now()).exists()

    def test_that_is_over_warns(self, admin):
        day = (timezone.localdate() - dt.timedelta(days=30)).isoformat()
        values = rule(starts_on=day, until=day, weekdays=["MO"])
        response = send(admin, ADD, title="Café", place=rows.place().pk, **values)
        assert "vérifiez les dates" in messages_of(admin, response)

    def test_is_foretold_while_it_is_typed(self, admin):
        answer = admin.get(PREVIEW, rule(count="2")).json()
        assert answer["sentence"].startswith("tous les mardis")
        assert len(answer["dates"]) == 2

    def test_says_what_is_missing_while_it_is_typed(self, admin):
        answer = admin.get(PREVIEW, rule(weekdays=[])).json()
        assert "au moins un jour" in answer["error"]

    def test_takes_any_nonsense_for_a_place_while_it_is_typed(self, admin):
        for nonsense in ("x", "9" * 40, "²", "-1"):
            assert admin.get(PREVIEW, rule(place=nonsense)).status_code == 200

    def test_of_the_place_one_comes_from_is_ready_to_fill_in(self, admin):
        place = rows.place()
        assert form_on(admin, f"{ADD}?place={place.pk}")["place"] == [str(place.pk)]

    def test_on_the_page_of_its_place(self, admin):
        workshop = rows.workshop("Café numérique")
        page = admin.get(f"/admin/places/place/{workshop.place.pk}/change/").content.decode()
        assert "Café numérique" in page
        assert "Tous les mardis" in page


class TestSessions:
    def test_are_cancelled_from_the_list_with_a_message(self, admin, root):
        session = rows.coming(rows.workshop())
        admin.post(f"{SESSIONS}{session.pk}/annuler/", {f"message-{session.pk}": "L’animatrice est absente"})
        session.refresh_from_db()
        assert (session.is_cancelled, session.is_overridden) == (True, True)
        assert session.message == "L’animatrice est absente"
        assert session.history.first().history_user == root

    def test_cancelled_are_told_so_on_the_agenda(self, admin, client):
        session = rows.coming(rows.workshop())
        admin.post(f"{SESSIONS}{session.pk}/annuler/", {f"message-{session.pk}": "Panne de courant"})
        page = client.get("/agenda/").content.decode()
        assert "Panne de courant" in page

    def test_lead_back_to_the_list_as_it_was(self, admin):
        session = rows.coming(rows.workshop())
        list_seen = f"http://testserver{SESSIONS}?when=week"
        response = admin.post(f"{SESSIONS}{session.pk}/annuler/", headers={"referer": list_seen})
        assert response.url == list_seen

    def test_never_lead_to_another_site(self, admin):
        session = rows.coming(rows.workshop())
        elsewhere = {"referer": "https://ailleurs.example/"}
        response = admin.post(f"{SESSIONS}{session.pk}/annuler/", headers=elsewhere)
        assert response.url == SESSIONS

    def test_cancelled_by_mistake_follow_the_rule_again_once_restored(self, admin):
        workshop = rows.workshop()
        session = rows.coming(workshop)
        admin.post(f"{SESSIONS}{session.pk}/annuler/")
        admin.post(f"{SESSIONS}{session.pk}/retablir/")
        session.refresh_from_db()
        assert (session.status, session.is_overridden) == (Occurrence.Status.SCHEDULED, False)

    def test_moved_by_hand_stay_where_they_were_put_once_restored(self, admin):
        session = rows.coming(rows.workshop())
        later = session.starts_at + dt.timedelta(hours=1)
        Occurrence.objects.filter(pk=session.pk).update(starts_at=later, is_overridden=True)
        admin.post(f"{SESSIONS}{session.pk}/retablir/")
        session.refresh_from_db()
        assert (session.starts_at, session.is_overridden) == (later, True)

    def test_are_not_cancelled_by_a_link(self, admin):
        session = rows.coming(rows.workshop())
        assert admin.get(f"{SESSIONS}{session.pk}/annuler/").status_code == 405

    def test_changed_by_hand_are_no_longer_the_rule_s(self, admin):
        session = rows.coming(rows.workshop())
        send(admin, f"{SESSIONS}{session.pk}/change/", message="En salle 2")
        session.refresh_from_db()
        assert (session.message, session.is_overridden) == ("En salle 2", True)

    def test_show_the_clock_of_their_place(self, admin):
        reunion = rows.place(commune=None, postcode="97400", city="Saint-Denis")
        session = rows.coming(rows.workshop(at=reunion))
        fields = form_on(admin, f"{SESSIONS}{session.pk}/change/")
        assert fields["starts_at_1"] == ["14:00"]
        send(admin, f"{SESSIONS}{session.pk}/change/", message="Bienvenue")
        before = session.starts_at
        session.refresh_from_db()
        assert session.starts_at == before

    def test_that_end_before_they_start_are_refused(self, admin):
        session = rows.coming(rows.workshop())
        response = send(admin, f"{SESSIONS}{session.pk}/change/", ends_at_1="09:00")
        assert "La fin doit suivre le début." in errors_of(response)

    @pytest.mark.parametrize(("action", "seats"), [("say_full", "FULL"), ("say_free", "FREE")])
    def test_say_from_the_list_whether_there_is_room(self, action, seats, admin):
        session = rows.coming(rows.workshop())
        admin.post(SESSIONS, {"action": action, "_selected_action": session.pk})
        session.refresh_from_db()
        assert session.seats == seats

    def test_several_are_cancelled_at_once(self, admin):
        workshop = rows.workshop()
        pks = [session.pk for session in workshop.occurrences.all()]
        response = admin.post(SESSIONS, {"action": "cancel_chosen", "_selected_action": pks})
        assert f"{len(pks)} séances annulées." in messages_of(admin, response)
        assert not workshop.occurrences.held().exists()

    def test_to_come_are_listed_first_and_the_past_when_asked(self, admin):
        workshop = rows.workshop("Café numérique")
        workshop.occurrences.update(
            starts_at=timezone.now() - dt.timedelta(days=3), ends_at=timezone.now() - dt.timedelta(days=2)
        )
        assert "Café numérique" not in admin.get(SESSIONS).content.decode()
        assert "Café numérique" in admin.get(f"{SESSIONS}?when=past").content.decode()

    def test_go_when_their_workshop_goes(self, admin):
        workshop = rows.workshop()
        admin.post(f"/admin/places/workshop/{workshop.pk}/delete/", {"post": "yes"})
        assert not Occurrence.objects.exists()


class TestList:
    def test_tells_the_next_date_of_each_workshop(self, admin):
        workshop = rows.workshop()
        page = admin.get("/admin/places/workshop/").content.decode()
        assert f"{rows.coming(workshop).local_start:%Y}" in page

    @pytest.mark.parametrize(("asked", "is_shown"), [("yes", True), ("no", False)])
    def test_tells_workshops_that_have_sessions_from_those_that_have_none_left(self, asked, is_shown, admin):
        rows.workshop("Café numérique")
        page = admin.get(f"/admin/places/workshop/?coming={asked}").content.decode()
        assert ("Café numérique" in page) == is_shown

    def test_archived_from_the_list_they_leave_the_agenda(self, admin):
        workshop = rows.workshop()
        admin.post("/admin/places/workshop/", {"action": "archive", "_selected_action": workshop.pk})
        assert not workshop.occurrences.filter(starts_at__gt=timezone.now()).exists()


def test_a_former_rule_brought_back_brings_its_sessions_back(admin):
    workshop = rows.workshop()
    version = workshop.history.first()
    send(admin, change(workshop), weekdays=["TH"])
    send(admin, f"/admin/places/workshop/{workshop.pk}/history/{version.pk}/")
    ahead = workshop.occurrences.filter(starts_at__gt=timezone.now())
    assert {occurrence.local_start.weekday() for occurrence in ahead} == {1}
