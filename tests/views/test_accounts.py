"""Signing in as a professional, beside the admin; who only reads the site never meets a cookie."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
PASSWORD = "une-phrase-assez-longue"


@pytest.fixture
def lea():
    user = User.objects.create_user("lea", password=PASSWORD, first_name="Léa")
    user.groups.add(Group.objects.get(name="Professionnels"))
    return user


def sign_in(client, password=PASSWORD, **fields):
    return client.post(reverse("sign-in"), {"username": "lea", "password": password, **fields})


class TestSigningIn:
    def test_leads_to_one_s_own_page(self, lea, client):
        response = sign_in(client)
        assert response.url == reverse("account")
        assert "Vous êtes connecté\u00a0: Léa." in client.get(response.url).content.decode()

    def test_leads_back_to_where_one_was(self, lea, client):
        assert sign_in(client, next="/partenaires/caf/").url == "/partenaires/caf/"

    @pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
    def test_leads_to_no_other_site(self, elsewhere, lea, client):
        assert sign_in(client, next=elsewhere).url == reverse("account")

    def test_says_in_plain_words_what_is_wrong(self, lea, client):
        response = sign_in(client, "faux")
        assert "Ce nom et ce mot de passe ne vont pas ensemble." in response.content.decode()

    def test_is_on_a_page_of_this_site_by_its_name(self, client, settings):
        assert f"– {settings.SITE_NAME}</title>" in client.get(reverse("sign-in")).content.decode()

    def test_is_in_no_index_and_kept_by_no_cache(self, client):
        response = client.get(reverse("sign-in"))
        assert '<meta name="robots" content="noindex">' in response.content.decode()
        assert "no-store" in response.headers["Cache-Control"]

    def test_is_offered_on_every_page_and_where_one_orients(self, client):
        assert client.get("/").content.decode().count("Professionnels\u00a0: se connecter") == 1
        assert client.get(reverse("orientation")).content.decode().count(reverse("sign-in")) == 2

    def test_opens_no_door_to_the_admin(self, lea, client):
        sign_in(client)
        assert client.get("/admin/").status_code == 302

    @pytest.mark.parametrize("method", ["put", "delete", "trace"])
    def test_takes_no_other_method(self, method, client):
        assert getattr(client, method)(reverse("sign-in")).status_code == 405


class TestSigningOut:
    def test_is_by_a_button_and_forgets_who_it_was(self, lea, client):
        sign_in(client)
        assert client.get(reverse("sign-out")).status_code == 405
        assert client.post(reverse("sign-out")).url == "/"
        assert client.get(reverse("account")).status_code == 302

    def test_leaves_no_session(self, lea, client):
        sign_in(client)
        client.post(reverse("sign-out"))
        assert not client.cookies["sessionid"].value


class TestPassword:
    @pytest.fixture
    def change(self, lea, client):
        def post(old=PASSWORD, new="une-autre-phrase-longue", again="une-autre-phrase-longue"):
            fields = {"old_password": old, "new_password1": new, "new_password2": again}
            return client.post(reverse("password"), fields, follow=True)

        sign_in(client)
        return post

    def test_is_changed_and_one_stays_signed_in(self, change, lea):
        response = change()
        assert "Votre mot de passe est changé." in response.content.decode()
        lea.refresh_from_db()
        assert lea.check_password("une-autre-phrase-longue")

    def test_stays_when_the_old_one_is_wrong_or_the_new_one_is_too_common(self, change, lea):
        for fields in ({"old": "faux"}, {"new": "password", "again": "password"}, {"again": "autre"}):
            assert "field__error" in change(**fields).content.decode()
        lea.refresh_from_db()
        assert lea.check_password(PASSWORD)

    def test_is_asked_of_nobody_who_has_not_signed_in(self, client):
        assert client.get(reverse("password")).url == f"{reverse('sign-in')}?next={reverse('password')}"


class TestOwnPage:
    def test_tells_who_is_not_of_the_group_whom_to_ask(self, client):
        client.force_login(User.objects.create_user("passante"))
        assert "Demandez-le à la coordination du site." in client.get(reverse("account")).content.decode()

    def test_leads_who_works_there_to_the_admin(self, client, lea):
        client.force_login(lea)
        assert "/admin/" not in client.get(reverse("account")).content.decode()
        client.force_login(User.objects.create_user("editrice", is_staff=True))
        assert "/admin/" in client.get(reverse("account")).content.decode()


@pytest.mark.parametrize("name", ["sign-in", "sign-out", "password"])
def test_forgery_is_refused(name, lea):
    client = Client(enforce_csrf_checks=True)
    client.force_login(lea)
    assert client.post(reverse(name), {"username": "lea", "password": PASSWORD}).status_code == 403
