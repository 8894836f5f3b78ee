"""A visitor on Tuesday 8 September 2026 at ten in the morning, and a town to visit."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

NOW = dt.datetime(2026, 9, 8, 10, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(autouse=True)
def it_is(monkeypatch):
    """It is NOW; it_is(another moment) changes that."""

    def set_clock(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_clock(NOW)
    return set_clock


@pytest.fixture(autouse=True)
def _nobody_has_sent_anything_yet():
    cache.clear()


class Page:
    """An answer, and its words as people read them."""

    def __init__(self, response):
        self.response, self.status, self.headers = response, response.status_code, response.headers
        self.html = response.content.decode() if not response.streaming else ""

    def __contains__(self, words):
        return words in self.html

    @property
    def context(self):
        return self.response.context


@pytest.fixture
def visit(client, db):
    """visit("place", slug, q="…"): the page of that name; other keywords are its query string."""

    def get(name, *args, **query):
        return Page(client.get(reverse(name, args=args), query))

    return get
