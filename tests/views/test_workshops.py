"""The page of a workshop, and that of each of its sessions."""

import datetime as dt
import json
import re

import pytest
from django.urls import reverse

from places.domain import sms
from tests.factories import (
    AccessModeFactory,
    FeeFactory,
    OccurrenceFactory,
    PartnerFactory,
    PlaceFactory,
    SourceFactory,
    ThemeFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db


class TestWorkshop:
    def test_says_what_when_where_and_for_how_much(self, visit):
        workshop = WorkshopFactory(
            title="Écrire son CV",
            summary="Repartez avec un CV.",
            description="Apportez un ancien CV si vous en avez un.",
            place=PlaceFactory(name="L’Escale", phone="+33298000000"),
            fee=FeeFactory(name="Gratuit"),
            themes=[ThemeFactory(name="Emploi")],
            capacity=8,
            level="BEGINNER",
            what_to_bring="Une clé USB",
            booking_url="https://rdv.example.org/",
        )
        OccurrenceFactory(workshop=workshop)
        page = visit("workshop", workshop.slug)
        for words in (
            *(
                "Écrire son CV",
                "Repartez avec un CV.",
                "Apportez un ancien CV",
                "L’Escale",
                "Gratuit",
                "Emploi",
            ),
            *(
                "Débutant",
                "Une clé USB",
                "tel:+33298000000",
                "https://rdv.example.org/",
                "14\u00a0h – 16\u00a0h",
            ),
        ):
            assert words in page

    def test_without_dates_says_whom_to_call(self, visit):
        assert "Pas de séance annoncée pour l’instant." in visit("workshop", WorkshopFactory().slug)

    def test_held_elsewhere_says_where(self, visit):
        host = PartnerFactory(name="Mission locale", address="1 rue Haute")
        OccurrenceFactory(workshop=WorkshopFactory(title="Hors les murs", host_partner=host))
        assert "Mission locale" in visit("workshop", "hors-les-murs-brest")
        assert "chez Mission locale" in visit("agenda")
        OccurrenceFactory(workshop=WorkshopFactory(title="Au marché", host_address="Halles Saint-Louis"))
        assert "Halles Saint-Louis" in visit("workshop", "au-marche-brest")

    def test_shows_the_ten_next_sessions_and_none_that_is_over(self, visit):
        workshop = WorkshopFactory()
        for day in range(1, 21):
            OccurrenceFactory(workshop=workshop, starts_at=dt.datetime(2026, 9, day, 12, tzinfo=dt.UTC))
        page = visit("workshop", workshop.slug)
        assert [row.local_date.day for row in page.context["occurrences"]] == list(range(8, 18))

    def test_leads_back_to_the_agenda(self, visit):
        assert f'href="{reverse("agenda")}"' in visit("workshop", WorkshopFactory().slug)


class TestOccurrence:
    def test_says_when_where_and_how_to_come(self, visit):
        place = PlaceFactory(name="L’Escale", address="1 rue Haute", phone="+33298000000")
        workshop = WorkshopFactory(title="Premiers clics", place=place, companion_welcome=True)
        row = OccurrenceFactory(workshop=workshop, seats="FEW")
        page = visit("occurrence", workshop.slug, row.slot)
        for words in (
            "mardi 8 septembre 2026, 14\u00a0h – 16\u00a0h",
            "Dernières places",
            "1 rue Haute",
            "Sans inscription\u00a0: venez à l’heure dite.",
            "Vous pouvez venir avec quelqu’un.",
        ):
            assert words in page

    def test_that_is_cancelled_says_so_and_why_and_leads_to_the_next(self, visit):
        workshop = WorkshopFactory()
        row = OccurrenceFactory(workshop=workshop, status="CANCELLED", message="Grève des transports")
        later = OccurrenceFactory(workshop=workshop, starts_at=row.starts_at + dt.timedelta(days=7))
        page = visit("occurrence", workshop.slug, row.slot)
        assert "Cette séance est annulée." in page
        assert "Grève des transports" in page
        assert f'href="{later.get_absolute_url()}"' in page

    def test_that_is_over_says_so_and_is_not_to_be_found(self, visit):
        row = OccurrenceFactory(starts_at=dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC))
        page = visit("occurrence", row.workshop.slug, row.slot)
        assert "Cette séance est passée." in page
        assert "noindex" in page
        assert "Ajouter à mon agenda" not in page

    def test_that_was_moved_says_when_it_was_to_be(self, visit):
        row = OccurrenceFactory()
        row.starts_at += dt.timedelta(hours=1)
        row.save()
        page = visit("occurrence", row.workshop.slug, row.slot)
        assert "15\u00a0h – 16\u00a0h" in page
        assert "cette séance était prévue le mardi 8 septembre à 14\u00a0h." in page
        assert "Horaire changé" in visit("agenda")

    def test_held_elsewhere_for_once_says_where(self, visit):
        row = OccurrenceFactory(host_address="Salle des fêtes, 2 place Haute")
        page = visit("occurrence", row.workshop.slug, row.slot)
        assert "Salle des fêtes, 2 place Haute" in page
        assert "Cette séance n’a pas lieu au même endroit que les autres." in page

    @pytest.mark.parametrize("slot", ["2026-09-08-15h00", "2026-13-08-15h00", "demain", "0000-01-01-00h00"])
    def test_of_a_slot_that_is_none_is_not_there(self, slot, visit):
        assert visit("occurrence", OccurrenceFactory().workshop.slug, slot).status == 404


class TestForMachines:
    def data(self, page):
        [written] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.html, re.S)
        return json.loads(written)

    def test_a_session_is_an_event_and_its_workshop_several(self, visit):
        row = OccurrenceFactory(status="CANCELLED")
        page = visit("occurrence", row.workshop.slug, row.slot)
        event = self.data(page)
        assert event["url"] == f"http://testserver{row.get_absolute_url()}"
        assert event["eventStatus"] == "https://schema.org/EventCancelled"
        assert self.data(visit("workshop", row.workshop.slug)) == [event]

    def test_an_example_is_nothing_to_find(self, visit):
        source = SourceFactory(code="demonstration", is_demonstration=True)
        row = OccurrenceFactory(workshop=WorkshopFactory(place=PlaceFactory(source=source)))
        assert "ld+json" not in visit("occurrence", row.workshop.slug, row.slot)
        assert "ld+json" not in visit("workshop", row.workshop.slug)


class TestText:
    def test_of_a_session_goes_in_one_message(self, visit):
        place = PlaceFactory(name="L’Escale", address="1 rue Haute", phone="+33298000000")
        row = OccurrenceFactory(workshop=WorkshopFactory(title="Premiers clics", place=place))
        page = visit("occurrence", row.workshop.slug, row.slot)
        text = page.context["sms_text"]
        assert sms.fits(text)
        assert text.startswith(
            "Premiers clics\nmardi 8 septembre, 14 h - 16 h\nL'Escale\n02 98 00 00 00\n1 rue Haute"
        )
        assert 'href="sms:?&amp;body=Premiers%20clics' in page


class TestBooking:
    def page(self, visit, *codes, **values):
        place = PlaceFactory(phone=values.pop("phone", ""), emails=values.pop("emails", ""))
        workshop = WorkshopFactory(place=place, **values)
        workshop.booking_modes.set([AccessModeFactory(code=code) for code in codes])
        return visit("workshop", workshop.slug)

    def test_needs_no_e_mail_wherever_there_is_a_telephone(self, visit):
        page = self.page(visit, "contacter-par-mail", phone="+33298000000", emails="accueil@example.org")
        assert "Sans courriel ni internet\u00a0: appelez le lieu." in page
        assert "mailto:accueil@example.org" in page

    def test_by_phone_gives_the_number(self, visit):
        page = self.page(visit, "telephoner", phone="+33298000000")
        assert "Par téléphone\u00a0: appelez le lieu." in page
        assert page.html.count("tel:+33298000000") == 2

    def test_online_leads_there(self, visit):
        page = self.page(visit, booking_url="https://rdv.example.org/")
        assert "S’inscrire en ligne" in page

    def test_of_which_nothing_is_known_says_whom_to_ask(self, visit):
        assert "Demandez au lieu comment vous inscrire." in self.page(visit, "telephoner")

    def test_on_the_spot_says_to_come(self, visit):
        assert "Sur place\u00a0: venez, on vous inscrit à l’accueil." in self.page(visit, "se-presenter")
