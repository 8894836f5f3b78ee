"""A session that is cancelled in the admin is cancelled wherever it is told of."""

import icalendar
import pytest

from tests.admin import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def cancelled(admin):
    session = rows.coming(rows.workshop("Premiers clics"))
    before = event_of(admin, session)
    answer = admin.post(
        f"/admin/places/occurrence/{session.pk}/annuler/", {f"message-{session.pk}": "Panne de courant"}
    )
    assert answer.status_code == 302
    return session, before


def event_of(client, session):
    feed = icalendar.Calendar.from_ical(client.get("/agenda.ics").content)
    return next(event for event in feed.walk("VEVENT") if event["uid"] == session.uid)


class TestCancelled:
    def test_on_the_pages_on_the_poster_and_for_search_engines(self, cancelled, client):
        session, _before = cancelled
        url = session.get_absolute_url()
        for path in (url, f"{url}affiche/", "/agenda/", f"/agenda/?month={session.local_start:%Y-%m}"):
            page = client.get(path).content.decode()
            assert "Annulé" in page or "Cette séance est annulée." in page, path
        assert "https://schema.org/EventCancelled" in client.get(url).content.decode()

    def test_in_calendars_that_know_it_already(self, cancelled, client):
        session, before = cancelled
        after = event_of(client, session)
        assert (before["status"], after["status"]) == ("CONFIRMED", "CANCELLED")
        assert after["sequence"] > before["sequence"]
        assert "Panne de courant" in after["description"]
