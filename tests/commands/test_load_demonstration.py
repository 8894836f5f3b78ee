"""Loading the examples: once, whole, and never over what people wrote."""

import datetime as dt
import io

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.core.management import CommandError, call_command

from places.management.commands import load_demonstration
from places.management.commands.load_demonstration import Territory
from places.models import (
    Commune,
    Department,
    Neighbourhood,
    Occurrence,
    Place,
    Posting,
    Service,
    Source,
    Theme,
    Workshop,
)

pytestmark = pytest.mark.django_db
ESCALE = "l-escale-numerique-de-pontanezen-brest"


def load(*options):
    out = io.StringIO()
    call_command("load_demonstration", *options, stdout=out)
    return out.getvalue().strip()


def real_place(name="Mairie de Brest"):
    source = Source.objects.create(code="hub", name="Le hub")
    return Place.objects.create(name=name, source=source, city="Brest")


class TestLoading:
    def test_makes_the_site_ready_and_a_second_run_changes_nothing(self):
        assert "fiches ajoutées" in load()
        before = list(Place.objects.order_by("pk").values()), Occurrence.objects.count()
        assert Posting.objects.exists()
        assert Occurrence.objects.exists()

        assert load() == "La démonstration est déjà là : rien n’a changé."
        assert (list(Place.objects.order_by("pk").values()), Occurrence.objects.count()) == before

    def test_adds_what_is_missing_and_leaves_what_people_changed(self):
        load()
        Place.objects.filter(slug=ESCALE).update(phone="+33298001122")
        Service.objects.filter(code="loisirs-et-creations-numeriques").update(name="S’amuser")
        Workshop.objects.get(slug="cafe-numerique-du-mercredi-brest").delete()

        assert load() == "1 fiche ajoutée."
        assert Place.objects.get(slug=ESCALE).phone == "+33298001122"
        assert Service.objects.get(code="loisirs-et-creations-numeriques").name == "S’amuser"
        assert Workshop.objects.get(slug="cafe-numerique-du-mercredi-brest").occurrences.exists()

    def test_is_whole_or_not_at_all(self, monkeypatch):
        def records_of(name):
            if name == "workshops.json":
                raise ValueError("cut in the middle")
            return whole(name)

        whole = load_demonstration.records_of
        monkeypatch.setattr(load_demonstration, "records_of", records_of)
        with pytest.raises(ValueError, match="cut in the middle"):
            load()
        assert not Place.objects.exists()
        assert not Theme.objects.exists()

    def test_an_outline_that_was_imported_stays(self):
        finistere = Department.objects.create(code="29", name="Finistère")
        brest = Commune.objects.create(insee_code="29019", name="Brest", department=finistere)
        box = MultiPolygon(Polygon.from_bbox((-4.48, 48.40, -4.46, 48.42)), srid=4326)
        imported = Neighbourhood.objects.create(
            kind="PRIORITY", code="QN02907M", generation=2024, name="Pontanézen Nord", area=box
        )
        imported.communes.add(brest)
        load()
        assert Neighbourhood.objects.get(code="QN02907M") == imported
        imported.refresh_from_db()
        assert imported.area == box
        # What the examples say of the neighbourhood is said of this one.
        assert Place.objects.get(slug=ESCALE).serves.get() == imported
        assert Place.objects.get(slug=ESCALE).neighbourhood == imported


class TestBesideRealPlaces:
    def test_it_declines_and_says_what_to_do(self):
        real_place()
        with pytest.raises(CommandError, match="--force"):
            load()
        assert Place.objects.count() == 1

    def test_it_loads_when_told_to(self):
        kept = real_place()
        load("--force")
        assert Place.objects.filter(source__is_demonstration=True).count() > 40
        assert Place.objects.filter(pk=kept.pk, name="Mairie de Brest").exists()

    def test_if_empty_does_nothing_and_says_so(self):
        real_place()
        assert load("--if-empty") == "Il y a déjà des lieux : rien n’a été chargé."
        assert Place.objects.count() == 1

    def test_if_empty_loads_into_an_empty_database(self):
        load("--if-empty")
        assert Place.objects.filter(slug=ESCALE).exists()


class TestDays:
    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("-30", "2026-10-24"),
            ("+0", "2026-11-23"),
            ("+4", "2026-11-27"),
            ("+0 MO", "2026-11-23"),
            ("+1 MO", "2026-11-30"),
            ("+20 SA", "2026-12-19"),
            ("+28 FR", "2027-01-08"),  # Christmas and New Year's Day are Fridays
            ("2026-12-24", "2026-12-24"),
        ],
    )
    def test_are_counted_from_the_day_of_loading(self, written, meant):
        assert Territory(dt.date(2026, 11, 23)).day(written) == dt.date.fromisoformat(meant)
