"""Saying that a listing is wrong: easy for a person, useless for a machine, public for nobody."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from places.models import Correction, Place
from places.views.corrections import CORRECTIONS_PER_HOUR
from tests.factories import PlaceFactory

from .conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return PlaceFactory(name="L’Escale", opening_hours="Mo 09:00-12:00")


@pytest.fixture
def send(client, place, it_is):
    """send(message="…"): fills the form in, some seconds later, and sends it."""
    address = reverse("place-correction", args=[place.slug])

    def fill_and_send(after_s=20, client=client, **values):
        opened = client.get(address).context["form"]["opened"].value()
        it_is(timezone.now() + dt.timedelta(seconds=after_s))
        fields = {"kind": "HOURS", "message": "C’est fermé le lundi.", "reply_to": "", "opened": opened}
        return client.post(address, fields | values)

    return fill_and_send


class TestSending:
    def test_is_thanked_for_and_waits_for_a_person(self, send, place, client):
        response = send(reply_to="lina@example.org")
        assert response.status_code == 302
        assert "Merci, c’est bien reçu" in client.get(response.url).content.decode()
        correction = Correction.objects.get()
        assert (correction.place, correction.kind, correction.status) == (place, "HOURS", "NEW")
        assert correction.message == "C’est fermé le lundi."
        assert correction.reply_to == "lina@example.org"

    def test_changes_nothing_that_people_see(self, send, place, client):
        before = Place.objects.values().get(pk=place.pk)
        send(message="Ils ont déménagé à Quimper.", reply_to="lina@example.org")
        assert Place.objects.values().get(pk=place.pk) == before
        for path in (place.get_absolute_url(), reverse("place-correction", args=[place.slug]), "/?q=escale"):
            html = client.get(path).content.decode()
            assert "Quimper" not in html
            assert "lina@example.org" not in html

    def test_needs_no_way_to_be_answered(self, send):
        assert send(reply_to="").status_code == 302

    def test_needs_no_cookie(self, send, place):
        strict = Client(enforce_csrf_checks=True)
        assert send(client=strict).status_code == 302
        assert not strict.cookies

    def test_needs_a_form_that_this_site_has_given_out(self, place):
        fields = {"kind": "HOURS", "message": "C’est fermé le lundi."}
        response = Client().post(reverse("place-correction", args=[place.slug]), fields)
        assert response.status_code == 400
        assert "C’est fermé le lundi." in response.content.decode()
        assert not Correction.objects.exists()


class TestMistakes:
    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("kind", "", "Dites-nous ce qui ne va pas."),
            ("message", "", "Écrivez en quelques mots ce qu’il faudrait corriger."),
            ("message", "   ", "Écrivez en quelques mots ce qu’il faudrait corriger."),
            ("kind", "NAWAK", "NAWAK"),
            ("message", "x" * 2_001, "2000"),
            ("reply_to", "x" * 200, "120"),
            ("message", "a\0b", ""),
        ],
    )
    def test_are_told_in_french_beside_their_field_and_nothing_is_kept(self, field, value, said, send):
        response = send(**{field: value})
        html = response.content.decode()
        assert response.status_code == 400
        assert said in html
        assert "field__error" in html
        assert "This field" not in html
        assert not Correction.objects.exists()

    def test_never_lose_the_text(self, send):
        html = send(kind="", message="Le tram s’arrête devant.", reply_to="06 12 34 56 78").content.decode()
        assert "Le tram s’arrête devant." in html
        assert "06 12 34 56 78" in html

    def test_are_mended_and_sent_again_from_the_page_that_told_them(self, send, client, place, it_is):
        refused = send(kind="")
        opened = refused.context["form"]["opened"].value()
        it_is(timezone.now() + dt.timedelta(seconds=10))
        fields = {"kind": "PHONE", "message": "Le numéro a changé.", "opened": opened}
        assert client.post(reverse("place-correction", args=[place.slug]), fields).status_code == 302


class TestMachines:
    def test_fall_into_a_field_that_people_do_not_see(self, send):
        response = send(website="https://spam.example.org/")
        assert response.status_code == 400
        assert "Ce message ressemble à un envoi automatique." in response.content.decode()
        assert not Correction.objects.exists()

    def test_are_too_fast(self, send):
        response = send(after_s=1)
        assert response.status_code == 400
        assert "Vérifiez votre texte, puis envoyez-le de nouveau." in response.content.decode()
        assert "C’est fermé le lundi." in response.content.decode()
        assert not Correction.objects.exists()

    def test_who_was_too_fast_may_send_again_at_once(self, send, client, place, it_is):
        refused = send(after_s=1)
        opened = refused.context["form"]["opened"].value()
        it_is(timezone.now() + dt.timedelta(seconds=5))
        fields = {"kind": "PHONE", "message": "Le numéro a changé.", "opened": opened}
        assert client.post(reverse("place-correction", args=[place.slug]), fields).status_code == 302

    @pytest.mark.parametrize("opened", ["", "1757318400", "forged:signature", "\0", "a:b:c"])
    def test_cannot_forge_the_moment_at_which_the_form_was_opened(self, opened, send):
        assert send(opened=opened).status_code == 400
        assert not Correction.objects.exists()

    def test_cannot_keep_a_form_for_days(self, send):
        assert send(after_s=2 * 86_400).status_code == 400

    def test_a_person_whose_page_stayed_open_for_days_sends_the_same_text_again(
        self, send, client, place, it_is
    ):
        refused = send(after_s=2 * 86_400)
        opened = refused.context["form"]["opened"].value()
        assert f'value="{opened}"' in refused.content.decode()
        it_is(timezone.now() + dt.timedelta(seconds=5))
        fields = {"kind": "PHONE", "message": "Le numéro a changé.", "opened": opened}
        assert client.post(reverse("place-correction", args=[place.slug]), fields).status_code == 302

    def test_send_so_many_an_hour_and_no_more(self, send):
        assert [send(message=f"Message {n}").status_code for n in range(CORRECTIONS_PER_HOUR)] == [302] * 10
        refused = send(message="Encore un.")
        assert refused.status_code == 429
        assert "Réessayez dans une heure." in refused.content.decode()
        assert "Encore un." in refused.content.decode()
        assert Correction.objects.count() == CORRECTIONS_PER_HOUR

    def test_do_not_stop_other_visitors(self, send):
        for number in range(CORRECTIONS_PER_HOUR + 1):
            send(message=f"Message {number}")
        assert send(client=Client(REMOTE_ADDR="203.0.113.9")).status_code == 302

    def test_and_people_leave_no_address_behind(self, send):
        send()
        assert "127.0.0.1" not in str(list(Correction.objects.values()) + list(Correction.history.values()))


class TestForm:
    def test_is_not_for_search_engines(self, place, visit):
        assert '<meta name="robots" content="noindex">' in visit("place-correction", place.slug)

    def test_hides_its_trap_from_eyes_keyboards_and_screen_readers(self, place, visit):
        page = visit("place-correction", place.slug)
        assert '<div class="quiet-trap" aria-hidden="true">' in page
        assert 'tabindex="-1"' in page

    def test_was_opened_now(self, place, visit):
        assert visit("place-correction", place.slug).context["form"].at == NOW
