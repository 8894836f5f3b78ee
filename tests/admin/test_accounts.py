"""Accounts: editors are made and unmade here, nobody becomes more powerful than who makes them."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.urls import reverse

from places.models import SharedList
from tests.admin.conftest import client_of
from tests.admin.filling import send

pytestmark = pytest.mark.django_db
ADD = "/admin/auth/user/add/"
PASSWORD = "une-phrase-assez-longue"


def change(user):
    return reverse("admin:auth_user_change", args=[user.pk])


def test_an_account_made_by_the_coordination_opens_the_admin(coordination, client):
    editors = Group.objects.get(name="Éditeurs")
    send(coordination, ADD, username="lea", password1=PASSWORD, password2=PASSWORD, groups=[editors.pk])
    assert client.login(username="lea", password=PASSWORD)
    assert client.get("/admin/").status_code == 200


def test_a_professional_is_made_by_the_coordination_and_does_not_enter_the_admin(coordination, client):
    group = Group.objects.get(name="Professionnels")
    send(coordination, ADD, username="lea", password1=PASSWORD, password2=PASSWORD, groups=[group.pk])
    assert client.login(username="lea", password=PASSWORD)
    assert client.get("/admin/").status_code == 302
    assert client.get("/mon-espace/").status_code == 200


def test_an_editor_who_becomes_a_professional_too_stays_an_editor(coordination, keeper):
    groups = Group.objects.filter(name__in=["Professionnels", "Éditeurs"])
    send(coordination, change(keeper), groups=[group.pk for group in groups])
    keeper.refresh_from_db()
    assert (keeper.is_staff, keeper.groups.count()) == (True, 2)


def test_the_coordination_does_not_see_superusers(coordination, root):
    assert "racine" not in coordination.get("/admin/auth/user/").content.decode()
    assert coordination.get(change(root)).status_code == 302
    assert coordination.get(f"/admin/auth/user/{root.pk}/password/").status_code in (302, 404)


def test_the_coordination_makes_nobody_a_superuser(coordination, keeper):
    send(coordination, change(keeper), is_superuser="on", user_permissions=["1"], first_name="Léa")
    keeper.refresh_from_db()
    assert (keeper.first_name, keeper.is_superuser, keeper.user_permissions.count()) == ("Léa", False, 0)


def test_a_person_is_found_without_accents(admin):
    User.objects.create_user("lefevre2", last_name="Lefèvre")
    User.objects.create_user("autre")
    page = admin.get("/admin/auth/user/", {"q": "lefevre"}).content.decode()
    assert "lefevre2" in page
    assert "autre" not in page


def test_what_a_group_may_do_is_said_list_by_list_and_kept(admin):
    group = Group.objects.get(name="Éditeurs")
    before = set(group.permissions.all())
    send(admin, reverse("admin:auth_group_change", args=[group.pk]))
    assert set(group.permissions.all()) == before
    page = admin.get(reverse("admin:auth_group_change", args=[group.pk])).content.decode()
    assert "Lieux" in page
    assert "historical" not in page


def test_a_locked_account_is_opened_again_by_the_coordination(coordination):
    attempt = AccessAttempt.objects.create(username="lea", ip_address="192.0.2.1", failures_since_start=5)
    coordination.post("/admin/axes/accessattempt/", {"action": "unlock", "_selected_action": attempt.pk})
    assert not AccessAttempt.objects.exists()


def test_the_coordination_puts_an_end_to_a_shared_list_without_reading_its_address(coordination, keeper):
    row = SharedList.objects.create(owner=keeper, name="Aide aux CV", places="1.2")
    page = coordination.get("/admin/places/sharedlist/").content.decode()
    assert "Aide aux CV" in page
    form = coordination.get(reverse("admin:places_sharedlist_change", args=[row.pk])).content.decode()
    assert row.token not in page + form
    sent = {"action": "revoke", "_selected_action": row.pk}
    answer = coordination.post("/admin/places/sharedlist/", sent, follow=True)
    assert "1 liste n’est plus partagée." in answer.content.decode()
    row.refresh_from_db()
    assert not row.is_shared


class TestLogin:
    def attempt(self, client, password, door="/admin/login/"):
        return client.post(door, {"username": "lea", "password": password})

    @pytest.mark.parametrize("door", ["/admin/login/", "/connexion/"])
    def test_is_shut_after_five_wrong_passwords_on_a_plain_french_page(self, door, client, settings):
        settings.AXES_ENABLED = True
        User.objects.create_user("lea", password=PASSWORD, is_staff=True)
        for _ in range(5):
            response = self.attempt(client, "faux", door)
        assert response.status_code == 429
        assert "Connexion bloquée un moment" in response.content.decode()
        assert f'href="{door}"' in response.content.decode()
        assert self.attempt(client, PASSWORD, door).status_code == 429

    def test_opens_with_the_right_password(self, client, settings):
        settings.AXES_ENABLED = True
        User.objects.create_user("lea", password=PASSWORD, is_staff=True)
        self.attempt(client, "faux")
        assert self.attempt(client, PASSWORD).status_code == 302

    def test_page_is_in_french(self, client):
        page = client.get("/admin/login/").content.decode()
        assert "Connexion" in page
        assert "Log in" not in page


def test_the_groups_are_there_on_a_new_database(db):
    coordination = Group.objects.get(name="Coordination")
    editors = Group.objects.get(name="Éditeurs")
    codenames = set(editors.permissions.values_list("codename", flat=True))
    assert {"change_place", "change_correction", "add_workshop"} <= codenames
    assert "edit_every_place" not in codenames
    assert coordination.permissions.filter(codename="edit_every_place").exists()


def test_who_is_not_of_the_staff_is_asked_to_log_in(db, client):
    user = User.objects.create_user("passante")
    assert client_of(user).get("/admin/").status_code == 302
    assert client.get("/admin/places/place/").status_code == 302
