"""The agenda moves on: each workshop has its dates for the coming months, once each, whatever happens."""

import datetime as dt
import io
import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from places.models import WINDOW_DAYS, Occurrence, Place, Source, State, Workshop

MONDAY = dt.date(2026, 9, 7)


@pytest.fixture
def place(db):
    source = Source.objects.create(code="saisie", name="Saisie")
    return Place.objects.create(
        name="L’Escale", source=source, city="Brest", postcode="29200", state=State.PUBLISHED
    )


def weekly(place, title="Premiers clics", **values):
    values = {
        "weekdays": "TU",
        "starts_on": dt.date(2026, 9, 1),
        "start_time": dt.time(14),
        "duration_min": 120,
        "skips_public_holidays": False,
    } | values
    return Workshop.objects.create(title=title, place=place, **values)


def schedule(since=MONDAY, days=28):
    return Workshop.objects.published().schedule(since + dt.timedelta(days=days), since=since)


def days_of(workshop):
    return [f"{row.local_start:%d/%m}" for row in workshop.occurrences.order_by("starts_at")]


class TestSchedulingManyWorkshops:
    def test_writes_the_dates_of_all_and_counts_them(self, place):
        tuesdays, thursdays = weekly(place), weekly(place, "CV du jeudi", weekdays="TH", interval=2)
        outcome = schedule()
        assert days_of(tuesdays) == ["08/09", "15/09", "22/09", "29/09"]
        assert days_of(thursdays) == ["17/09", "01/10"]
        assert (outcome.workshop_count, outcome.ahead_count, outcome.faults) == (2, 6, ())

    def test_a_second_time_changes_nothing(self, place):
        weekly(place)
        schedule()
        before = list(Occurrence.objects.values())
        assert schedule().ahead_count == 4
        assert list(Occurrence.objects.values()) == before

    def test_a_week_later_one_date_is_over_and_one_is_new(self, place):
        workshop = weekly(place)
        schedule()
        assert schedule(since=MONDAY + dt.timedelta(days=7)).ahead_count == 4
        assert days_of(workshop) == ["08/09", "15/09", "22/09", "29/09", "06/10"]

    def test_follows_a_rule_that_changed_but_not_over_what_a_person_changed(self, place):
        workshop = weekly(place)
        schedule()
        moved, cancelled = workshop.occurrences.order_by("starts_at")[:2]
        moved.starts_at += dt.timedelta(hours=1)
        moved.ends_at += dt.timedelta(hours=1)
        cancelled.status = Occurrence.Status.CANCELLED
        for row in (moved, cancelled):
            row.is_overridden = True
            row.save()
        Workshop.objects.update(weekdays="FR", duration_min=90)
        assert schedule().ahead_count == 6
        assert days_of(workshop) == ["08/09", "11/09", "15/09", "18/09", "25/09", "02/10"]
        moved.refresh_from_db()
        assert (moved.local_start.hour, moved.local_end.hour) == (15, 17)

    def test_a_workshop_that_lasts_longer_ends_later_and_keeps_its_rows(self, place):
        workshop = weekly(place)
        schedule()
        rows = set(workshop.occurrences.values_list("pk", flat=True))
        Workshop.objects.update(duration_min=180)
        schedule()
        assert set(workshop.occurrences.values_list("pk", flat=True)) == rows
        assert {row.local_end.hour for row in workshop.occurrences.all()} == {17}

    def test_an_hour_that_comes_twice_in_october_gives_one_date(self, place):
        night = weekly(place, "Nuit du code", weekdays="SU", start_time=dt.time(2, 30), duration_min=30)
        for _time in range(2):
            schedule(since=dt.date(2026, 10, 19), days=10)
        assert days_of(night) == ["25/10"]

    def test_leaves_out_what_is_not_online(self, place):
        draft = weekly(place, "Brouillon", state=State.DRAFT)
        hidden_place = Place.objects.create(name="En travaux", source=place.source, state=State.ARCHIVED)
        hidden = weekly(hidden_place, "Plus tard")
        assert schedule().workshop_count == 0
        assert days_of(draft) == days_of(hidden) == []

    def test_takes_as_many_queries_for_twenty_workshops_as_for_two(
        self, place, django_assert_max_num_queries
    ):
        for number in range(20):
            weekly(place, f"Atelier {number}")
        with django_assert_max_num_queries(12):
            schedule()


class TestExtendAgenda:
    def extend(self):
        out, err = io.StringIO(), io.StringIO()
        call_command("extend_agenda", stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    def test_reaches_to_the_end_of_the_window_and_says_so_in_one_line(self, place):
        workshop = weekly(place, frequency="DAILY", weekdays="", starts_on=timezone.localdate())
        out, err = self.extend()
        last = workshop.occurrences.latest("starts_at")
        assert last.local_start.date() == timezone.localdate() + dt.timedelta(days=WINDOW_DAYS)
        assert out.startswith(f"{WINDOW_DAYS + 1} séances à venir pour 1 atelier, jusqu’au ")
        assert out.count("\n") == 1
        assert err == ""

    def test_an_empty_agenda_is_said_in_the_singular(self, db):
        out, _err = self.extend()
        assert out.startswith("0 séance à venir pour 0 atelier, ")

    def test_a_rule_that_cannot_be_read_is_named_and_does_not_stop_the_rest(self, place):
        weekly(place, "Abîmé")
        schedule()
        good = weekly(place, "Solide", starts_on=timezone.localdate())
        kept = Occurrence.objects.count()
        # Past the form: as an old row, or one written by hand in the database, may be.
        Workshop.objects.filter(title="Abîmé").update(extra_dates="le premier beau jour")
        out, err = self.extend()
        assert (
            "« Abîmé » (L’Escale) n’a pas été programmé : « le premier beau jour » n’est pas une date" in err
        )
        assert good.occurrences.exists()
        assert Occurrence.objects.exclude(workshop=good).count() == kept
        assert "pour 1 atelier" in out


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def start(self):
        values = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        values |= {"VAR_DIR": str(settings.VAR_DIR), "SECRET_KEY": "for-tests-only", "TLS": "0"}
        return subprocess.Popen(
            [sys.executable, "manage.py", "extend_agenda"],
            cwd=settings.BASE_DIR,
            env=values | {"DATABASE_URL": url_of_test_database()},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def test_two_processes_write_each_date_once(self, place):
        for number in range(60):
            weekly(place, f"Atelier {number}", frequency="DAILY", weekdays="", starts_on=timezone.localdate())
        processes = [self.start(), self.start()]
        reports = [process.communicate(timeout=60) for process in processes]
        expected = 60 * (WINDOW_DAYS + 1)
        assert [process.returncode for process in processes] == [0, 0], reports
        assert all(out.startswith(f"{expected} séances à venir pour 60 ateliers") for out, _err in reports)
        assert Occurrence.objects.count() == expected
        counts = Occurrence.objects.values("workshop").annotate(n=Count("slot_starts_at", distinct=True))
        assert {row["n"] for row in counts} == {WINDOW_DAYS + 1}


def url_of_test_database():
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"spatialite:///{values['NAME']}"
    user = quote(values["USER"]) + (f":{quote(values['PASSWORD'])}" if values["PASSWORD"] else "")
    port = f":{values['PORT']}" if values["PORT"] else ""
    return f"postgis://{user}@{quote(values['HOST'], safe='')}{port}/{values['NAME']}"
