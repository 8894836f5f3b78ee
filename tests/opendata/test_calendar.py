"""Sessions as a calendar, read back by the `icalendar` library and by khal, a calendar that people use."""

import datetime as dt
import subprocess
import sys
from zoneinfo import ZoneInfo

import icalendar
import pytest

from places.models import Occurrence
from places.opendata.calendar import as_calendar
from tests.factories import (
    TOWN_HALL,
    AccessModeFactory,
    CommuneFactory,
    DepartmentFactory,
    OccurrenceFactory,
    PartnerFactory,
    PlaceFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def written(**options):
    rows = Occurrence.objects.order_by("starts_at").for_rows()
    return as_calendar(rows, name="Ateliers, Brest", absolute="https://epn.example{}".format, **options)


def events(**options):
    return icalendar.Calendar.from_ical(written(**options)).walk("VEVENT")


def weekly(*dates, **place):
    """A session each of these days, from 14:00 to 16:00 by the clock of the place."""
    workshop = WorkshopFactory(title="Premiers clics", place=PlaceFactory(**place))
    for day in dates:
        start = dt.datetime.combine(day, dt.time(14), tzinfo=workshop.place.timezone)
        OccurrenceFactory(workshop=workshop, starts_at=start, ends_at=start + dt.timedelta(hours=2))


# Either side of both changes of hour.
SUNDAYS = [dt.date(2026, 10, 24), dt.date(2026, 10, 25), dt.date(2027, 3, 27), dt.date(2027, 3, 28)]


class TestEvent:
    def test_says_what_when_where_and_how_to_come(self):
        place = PlaceFactory(name="L’Escale", address="1 rue Haute", east_of=TOWN_HALL, phone="+33298000000")
        workshop = WorkshopFactory(title="Premiers clics", place=place, what_to_bring="Votre téléphone")
        workshop.booking_modes.set([AccessModeFactory(code="telephoner")])
        row = OccurrenceFactory(workshop=workshop, seats="FEW")
        [event] = events()
        assert event["summary"] == "Premiers clics"
        assert event["location"] == "L’Escale, 1 rue Haute, 29200 Brest"
        assert event["geo"].to_ical() == "48.3904;-4.4861"
        assert event["url"] == f"https://epn.example{row.get_absolute_url()}"
        assert event.start == dt.datetime(2026, 9, 8, 14, tzinfo=PARIS)
        assert event.end == dt.datetime(2026, 9, 8, 16, tzinfo=PARIS)
        for words in (
            "Dernières places",
            "02\u00a098\u00a000\u00a000\u00a000",
            "À apporter\u00a0: Votre téléphone",
        ):
            assert words in event["description"]

    def test_at_a_partner_s_is_there(self):
        host = PartnerFactory(name="Mission locale", address="2 rue Basse", location=TOWN_HALL)
        OccurrenceFactory(workshop=WorkshopFactory(host_partner=host))
        [event] = events()
        assert event["location"].startswith("Mission locale, 2 rue Basse")

    def test_that_is_cancelled_says_so_to_people_and_to_machines(self):
        OccurrenceFactory(
            workshop=WorkshopFactory(title="Premiers clics"), status="CANCELLED", message="Grève"
        )
        [event] = events()
        assert event["status"] == "CANCELLED"
        assert event["summary"] == "Annulé\u00a0: Premiers clics"
        assert "Grève" in event["description"]

    def test_keeps_its_uid_and_counts_its_changes(self):
        row = OccurrenceFactory()
        [before] = events()
        row.starts_at += dt.timedelta(hours=1)
        row.save()
        [moved] = events()
        row.workshop.title = "Autre titre"
        row.workshop.save()
        [renamed] = events()
        assert before["uid"] == moved["uid"] == renamed["uid"]
        assert before["sequence"] < moved["sequence"] < renamed["sequence"]
        assert moved["last-modified"].dt >= before["last-modified"].dt
        assert moved.start - before.start == dt.timedelta(hours=1)

    def test_reminds_the_day_before_when_it_is_added_by_itself(self):
        OccurrenceFactory()
        [event] = events(has_reminder=True)
        assert event.walk("VALARM")[0]["trigger"].dt == dt.timedelta(days=-1)
        assert not events()[0].walk("VALARM")

    def test_holds_what_people_wrote_on_lines_of_its_own(self):
        nasty = "Clics\r\nEND:VEVENT\nSUMMARY:x\u2028;,\\ \x07"
        workshop = WorkshopFactory(title="Clics", what_to_bring="Rien")
        row = OccurrenceFactory(workshop=workshop)
        type(workshop).objects.update(title=nasty, what_to_bring=nasty)
        Occurrence.objects.filter(pk=row.pk).update(message=nasty)
        [event] = events()
        assert "END:VEVENT" in event["summary"]
        assert not {"\r", "\x07", "\u2028"} & set(written().decode().replace("\r\n", ""))

    def test_is_written_the_same_as_long_as_nothing_changes(self):
        OccurrenceFactory()
        assert written() == written()


class TestClocks:
    def test_are_told_with_the_changes_of_hour(self):
        weekly(*SUNDAYS)
        [zone] = icalendar.Calendar.from_ical(written()).walk("VTIMEZONE")
        told = zone.to_tz()
        for day in SUNDAYS:
            for hour in (0, 1, 4, 14, 23):
                moment = dt.datetime.combine(day, dt.time(hour), tzinfo=PARIS)
                assert moment.replace(tzinfo=told).utcoffset() == moment.utcoffset(), moment

    def test_are_those_of_each_place(self):
        weekly(SUNDAYS[0])
        weekly(SUNDAYS[0], commune=reunion())
        zones = icalendar.Calendar.from_ical(written()).walk("VTIMEZONE")
        assert {str(zone["tzid"]) for zone in zones} == {"Europe/Paris", "Indian/Reunion"}


def reunion():
    return CommuneFactory(
        insee_code="97411", name="Saint-Denis", department=DepartmentFactory(code="974", name="La Réunion")
    )


class TestKhal:
    """https://github.com/pimutils/khal, as somebody uses it who has added the calendar."""

    @pytest.fixture
    def khal(self, tmp_path):
        pytest.importorskip("khal", reason="bin/setup installs it")
        config, calendar = tmp_path / "config", tmp_path / "calendar"
        calendar.mkdir()

        def run(*words, zone="Europe/Paris"):
            config.write_text(
                f"[calendars]\n[[agenda]]\npath = {calendar}\ntype = calendar\n"
                f"[sqlite]\npath = {tmp_path / 'khal.db'}\n"
                f"[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\n"
                "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
                "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
            )
            command = [sys.executable, "-c", "from khal.cli import main_khal; main_khal()", "-c", str(config)]
            done = subprocess.run([*command, *words], capture_output=True, text=True, timeout=60)
            assert done.returncode == 0, done.stderr
            return done.stdout.split("\n")

        def read(zone="Europe/Paris"):
            file = tmp_path / "agenda.ics"
            file.write_bytes(written())
            run("import", "--batch", "-a", "agenda", str(file), zone=zone)
            found = "{start-date} {start-time} {end-time} {title}, {status}"
            return [
                line.strip()
                for line in run(
                    "list", "--day-format", "", "--format", found, "2026-09-01", "365d", zone=zone
                )
                if line.strip()
            ]

        return read

    def test_shows_the_hour_on_the_wall_across_both_changes_of_hour(self, khal):
        weekly(*SUNDAYS)
        assert khal() == [f"{day} 14:00 16:00 Premiers clics, CONFIRMED" for day in SUNDAYS]

    def test_shows_a_session_overseas_at_its_own_hour_and_at_that_of_the_mainland(self, khal):
        weekly(*SUNDAYS, commune=reunion())
        hours = ["12:00 14:00", "11:00 13:00", "11:00 13:00", "12:00 14:00"]
        assert khal() == [
            f"{day} {hour} Premiers clics, CONFIRMED" for day, hour in zip(SUNDAYS, hours, strict=True)
        ]
        assert khal(zone="Indian/Reunion") == [
            f"{day} 14:00 16:00 Premiers clics, CONFIRMED" for day in SUNDAYS
        ]

    def test_hears_of_a_session_that_is_cancelled(self, khal):
        weekly(SUNDAYS[0])
        assert khal() == ["2026-10-24 14:00 16:00 Premiers clics, CONFIRMED"]
        row = Occurrence.objects.get()
        row.status = "CANCELLED"
        row.save()
        assert khal() == ["2026-10-24 14:00 16:00 Annulé\u00a0: Premiers clics, CANCELLED"]
