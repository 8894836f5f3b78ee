"""A session in the words of schema.org."""

import datetime as dt

import pytest

from places.opendata.schema_org import event_as_schema_org
from tests.factories import FeeFactory, OccurrenceFactory, PartnerFactory, PlaceFactory, WorkshopFactory

pytestmark = pytest.mark.django_db
SCHEMA = "https://schema.org/"


def said(row):
    return event_as_schema_org(row, page_url="https://epn.example/s/", place_url="https://epn.example/l/")


class TestEvent:
    def test_says_what_when_and_where(self):
        place = PlaceFactory(name="L’Escale", address="1 rue Haute")
        event = said(OccurrenceFactory(workshop=WorkshopFactory(title="Premiers clics", place=place)))
        assert event["@type"] == "Event"
        assert event["name"] == "Premiers clics"
        assert event["startDate"] == "2026-09-08T14:00:00+02:00"
        assert event["endDate"] == "2026-09-08T16:00:00+02:00"
        assert event["eventStatus"] == f"{SCHEMA}EventScheduled"
        assert event["location"]["name"] == "L’Escale"
        assert event["location"]["address"]["streetAddress"] == "1 rue Haute"
        assert event["organizer"]["url"] == "https://epn.example/l/"
        assert "offers" not in event

    def test_that_is_cancelled_or_moved_says_so(self):
        row = OccurrenceFactory()
        row.starts_at += dt.timedelta(hours=1)
        moved = said(row)
        assert moved["eventStatus"] == f"{SCHEMA}EventRescheduled"
        assert moved["previousStartDate"] == "2026-09-08T14:00:00+02:00"
        row.status = "CANCELLED"
        assert said(row)["eventStatus"] == f"{SCHEMA}EventCancelled"

    def test_at_a_partner_s_or_at_an_address_is_there(self):
        host = PartnerFactory(name="Mission locale")
        at_partner = said(OccurrenceFactory(workshop=WorkshopFactory(host_partner=host)))
        assert at_partner["location"]["name"] == "Mission locale"
        once = said(OccurrenceFactory(host_address="2 place Haute"))
        assert once["location"]["address"] == "2 place Haute"

    @pytest.mark.parametrize(
        ("fee", "seats", "offer"),
        [
            ("gratuit", "", {"price": "0", "priceCurrency": "EUR"}),
            ("payant", "FEW", {"availability": f"{SCHEMA}LimitedAvailability"}),
            ("payant", "WAITING_LIST", {"availability": f"{SCHEMA}SoldOut"}),
        ],
    )
    def test_offers_what_is_known(self, fee, seats, offer):
        row = OccurrenceFactory(workshop=WorkshopFactory(fee=FeeFactory(code=fee)), seats=seats)
        event = said(row)
        assert event["offers"] == {"@type": "Offer", "url": "https://epn.example/s/", **offer}
        assert event.get("isAccessibleForFree") == (True if fee == "gratuit" else None)
