"""What the data must obey: the database holds it, and a form says it in French."""

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from places.models import Need, Neighbourhood, Predecessor, SharedList
from tests.factories import (
    ClosureFactory,
    CommuneFactory,
    CorrectionFactory,
    NeighbourhoodFactory,
    OccurrenceFactory,
    OfferFactory,
    PartnerContactFactory,
    PartnerFactory,
    PartnershipFactory,
    PlaceFactory,
    ProjectFactory,
    SchoolHolidayFactory,
    SourceFactory,
    ThemeFactory,
    WorkshopFactory,
)

MODELS = [model for model in apps.get_app_config("places").get_models() if "Historical" not in model.__name__]
BEFORE, AFTER = dt.date(2026, 9, 1), dt.date(2026, 9, 30)


def noon(day):
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


# constraint -> (factory, values that break it, the sentence that people read)
BROKEN = {
    "offer_has_title": (OfferFactory, {"title": ""}, "Donnez un titre à la ressource."),
    "project_has_title": (ProjectFactory, {"title": ""}, "Donnez un titre au projet."),
    "project_ends_after_it_starts": (
        ProjectFactory,
        {"started_on": AFTER, "ended_on": BEFORE},
        "La fin ne peut pas précéder le début.",
    ),
    "place_has_name": (PlaceFactory, {"name": ""}, "Donnez un nom au lieu."),
    "place_printing_price_needs_printing": (
        PlaceFactory,
        {"printing_price": "10 centimes", "has_printing": False},
        "Un prix d’impression est donné alors qu’il n’y a pas d’imprimante.",
    ),
    "place_photo_has_credit": (
        PlaceFactory,
        {"photo": "lieux/porte.jpg"},
        "Indiquez à qui l’on doit la photo.",
    ),
    "closure_ends_after_it_starts": (
        ClosureFactory,
        {"starts_on": AFTER, "ends_on": BEFORE},
        "La fin ne peut pas précéder le début.",
    ),
    "closure_has_hours_when_changed": (
        ClosureFactory,
        {"kind": "CHANGED_HOURS"},
        "Donnez les horaires de ces jours-là pour des horaires modifiés, et pour eux seuls.",
    ),
    "school_holiday_ends_after_it_starts": (
        SchoolHolidayFactory,
        {"starts_on": AFTER, "ends_on": BEFORE},
        "La fin ne peut pas précéder le début.",
    ),
    "partner_has_name": (PartnerFactory, {"name": ""}, "Donnez un nom au partenaire."),
    "partner_contact_can_be_reached": (
        PartnerContactFactory,
        {"email": "", "phone": ""},
        "Donnez un téléphone ou un courriel.",
    ),
    "partnership_ends_after_it_starts": (
        PartnershipFactory,
        {"since": AFTER, "ended_on": BEFORE, "status": "ENDED"},
        "La fin ne peut pas précéder le début.",
    ),
    "partnership_end_date_means_ended": (
        PartnershipFactory,
        {"ended_on": AFTER, "status": "ACTIVE"},
        "Un partenariat qui a une date de fin est «\u00a0Terminé\u00a0».",
    ),
    "workshop_weekly_has_weekdays": (
        WorkshopFactory,
        {"weekdays": ""},
        "Choisissez au moins un jour de la semaine.",
    ),
    "workshop_ends_after_it_starts": (
        WorkshopFactory,
        {"until": BEFORE},
        "La fin ne peut pas précéder le début.",
    ),
    "workshop_duration_is_sane": (
        WorkshopFactory,
        {"duration_min": 4},
        "Une séance dure de 5 minutes à 24 heures.",
    ),
    "occurrence_ends_after_it_starts": (
        OccurrenceFactory,
        {"starts_at": noon(AFTER), "ends_at": noon(BEFORE)},
        "La fin doit suivre le début.",
    ),
    "correction_has_message": (CorrectionFactory, {"message": ""}, "Dites-nous ce qu’il faudrait écrire."),
    "commune_borough_has_parent": (
        CommuneFactory,
        {"insee_code": "75120", "kind": "ARM"},
        "Un arrondissement, et lui seul, dépend d’une autre commune.",
    ),
    "neighbourhood_priority_has_code": (
        NeighbourhoodFactory,
        {"kind": "PRIORITY"},
        "Un quartier prioritaire, et lui seul, a un code officiel et une génération.",
    ),
}


def save_broken(factory, values):
    with transaction.atomic():
        factory(**values)


class TestConstraints:
    @pytest.mark.parametrize("name", BROKEN)
    def test_hold_in_the_database_itself(self, name):
        factory, values, _sentence = BROKEN[name]
        with pytest.raises(IntegrityError):
            save_broken(factory, values)
        factory()  # and without the fault all is well

    @pytest.mark.parametrize("name", BROKEN)
    def test_say_in_french_what_to_mend(self, name):
        factory, values, sentence = BROKEN[name]
        row = factory.build(**values)
        with pytest.raises(ValidationError) as refused:
            row.validate_constraints(exclude=missing_relations(row))
        assert sentence in refused.value.messages

    @pytest.mark.parametrize("model", MODELS)
    def test_each_has_a_message_of_its_own_or_is_of_no_concern_to_people(self, model):
        # Search tables are written by the index; the two others follow from what forms check themselves.
        inner = {"posting_once", "place_completeness_is_percentage", "workshop_interval_is_positive"}
        silent = {
            constraint.name
            for constraint in model._meta.constraints
            if constraint.violation_error_message == models.BaseConstraint.default_violation_error_message
        }
        assert silent <= inner

    @pytest.mark.parametrize("model", MODELS)
    def test_each_is_tried_here(self, model):
        tried_elsewhere = {
            *("posting_once", "place_completeness_is_percentage", "workshop_interval_is_positive"),
            *("workshop_has_one_host", "place_certainty_matches_neighbourhood", "former_name_once"),
            *("partnership_once", "place_once_per_source", "occurrence_once_per_slot", "need_has_words"),
            *("offer_has_one_giver", "partner_once_per_source", "shared_list_name_once", "predecessor_once"),
            *("correction_handled_forgets_the_visitor", "school_holiday_once"),
        }
        names = {constraint.name for constraint in model._meta.constraints}
        assert names <= tried_elsewhere | set(BROKEN)


def missing_relations(row):
    """Relations that a built row does not have yet."""
    return {
        field.name
        for field in row._meta.concrete_fields
        if field.is_relation and getattr(row, field.attname) is None
    } - {"parent"}


class TestGiver:
    @pytest.mark.parametrize("is_both", [True, False])
    def test_of_a_resource_is_a_place_or_a_partner(self, is_both):
        offer = OfferFactory()
        offer.place, offer.partner = (offer.place, PartnerFactory()) if is_both else (None, None)
        with pytest.raises(ValidationError, match="Choisissez un lieu ou un partenaire, l’un des deux"):
            offer.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            offer.save()


class TestUniqueness:
    def test_a_source_names_a_place_once_and_many_places_without_a_name(self):
        hub = SourceFactory(code="hub")
        PlaceFactory(source=hub, external_id="42")
        PlaceFactory(source=SourceFactory(code="other"), external_id="42")
        PlaceFactory(source=hub)
        PlaceFactory(source=hub)
        with pytest.raises(IntegrityError):
            save_broken(PlaceFactory, {"source": hub, "external_id": "42"})
        with pytest.raises(ValidationError, match="Cette source a déjà un lieu avec cet identifiant"):
            PlaceFactory.build(source=hub, commune=None, external_id="42").validate_constraints()

    def test_a_source_names_a_partner_once_and_many_partners_without_a_name(self):
        hub = SourceFactory(code="hub")
        PartnerFactory(source=hub, external_id="42")
        PartnerFactory(source=SourceFactory(code="other"), external_id="42")
        for _time in range(2):
            PartnerFactory(source=hub)
        with pytest.raises(IntegrityError):
            save_broken(PartnerFactory, {"source": hub, "external_id": "42"})
        with pytest.raises(ValidationError, match="Cette source a déjà un partenaire de cet identifiant"):
            PartnerFactory.build(source=hub, commune=None, external_id="42").validate_constraints()

    def test_a_partnership_is_told_once_for_each_axis_and_activity(self):
        first = PartnershipFactory()
        same = {"place": first.place, "partner": first.partner}
        PartnershipFactory(**same, activity="PROJECT")
        PartnershipFactory(**same, theme=ThemeFactory(code="education"))
        with pytest.raises(IntegrityError):
            save_broken(PartnershipFactory, same)
        with pytest.raises(ValidationError, match="Ce partenariat existe déjà"):
            PartnershipFactory.build(**same, theme=first.theme).validate_constraints()

    def test_a_workshop_has_one_session_for_each_slot(self):
        first = OccurrenceFactory()
        with pytest.raises(IntegrityError):
            save_broken(OccurrenceFactory, {"workshop": first.workshop})
        with pytest.raises(ValidationError, match="Cette séance existe déjà"):
            OccurrenceFactory.build(workshop=first.workshop).validate_constraints()

    def test_an_official_code_is_given_once_and_none_may_be_lacking_many_times(self):
        NeighbourhoodFactory(qpv=True, code="QN02901M")
        NeighbourhoodFactory(code=None)
        NeighbourhoodFactory(code="")
        assert Neighbourhood.objects.filter(code=None).count() == 2
        with pytest.raises(IntegrityError):
            save_broken(NeighbourhoodFactory, {"qpv": True, "code": "QN02901M"})

    def test_a_neighbourhood_follows_another_once(self):
        told = {"code": "QP029001", "name": "Avant", "share_of_former": 1, "share_of_new": 1}
        row = Predecessor.objects.create(neighbourhood=NeighbourhoodFactory(), **told)
        with pytest.raises(ValidationError, match=r"déjà lié à celui de 2024\."):
            Predecessor(neighbourhood=row.neighbourhood, **told).validate_constraints()

    def test_a_person_has_one_list_of_each_name(self):
        owner = User.objects.create_user("lea")
        SharedList.objects.create(owner=owner, name="Aide aux CV")
        SharedList.objects.create(owner=User.objects.create_user("marc"), name="Aide aux CV")
        twice = SharedList(owner=owner, name="Aide aux CV")
        with pytest.raises(ValidationError, match=r"Vous avez déjà une liste de ce nom\."):
            twice.validate_constraints()

    def test_holidays_of_a_zone_begin_once_on_a_day(self):
        toussaint = SchoolHolidayFactory()
        SchoolHolidayFactory(zone="B")
        with pytest.raises(IntegrityError), transaction.atomic():
            SchoolHolidayFactory(name="Les mêmes", starts_on=toussaint.starts_on)

    def test_a_former_name_is_told_once_however_it_is_written(self):
        commune = CommuneFactory()
        commune.former_names.create(name="Château-Arnoux")
        with pytest.raises(IntegrityError), transaction.atomic():
            commune.former_names.create(name="CHATEAU ARNOUX")


class TestOthers:
    def test_a_workshop_is_with_a_partner_or_at_an_address_and_not_both(self):
        both = {"host_partner": PartnerFactory(), "host_address": "1 rue Haute"}
        with pytest.raises(IntegrityError):
            save_broken(WorkshopFactory, both)
        row = WorkshopFactory.build(**both, place=PlaceFactory())
        with pytest.raises(ValidationError, match="Choisissez un partenaire ou une adresse, pas les deux"):
            row.validate_constraints()

    def test_a_place_outside_any_neighbourhood_has_none(self):
        place = PlaceFactory()
        neighbourhood = NeighbourhoodFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            type(place).objects.filter(pk=place.pk).update(
                neighbourhood=neighbourhood, neighbourhood_certainty="OUTSIDE"
            )

    @pytest.mark.parametrize(("column", "value"), [("completeness", 101)])
    def test_a_percentage_is_one(self, column, value):
        place = PlaceFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            type(place).objects.filter(pk=place.pk).update(**{column: value})

    @pytest.mark.parametrize("interval", [0, 53])
    def test_a_rule_comes_back_within_a_year(self, interval):
        with pytest.raises(IntegrityError):
            save_broken(WorkshopFactory, {"interval": interval})

    def test_a_need_has_words(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            Need.objects.create(words="?!", name="Rien")

    def test_a_report_that_is_handled_forgets_who_wrote_it(self):
        correction = CorrectionFactory(reply_to="lina@example.org")
        correction.status = "ACCEPTED"
        correction.save()
        correction.refresh_from_db()
        assert correction.reply_to == ""
        assert "lina" not in str(list(correction.history.values()))
        with pytest.raises(IntegrityError), transaction.atomic():
            type(correction).objects.update(reply_to="lina@example.org")


class TestFieldMessages:
    @pytest.mark.parametrize(
        ("factory", "values", "field", "said"),
        [
            (PlaceFactory, {"postcode": "2920"}, "postcode", "Un code postal a cinq chiffres."),
            (PlaceFactory, {"pivot": "12"}, "pivot", "De 9 à 14 chiffres ou lettres."),
            (PlaceFactory, {"phone": "12"}, "phone", "téléphone"),
            (PlaceFactory, {"opening_hours": "toujours"}, "opening_hours", "Donnez les heures"),
            (PartnerFactory, {"phone": "12"}, "phone", "téléphone"),
            (CommuneFactory, {"insee_code": "999"}, "insee_code", "Un code Insee a cinq caractères"),
            (
                NeighbourhoodFactory,
                {"kind": "PRIORITY", "generation": 2024, "code": "QN1"},
                "code",
                "Un code de quartier prioritaire ressemble à QN02901M",
            ),
            (ClosureFactory, {"opening_hours": "nawak"}, "opening_hours", "Donnez les heures"),
            (WorkshopFactory, {"extra_dates": "le 3"}, "extra_dates", "n’est pas une date"),
            (WorkshopFactory, {"capacity": 0}, "capacity", "1"),
        ],
    )
    def test_stand_beside_their_field(self, factory, values, field, said):
        row = factory.build(**values)
        with pytest.raises(ValidationError) as refused:
            row.full_clean(exclude=missing_relations(row), validate_constraints=False)
        assert said in " ".join(refused.value.message_dict[field])

    def test_phones_are_brought_to_one_written_form(self):
        place = PlaceFactory.build(phone="02.98 00-00 00")
        place.clean()
        assert place.phone == "+33298000000"
        assert place.phone_display == "02\u00a098\u00a000\u00a000\u00a000"
