"""A professional on a phone: signs in, chooses, keeps a list, shares it; each page is readable by all."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from tests.browser.test_public_site import faults_of, fits
from tests.conftest import DESKTOP, PHONE

PASSWORD = "une-phrase-assez-longue"


@pytest.fixture
def town(live_server):
    call_command("load_demonstration", verbosity=0)
    user = User.objects.create_user("lea", password=PASSWORD)
    # Behind a live server the groups of the migrations are gone: this one is made as they make it.
    group = Group.objects.get_or_create(name="Professionnels")[0]
    group.permissions.add(Permission.objects.get(codename="read_professional_contacts"))
    user.groups.add(group)
    return user


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_the_door_to_a_list_that_others_read(size, open_page):
    page = open_page("/", size=size)

    def look():
        assert (faults_of(page), fits(page)) == ([], True), page.url

    page.get_by_role("link", name="Professionnels : se connecter").click()
    look()
    page.get_by_label("Nom d’utilisateur").fill("lea")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/mon-espace/")
    look()
    page.get_by_role("link", name="Faire une liste").click()
    page.fill("#q", "brest")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=brest**")
    page.locator(".place-card .pick").first.click()
    page.get_by_role("link", name="Voir ma sélection").click()
    look()
    page.get_by_label("Nom de la liste").fill("Aide aux CV")
    page.get_by_role("button", name="Garder et partager").click()
    page.wait_for_url("**/listes/**")
    look()
    shared = page.locator("#lien").inner_text()
    reader = open_page("/", size=size, javascript=False)
    reader.goto(shared)
    assert reader.locator("h1").inner_text() == "Aide aux CV"
    assert reader.locator(".place-card").count() == 1
    assert reader.context.cookies() == []
    page.get_by_role("button", name="Arrêter le partage").click()
    reader.reload()
    assert reader.locator("h1").inner_text() == "Cette liste n’est plus partagée"
