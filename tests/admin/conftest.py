"""Who works in the admin: the coordination, and people who keep one place's page."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def member_of(group, username):
    user = User.objects.create_user(username, password="un-mot-de-passe-long", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def root(db):
    return User.objects.create_superuser("racine", "racine@example.org", "un-mot-de-passe-long")


@pytest.fixture
def admin(root):
    """A browser in which a superuser has logged in."""
    return client_of(root)


@pytest.fixture
def coordinator(db):
    return member_of("Coordination", "coordination")


@pytest.fixture
def coordination(coordinator):
    return client_of(coordinator)


@pytest.fixture
def keeper(db):
    return member_of("Éditeurs", "editrice")


@pytest.fixture
def editor(keeper):
    return client_of(keeper)
