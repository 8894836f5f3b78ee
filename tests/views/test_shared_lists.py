"""Lists of professionals: a name, a secret address, an end; and nobody's business but their own."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from places.domain.selection import Selection
from places.models import SharedList, State
from tests.factories import OccurrenceFactory, PlaceFactory

pytestmark = pytest.mark.django_db
GONE = "Cette liste n’est plus partagée"


def professional(username):
    user = User.objects.create_user(username)
    user.groups.add(Group.objects.get(name="Professionnels"))
    return user


@pytest.fixture
def lea():
    return professional("zoe-fabre")


@pytest.fixture
def own(lea):
    client = Client()
    client.force_login(lea)
    return client


@pytest.fixture
def toile():
    return PlaceFactory(name="La Toile")


@pytest.fixture
def aide(lea, toile):
    return SharedList.objects.keep(lea, "Aide aux CV", Selection(places=(toile.pk,)))


def html_of(response):
    return response.content.decode()


class TestKeeping:
    def keep(self, client, name="Aide aux CV", **selection):
        return client.post(reverse("list-make"), {"name": name, **selection}, follow=True)

    def test_is_offered_beside_a_selection_to_professionals_alone(self, own, toile, client):
        page = f"{reverse('selection')}?places={toile.pk}"
        assert "jamais le nom d’une personne" in html_of(own.get(page))
        assert "Garder et partager" not in html_of(client.get(page))

    def test_gives_a_link_that_anybody_reads_without_an_account(self, own, toile, client):
        occurrence = OccurrenceFactory(workshop__title="Ma première souris")
        response = self.keep(own, places=str(toile.pk), occurrences=str(occurrence.pk))
        row = SharedList.objects.get()
        assert f"http://testserver{row.get_absolute_url()}" in html_of(response)
        html = html_of(client.get(row.get_absolute_url()))
        for words in ("Aide aux CV", "La Toile", "Ma première souris"):
            assert words in html
        assert "zoe-fabre" not in html

    def test_under_the_name_of_a_list_of_one_s_own_changes_what_it_holds_at_its_address(self, own, aide):
        other = PlaceFactory()
        self.keep(own, name="  Aide aux CV ", places=str(other.pk))
        row = SharedList.objects.get()
        assert (row.token, row.selection.places) == (aide.token, (other.pk,))

    def test_under_the_name_of_a_list_that_was_ended_shares_it_at_a_new_address(self, own, aide, toile):
        aide.revoke()
        self.keep(own, places=str(toile.pk))
        row = SharedList.objects.get()
        assert row.is_shared
        assert row.token != aide.token

    def test_needs_a_name_and_a_choice(self, own, toile):
        assert "Donnez un nom à la liste." in html_of(self.keep(own, name=" ", places=str(toile.pk)))
        self.keep(own)
        assert not SharedList.objects.exists()


class TestAddress:
    def test_holds_128_bits_that_are_another_secret_each_time(self, aide, lea):
        other = SharedList.objects.keep(lea, "Autre", Selection())
        assert len(aide.token) == len(other.token) == 22  # 16 bytes in letters of 6 bits
        assert aide.token != other.token

    def test_is_kept_from_indexes_caches_and_other_sites(self, aide, client):
        response = client.get(aide.get_absolute_url())
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert "no-store" in response.headers["Cache-Control"]
        assert '<meta name="robots" content="noindex">' in html_of(response)
        assert not response.cookies

    def test_is_written_on_no_page_of_somebody_else(self, aide, client):
        for name in ("search", "sitemap-index", "robots", "orientation"):
            assert aide.token not in html_of(client.get(reverse(name)))


class TestEnding:
    def test_a_revoked_list_says_so_in_plain_words(self, own, aide, client):
        own.post(reverse("list-revoke", args=[aide.pk]))
        response = client.get(aide.get_absolute_url())
        assert response.status_code == 404
        assert GONE in html_of(response)
        assert "La Toile" not in html_of(response)
        assert response.headers["Referrer-Policy"] == "no-referrer"

    def test_a_new_link_makes_the_old_one_dead(self, own, aide, client):
        own.post(reverse("list-share-again", args=[aide.pk]))
        assert GONE in html_of(client.get(aide.get_absolute_url()))
        aide.refresh_from_db()
        assert "La Toile" in html_of(client.get(aide.get_absolute_url()))

    def test_a_list_that_is_deleted_or_never_was_says_the_same(self, own, aide, client):
        assert own.post(reverse("list-delete", args=[aide.pk])).url == reverse("account")
        for path in (aide.get_absolute_url(), reverse("shared-list", args=["jamais"])):
            assert GONE in html_of(client.get(path))

    def test_lists_of_an_account_that_is_shut_are_not_read_any_more(self, aide, client):
        User.objects.update(is_active=False)
        assert client.get(aide.get_absolute_url()).status_code == 404


class TestContent:
    def test_says_what_is_gone_and_shows_the_rest(self, lea, toile, client):
        offline, over = (
            PlaceFactory(name="Fermé", state=State.ARCHIVED),
            OccurrenceFactory(starts_at=dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)),
        )
        row = SharedList.objects.keep(lea, "Liste", Selection((toile.pk, offline.pk), (over.pk,)))
        html = html_of(client.get(row.get_absolute_url()))
        assert "2 choix ne sont plus proposés" in html
        assert "La Toile" in html
        assert "Fermé</a>" not in html

    def test_leads_to_a_slip_for_a_person(self, aide, toile, client):
        assert f"/selection/?places={toile.pk}" in html_of(client.get(aide.get_absolute_url()))


class TestTwoPeople:
    @pytest.fixture
    def other(self):
        client = Client()
        client.force_login(professional("marc"))
        return client

    def test_each_see_their_own_lists(self, own, other, aide):
        other.post(reverse("list-make"), {"name": "Aide aux CV", "places": "1"})
        assert SharedList.objects.count() == 2
        assert aide.own_url in html_of(own.get(reverse("account")))
        assert aide.own_url not in html_of(other.get(reverse("account")))

    @pytest.mark.parametrize("name", ["own-list", "list-share-again", "list-revoke", "list-delete"])
    def test_neither_reads_nor_changes_those_of_the_other(self, name, other, aide):
        assert other.post(reverse(name, args=[aide.pk]), {"name": "À moi"}).status_code == 404
        kept = SharedList.objects.get(pk=aide.pk)
        assert (kept.name, kept.token, kept.is_shared) == ("Aide aux CV", aide.token, True)


class TestName:
    def test_is_changed_and_the_link_stays(self, own, aide):
        own.post(aide.own_url, {"name": "Aide aux lettres"})
        kept = SharedList.objects.get()
        assert (kept.name, kept.token) == ("Aide aux lettres", aide.token)

    def test_is_not_that_of_another_list_of_one_s_own(self, own, aide, lea):
        SharedList.objects.keep(lea, "Autre", Selection())
        html = html_of(own.post(aide.own_url, {"name": "Autre"}))
        assert "Vous avez déjà une liste de ce nom." in html
        assert "<h1>Aide aux CV</h1>" in html


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_who_is_no_professional_makes_no_list(is_signed_in, client, toile):
    if is_signed_in:
        client.force_login(User.objects.create_user("passante"))
    response = client.post(reverse("list-make"), {"name": "Liste", "places": str(toile.pk)})
    assert response.status_code == (404 if is_signed_in else 302)
    assert not SharedList.objects.exists()


@pytest.mark.parametrize("name", ["list-share-again", "list-revoke", "list-delete"])
def test_nothing_is_done_by_a_link_or_by_forgery(name, own, aide, lea):
    path = reverse(name, args=[aide.pk])
    assert own.get(path).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(lea)
    assert strict.post(path).status_code == 403
