"""The examples are what they say: true to the models, to the towns of the study and to French."""

import datetime as dt
import json
import re

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from places.management.commands.load_demonstration import FILES, FIXTURES, Territory, records_of
from places.models import (
    Certainty,
    Closure,
    Commune,
    Department,
    Neighbourhood,
    Occurrence,
    Offer,
    Partner,
    PartnerContact,
    Partnership,
    Place,
    PlaceKind,
    Project,
    Source,
    Theme,
    Workshop,
)

pytestmark = pytest.mark.django_db

TOWNS = {
    "29019": "Brest",
    "78361": "Mantes-la-Jolie",
    "75120": "Paris 20e",
    "91027": "Athis-Mons",
    "03190": "Moulins",
    "91286": "Grigny",
    "69123": "Lyon",
    "83137": "Toulon",
    "06088": "Nice",
    "25056": "Besançon",
    "31555": "Toulouse",
}
AXES = {"emploi", "education", "isolement", "vie-de-quartier", "centre-de-ressources"}
# Numbers that Arcep keeps for films and books: they will never ring anywhere. 06 39 98 is written as its
# neighbours are, those of Mayotte.
FICTION = re.compile(r"\+33(19900|26191|35301|46571|53649|63998)\d{4}")


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """The territory, loaded once for this file and then forgotten: no test here writes anything."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demonstration", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module", params=TOWNS, ids=TOWNS.values())
def town(request, demonstration):
    return Commune.objects.get(insee_code=request.param)


@pytest.mark.usefixtures("demonstration")
class TestRows:
    @pytest.mark.parametrize(
        "model",
        [
            Department,
            Commune,
            Neighbourhood,
            Place,
            Closure,
            Partner,
            PartnerContact,
            Partnership,
            Offer,
            Project,
            Workshop,
        ],
    )
    def test_each_row_is_one_that_an_editor_could_have_saved(self, model):
        for row in model.objects.all():
            row.full_clean()

    def test_there_is_as_much_as_a_town_needs_to_see_the_site_at_work(self):
        assert Place.objects.published().count() >= 40
        assert Partner.objects.published().count() >= 60
        assert Partnership.objects.count() >= 80
        assert Workshop.objects.published().count() >= 120
        assert set(Offer.objects.values_list("kind", flat=True)) == set(Offer.Kind.values)
        assert Project.objects.published().count() >= 5

    def test_each_listing_says_that_it_is_an_example(self):
        for model in (Neighbourhood, Place, Partner, Project):
            assert not model.objects.exclude(source__code="demonstration").exists()
        assert Source.objects.get(code="demonstration").is_demonstration
        assert not Source.objects.get(code="saisie").is_demonstration

    def test_each_place_is_in_a_neighbourhood_or_next_to_one(self):
        for place in Place.objects.exclude(neighbourhood_certainty__in=[Certainty.INSIDE, Certainty.EDGE]):
            served = place.serves.first()
            assert served, f"{place} is nowhere"
            assert place.pk in Place.objects.reachable_from(served), place

    def test_no_position_is_far_from_its_town(self):
        for row in [*Place.objects.all(), *Partner.objects.exclude(location=None)]:
            assert row.location.distance(row.commune.location) < 0.08, row

    def test_every_telephone_is_one_of_fiction(self):
        for model in (Place, Partner, PartnerContact):
            for number in model.objects.exclude(phone="").values_list("phone", flat=True):
                assert FICTION.fullmatch(number), number

    def test_every_address_on_the_web_is_at_example_org(self):
        links = [
            *Place.objects.values_list("website", "booking_url"),
            *Partner.objects.values_list("website"),
        ]
        for link in filter(None, (link for row in links for link in row)):
            assert link.startswith("https://example.org/"), link
        emails = [email for place in Place.objects.all() for email in place.email_list]
        for model in (Partner, PartnerContact):
            emails += model.objects.exclude(email="").values_list("email", flat=True)
        for email in emails:
            assert email.endswith("@example.org"), email

    def test_contacts_are_functions_and_some_are_for_professionals_only(self):
        functions = list(PartnerContact.objects.values_list("function", flat=True))
        assert not [name for name in functions if re.search(r"\b(M\.|Mme|Madame|Monsieur)", name)]
        assert not Partner.objects.filter(contacts=None).exists()
        assert set(PartnerContact.objects.values_list("visibility", flat=True)) == {"PUBLIC", "PROFESSIONAL"}

    def test_outlines_are_drawn_by_hand_with_a_few_points(self):
        for neighbourhood in Neighbourhood.objects.all():
            assert neighbourhood.area.num_points <= 11, neighbourhood
            assert neighbourhood.area.valid, neighbourhood
        for department in Department.objects.all():
            assert department.area.num_points <= 25, department
            assert department.area.valid, department

    def test_the_ground_of_each_town_is_under_its_neighbourhoods(self):
        for neighbourhood in Neighbourhood.objects.prefetch_related("communes__department"):
            ground = neighbourhood.communes.all()[0].department.area
            assert ground.contains(neighbourhood.area.centroid), neighbourhood


class TestEachTown:
    def test_has_two_neighbourhoods_with_names_that_people_give_them(self, town):
        found = Neighbourhood.objects.filter(communes__in=[town, *town.boroughs.all()]).distinct()
        assert found.count() >= 2
        assert found.exclude(aliases="").exists()

    def test_offers_help_on_the_five_axes(self, town):
        places = Place.objects.in_commune(town)
        offered = set(Theme.objects.filter(workshops__place__in=places).values_list("code", flat=True))
        assert offered == AXES

    def test_has_an_epn_partners_and_partnerships(self, town):
        places = Place.objects.in_commune(town)
        assert places.filter(kinds__code="EPN").exists()
        assert Partnership.objects.public().filter(place__in=places).count() >= 5
        towns = [town, *town.boroughs.all()]
        assert Partner.objects.published().filter(commune__in=towns).count() >= 5

    def test_has_dates_in_the_coming_week(self, town):
        now = timezone.now()
        coming = Occurrence.objects.upcoming(now).filter(starts_at__lt=now + dt.timedelta(days=8))
        assert coming.at_places(Place.objects.in_commune(town)).count() >= 5


@pytest.mark.usefixtures("demonstration")
class TestVariety:
    def test_places_are_of_many_kinds(self):
        kinds = set(PlaceKind.objects.filter(places__isnull=False).values_list("code", flat=True))
        assert kinds >= {"EPN", "BIB", "CS", "RFS", "ASSO", "FABLAB", "ENM", "MJC", "TIERS_LIEUX"}
        assert Place.objects.filter(is_itinerant=True).exists()

    def test_equipment_is_there_missing_or_unknown(self):
        for fact in ("has_printing", "has_wifi", "has_webcam_booth", "is_step_free", "has_adapted_toilets"):
            told = set(Place.objects.values_list(fact, flat=True))
            assert told == {True, False, None}, fact

    @pytest.mark.parametrize(
        ("weekday", "time"),
        [(0, "18:15"), (3, "19:30"), (5, "10:30"), (6, "16:00"), (2, "11:00")],
        ids=["late on Monday", "Thursday evening", "Saturday", "Sunday", "Wednesday morning"],
    )
    def test_some_places_are_open_and_others_are_not(self, weekday, time):
        # A week of March without a public holiday; the closures of today do not reach it.
        at = dt.datetime.combine(
            dt.date(2027, 3, 8) + dt.timedelta(days=weekday),
            dt.time.fromisoformat(time),
            tzinfo=timezone.get_default_timezone(),
        )
        states = {str(place.status_at(at).state) for place in Place.objects.prefetch_related("closures")}
        assert len(states) == 3, states

    def test_some_close_for_works_some_keep_other_hours_some_have_reopened(self):
        today = timezone.localdate()
        assert Closure.objects.filter(kind="CLOSED", starts_on__lt=today, ends_on__gt=today).exists()
        assert Closure.objects.filter(kind="CLOSED", starts_on__gt=today).exists()
        assert Closure.objects.filter(kind="CHANGED_HOURS", starts_on__gt=today).exists()
        assert Closure.objects.filter(ends_on__lt=today).exists()

    def test_partnerships_are_of_every_sort_and_some_are_to_be_talked_over(self):
        partnerships = Partnership.objects.all()
        assert set(partnerships.values_list("theme__code", flat=True)) == AXES
        assert set(partnerships.values_list("status", flat=True)) == set(Partnership.Status.values)
        assert set(partnerships.values_list("activity", flat=True)) == set(Partnership.Activity.values)
        assert partnerships.to_review(timezone.localdate()).count() >= 10
        assert set(Partner.objects.values_list("kind", flat=True)) >= set(Partner.Kind.values) - {
            "LIBRARY",
            "MUNICIPALITY",
        }

    def test_workshops_are_of_every_sort_and_some_are_held_elsewhere(self):
        workshops = Workshop.objects.all()
        assert set(workshops.values_list("kind", flat=True)) == set(Workshop.Kind.values)
        assert set(workshops.values_list("frequency", flat=True)) == set(Workshop.Frequency.values)
        assert set(workshops.values_list("level", flat=True)) == set(Workshop.Level.values)
        assert workshops.exclude(host_partner=None).count() >= 10
        assert workshops.exclude(host_address="").count() >= 3

    def test_nothing_is_held_at_a_place_on_a_day_on_which_it_is_closed(self):
        for closure in Closure.objects.filter(kind="CLOSED"):
            held = Occurrence.objects.filter(
                workshop__place=closure.place,
                workshop__host_partner=None,
                workshop__host_address="",
                starts_at__date__range=(closure.starts_on, closure.ends_on),
                ends_at__gt=timezone.now(),
            )
            assert not held.exists(), closure.place


@pytest.mark.usefixtures("demonstration")
class TestDatesToCome:
    DAYS = ["2026-07-13", "2026-08-14", "2026-12-22", "2027-04-10", "2027-05-01", "2028-02-29", "2029-07-22"]

    @pytest.mark.parametrize("loaded_on", DAYS)
    def test_each_workshop_meets_soon_whatever_the_day_of_loading(self, loaded_on):
        today = dt.date.fromisoformat(loaded_on)
        territory = Territory(today)
        workshops = {row.slug: row for row in Workshop.objects.select_related("place__commune")}
        for record in records_of("workshops.json"):
            workshop = workshops[record["slug"]]
            for name in {"starts_on", "extra_dates", "except_dates"} & record.keys():
                field = Workshop._meta.get_field(name)
                setattr(workshop, name, territory.value(field, record[name]))
            # A public holiday takes a month away from what is monthly.
            patience = 65 if workshop.frequency == "MONTHLY" else 45
            assert workshop.slots(today, today + dt.timedelta(days=patience)), workshop


PROSE = {
    "accessibility_notes",
    "address",
    "aliases",
    "description",
    "directions",
    "function",
    "host_address",
    "message",
    "name",
    "opening_hours_text",
    "parent_structure",
    "partner_contact",
    "place_contact",
    "presentation",
    "price_notes",
    "printing_price",
    "summary",
    "title",
    "what_to_bring",
}


def prose_of(record):
    """The texts of a record, and of the parts within it, that people read."""
    for name, value in record.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield from prose_of(item)
            elif name in PROSE and isinstance(item, str):
                yield item


def texts():
    for name in FILES:
        for record in records_of(name):
            yield from prose_of(record)
    for row in json.loads((FIXTURES / "reference.json").read_text(encoding="utf-8")):
        yield from prose_of(row["fields"])


class TestFrench:
    @pytest.mark.parametrize(
        ("fault", "why"),
        [
            (r"'", "a straight apostrophe"),
            (r"(?<!\u00a0)[:;!?»]", "no no-break space before"),
            (r"«(?!\u00a0)", "no no-break space after"),
            (r"\d (€|h|min|ans|jours|personnes|postes)\b|\d €", "a number may part from its unit"),
            (r"\.\.\.", "three dots are one character"),
            (r"  |^\s|\s$", "a space too many"),
            (r"(?i)\bsessions?\b", "one says « séance »"),
            (r"(?i)\b(lorem|todo|xxx|illectronisme|fracture|capacitation|bénéficiaires?)\b", "jargon"),
        ],
    )
    def test_texts_keep_to_the_rules(self, fault, why):
        # "https://", "12:30" and the like are no prose.
        at_fault = [text for text in texts() if re.search(fault, text)]
        assert at_fault == [], why

    def test_summaries_end_with_a_mark(self):
        for name in FILES:
            for record in records_of(name):
                for field in ("summary", "description", "presentation"):
                    assert record.get(field, ".")[-1] in ".!?", record[field]
