import pytest
from django.core.cache import cache

from places.addresses import client
from places.addresses.circuit import Circuit
from tests.addresses.service import serving


@pytest.fixture
def service(settings, monkeypatch):
    """A local address service that the site asks; nothing is remembered of it before or after."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(client, "circuit", Circuit())
    cache.clear()
    with serving() as service:
        settings.ADDRESS_URL = service.url
        yield service
    cache.clear()
