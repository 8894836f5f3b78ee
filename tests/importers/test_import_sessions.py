"""Sessions from a table or from the calendar of a centre."""

import csv
import datetime as dt
from itertools import chain

import pytest
from django.core.management import CommandError
from django.utils import timezone

from places.models import Occurrence, State, Workshop
from tests.factories import PlaceFactory
from tests.importers.conftest import as_csv

DAY = dt.timedelta(days=1)


@pytest.fixture
def place(reference):
    return PlaceFactory(name="L’Escale", slug="l-escale-brest", address="3 rue du Port", postcode="29200")


@pytest.fixture
def soon():
    """Three days from now on: their dates."""
    first = timezone.localdate() + 7 * DAY
    return [first, first + 7 * DAY, first + 14 * DAY]


@pytest.fixture
def load(write, run, place, tmp_path):
    """load(text, *options) -> what the command said; `load.notes` are the lines of its report."""

    def load_text(text, *options, at_place=True):
        report = tmp_path / "report.csv"
        options = [*options, "--report", str(report), *(["--place", place.slug] if at_place else [])]
        said = run("import_sessions", write("seances.txt", text), *options)
        with report.open(encoding="utf-8-sig", newline="") as file:
            load_text.notes = list(csv.DictReader(file))
        return said

    return load_text


def line(day, **cells):
    told = {"titre": "Premiers clics", "date": f"{day:%d/%m/%Y}", "debut": "14h", "fin": "16 h 30"}
    return told | cells


def starts(workshop):
    return [f"{row.local_start:%d/%m %H:%M}" for row in workshop.occurrences.all()]


def event(start, *lines, uid="cafe@centre", end=None, title="Café numérique"):
    end = end or start + dt.timedelta(hours=2)
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTART;TZID=Europe/Paris:{start:%Y%m%dT%H%M%S}",
        f"DTEND;TZID=Europe/Paris:{end:%Y%m%dT%H%M%S}",
        f"SUMMARY:{title}",
        *lines,
        "END:VEVENT",
    ]


def calendar(*events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Centre//FR", *chain(*events), "END:VCALENDAR"]
    return "\r\n".join(lines) + "\r\n"


def at(day, hour=14):
    return dt.datetime.combine(day, dt.time(hour))


class TestTable:
    def test_lines_of_one_title_and_hour_are_the_dates_of_one_workshop(self, load, place, soon):
        text = as_csv(*(line(day) for day in soon), line(soon[0], titre="CV", debut="9:00", fin="10:00"))
        assert load(text, "--publish").startswith("2 créés, 0 mis à jour")
        workshop = Workshop.objects.get(title="Premiers clics")
        assert (workshop.place, workshop.state) == (place, State.PUBLISHED)
        assert starts(workshop) == [f"{day:%d/%m} 14:00" for day in soon]
        assert workshop.duration_min == 150

    def test_new_workshops_are_drafts_until_a_person_has_read_them(self, load, soon):
        load(as_csv(line(soon[0])))
        assert Workshop.objects.get().state == State.DRAFT
        assert not Occurrence.objects.exists()

    def test_tells_what_it_is_about_with_the_lists_of_the_site(self, load, soon):
        load(
            as_csv(
                line(
                    soon[0],
                    axes="Insertion|axe inconnu",
                    publics="Jeunes|Seniors",
                    niveau="Débutant",
                    nature="Permanence",
                    tarif="Gratuit",
                    inscription="Téléphoner",
                    a_apporter="Votre téléphone",
                )
            )
        )
        workshop = Workshop.objects.get()
        assert (workshop.level, workshop.kind, workshop.fee.label) == ("BEGINNER", "DROP_IN", "Gratuit")
        assert {audience.label for audience in workshop.audiences.all()} == {"Jeunes", "Seniors"}
        assert [mode.label for mode in workshop.booking_modes.all()] == ["Téléphoner"]
        assert workshop.what_to_bring == "Votre téléphone"
        assert [note["valeur"] for note in load.notes if note["colonne"] == "axes"][-1] == "axe inconnu"

    def test_again_changes_nothing(self, load, soon):
        text = as_csv(*(line(day, etat="annulée" if day == soon[1] else "") for day in soon))
        load(text, "--publish")
        before = list(Occurrence.objects.order_by("pk").values())
        histories = Workshop.history.count()
        assert load(text, "--publish").startswith("0 créé, 0 mis à jour, 1 inchangé")
        assert list(Occurrence.objects.order_by("pk").values()) == before
        assert Workshop.history.count() == histories

    def test_a_cancelled_line_cancels_its_session_and_says_why(self, load, soon):
        load(as_csv(*(line(day) for day in soon)), "--publish")
        load(as_csv(line(soon[0]), line(soon[1], etat="Annulée", message="Travaux"), line(soon[2])))
        rows = list(Workshop.objects.get().occurrences.all())
        assert [row.status for row in rows] == ["SCHEDULED", "CANCELLED", "SCHEDULED"]
        assert rows[1].message == "Travaux"

    def test_a_line_that_is_no_more_cancelled_is_held_again(self, load, soon):
        load(as_csv(line(soon[0]), line(soon[1], etat="Annulée")), "--publish")
        load(as_csv(line(soon[0]), line(soon[1])))
        assert not Occurrence.objects.filter(status="CANCELLED").exists()
        assert not Occurrence.objects.filter(is_overridden=True).exists()

    def test_with_an_identifier_a_session_may_be_at_another_hour_than_the_rest(self, load, soon):
        lines = [line(day, uid="clics") for day in soon]
        lines[1] |= {"debut": "10:00", "fin": "12:00"}
        load(as_csv(*lines), "--publish")
        hours = [f"{row.local_start:%H:%M}-{row.local_end:%H:%M}" for row in Occurrence.objects.all()]
        assert hours == ["14:00-16:30", "10:00-12:00", "14:00-16:30"]

    def test_a_date_that_left_the_file_leaves_the_agenda(self, load, soon):
        load(as_csv(*(line(day) for day in soon)), "--publish")
        load(as_csv(line(soon[0]), line(soon[2])))
        assert starts(Workshop.objects.get()) == [f"{day:%d/%m} 14:00" for day in (soon[0], soon[2])]

    def test_what_a_person_wrote_since_is_kept_and_told(self, load, soon):
        load(as_csv(*(line(day, resume="Avec une souris") for day in soon)), "--publish")
        Workshop.objects.update(summary="Avec ou sans souris")
        row = Occurrence.objects.first()
        row.status, row.message, row.is_overridden = "CANCELLED", "Médiateur malade", True
        row.save()
        changed = [line(day, resume="Sans souris") for day in soon]
        changed[0] |= {"message": "Salle 2"}
        load(as_csv(*changed))
        assert Workshop.objects.get().summary == "Avec ou sans souris"
        assert Occurrence.objects.get(pk=row.pk).message == "Médiateur malade"
        assert sorted(note["colonne"] for note in load.notes if note["suite"] == "conflit") == [
            "date",
            "resume",
        ]
        load(as_csv(*changed), "--overwrite")
        assert Workshop.objects.get().summary == "Sans souris"
        assert Occurrence.objects.get(pk=row.pk).message == "Salle 2"

    def test_without_place_each_line_names_its_own(self, load, place, soon):
        other = PlaceFactory(name="La Fabrique", slug="la-fabrique-brest")
        lines = [
            line(soon[0], lieu="L’escale"),
            line(soon[0], lieu="https://exemple.fr/lieux/la-fabrique-brest/"),
            line(soon[1], lieu="Ailleurs"),
        ]
        load(as_csv(*lines), at_place=False)
        assert set(Workshop.objects.values_list("place__slug", flat=True)) == {place.slug, other.slug}
        assert [(note["ligne"], note["colonne"]) for note in load.notes] == [("4", "lieu")]

    @pytest.mark.parametrize(
        ("cells", "column"),
        [
            ({"titre": " "}, "titre"),
            ({"date": "mardi prochain"}, "date"),
            ({"date": "31/02/2027"}, "date"),
            ({"debut": "14.5"}, "debut"),
            ({"debut": "25:00"}, "debut"),
            ({"fin": "13h"}, "fin"),
            ({"fin": "14h"}, "fin"),
            ({"fin": ""}, "fin"),
        ],
    )
    def test_a_line_that_cannot_be_is_refused_where_it_is_wrong(self, load, soon, cells, column):
        text = as_csv(line(soon[0]), line(soon[1], **cells))
        assert "1 créé" in load(text)
        (note,) = load.notes
        assert (note["ligne"], note["colonne"], note["suite"]) == ("3", column, "ligne refusée")

    def test_twice_a_day_needs_two_identifiers(self, load, soon):
        load(as_csv(line(soon[0], uid="a"), line(soon[0], uid="a", debut="9h", fin="10h")))
        assert [note["ligne"] for note in load.notes] == ["3"]

    def test_what_is_past_is_left_out_and_said_once(self, load):
        past = timezone.localdate() - 30 * DAY
        assert "0 créé" in load(as_csv(line(past), line(past - DAY), line(past, titre="Vieux")))
        assert [(note["valeur"], note["motif"]) for note in load.notes] == [
            ("2", "Séances passées : non reprises.")
        ]

    def test_a_trial_writes_nothing(self, load, soon):
        assert "Essai\u00a0: rien n’a été écrit." in load(as_csv(line(soon[0])), "--dry-run")
        assert not Workshop.objects.exists()

    def test_a_place_that_nobody_knows_is_named(self, run, write, soon, db):
        with pytest.raises(CommandError, match="Aucun lieu à cette adresse : nulle-part"):
            run("import_sessions", write("s.csv", as_csv(line(soon[0]))), "--place", "nulle-part")

    def test_without_any_place_says_what_is_missing(self, load, soon):
        with pytest.raises(CommandError, match="Dites de quel lieu sont ces séances"):
            load(as_csv(line(soon[0])), at_place=False)


class TestCalendar:
    def test_a_weekly_event_becomes_a_rule(self, load, soon):
        weekly = event(at(soon[0]), "RRULE:FREQ=WEEKLY;COUNT=3", "DESCRIPTION:On cause.\\nEt on aide.")
        assert load(calendar(weekly), "--publish").startswith("1 créé")
        workshop = Workshop.objects.get()
        assert (workshop.uid, workshop.frequency, workshop.count) == ("cafe@centre", "WEEKLY", 3)
        assert workshop.description == "On cause.\nEt on aide."
        assert starts(workshop) == [f"{day:%d/%m} 14:00" for day in soon]

    def test_a_session_moved_or_cancelled_there_is_so_here(self, load, soon):
        weekly = event(at(soon[0]), "RRULE:FREQ=WEEKLY;COUNT=3")
        moved = event(at(soon[1] + DAY, 10), f"RECURRENCE-ID;TZID=Europe/Paris:{at(soon[1]):%Y%m%dT%H%M%S}")
        gone = event(
            at(soon[2]), f"RECURRENCE-ID;TZID=Europe/Paris:{at(soon[2]):%Y%m%dT%H%M%S}", "STATUS:CANCELLED"
        )
        load(calendar(moved, weekly, gone), "--publish")
        rows = list(Occurrence.objects.order_by("slot_starts_at"))
        assert [f"{row.local_start:%d/%m %H:%M}" for row in rows] == [
            f"{soon[0]:%d/%m} 14:00",
            f"{soon[1] + DAY:%d/%m} 10:00",
            f"{soon[2]:%d/%m} 14:00",
        ]
        assert [row.status for row in rows] == ["SCHEDULED", "SCHEDULED", "CANCELLED"]

    def test_again_changes_nothing_and_a_new_title_is_taken_over(self, load, soon):
        weekly = event(at(soon[0]), "RRULE:FREQ=WEEKLY")
        load(calendar(weekly), "--publish")
        rows = list(Occurrence.objects.order_by("pk").values())
        assert "1 inchangé" in load(calendar(weekly))
        assert list(Occurrence.objects.order_by("pk").values()) == rows
        renamed = event(at(soon[0]), "RRULE:FREQ=WEEKLY", title="Thé numérique")
        assert "1 mis à jour" in load(calendar(renamed))
        assert Workshop.objects.get().title == "Thé numérique"

    def test_an_event_that_is_cancelled_stays_to_be_seen_as_such(self, load, soon):
        load(calendar(event(at(soon[0]))), "--publish")
        load(calendar(event(at(soon[0]), "STATUS:CANCELLED")))
        assert Occurrence.objects.get().is_cancelled

    def test_what_is_private_is_left_where_it_is(self, load, soon):
        private = event(at(soon[0]), "CLASS:PRIVATE", title="Entretien de Mme Durand", uid="secret")
        load(calendar(private, event(at(soon[0]))))
        assert [workshop.uid for workshop in Workshop.objects.all()] == ["cafe@centre"]
        assert "Durand" not in str(load.notes)

    def test_names_of_persons_are_not_taken_over(self, load, soon):
        load(
            calendar(
                event(
                    at(soon[0]),
                    "ORGANIZER;CN=Anne Le Gall:mailto:anne@example.org",
                    "ATTENDEE;CN=Yann:mailto:yann@example.org",
                )
            )
        )
        assert "example.org" not in str(Workshop.objects.values())

    def test_another_address_is_one_and_a_room_is_a_word(self, load, soon):
        load(
            calendar(
                event(at(soon[0]), "LOCATION:Mairie\\, 2 place Haute\\, 29280 Plouzané", uid="a"),
                event(at(soon[0]), "LOCATION:Salle bleue", uid="b"),
                event(at(soon[0]), "LOCATION:L'Escale\\, 3 rue du Port\\, 29200 Brest", uid="c"),
            )
        )
        said = {w.uid: (w.host_address, w.description) for w in Workshop.objects.all()}
        assert said == {
            "a": ("Mairie, 2 place Haute, 29280 Plouzané", ""),
            "b": ("", "Où\u00a0: Salle bleue"),
            "c": ("", ""),
        }

    def test_an_event_of_another_place_cannot_be_taken(self, load, soon, place):
        other = PlaceFactory()
        load(calendar(event(at(soon[0]))))
        Workshop.objects.update(place=other)
        load(calendar(event(at(soon[0]), title="Volé")))
        assert Workshop.objects.get().title == "Café numérique"
        assert load.notes[0]["suite"] == "ligne refusée"

    def test_no_file_makes_examples(self, load, soon):
        load(calendar(event(at(soon[0]), uid="exemple:1")))
        assert not Workshop.objects.get().is_demonstration

    def test_a_folded_line_is_read_whole(self, load, soon):
        text = calendar(event(at(soon[0]), title="Un titre qui")).replace("titre qui", "titre\r\n  qui")
        load(text)
        assert Workshop.objects.get().title == "Un titre qui"

    @pytest.mark.parametrize(
        ("lines", "column"),
        [
            (["UID:x", "DTSTART;VALUE=DATE:20990101", "SUMMARY:Férié"], "DTSTART"),
            (["UID:x", "SUMMARY:Sans date"], "DTSTART"),
            (["UID:x", "DTSTART:20990101T140000", "RRULE:FREQ=PARFOIS", "SUMMARY:x"], "DTSTART"),
            (["UID:x", "DTSTART:20990101T140000", "DURATION:longtemps", "SUMMARY:x"], "DTSTART"),
            (["UID:x", "DTSTART:20990101T140000", "DTEND:20990101T130000", "SUMMARY:x"], "DTSTART"),
            (["UID:x", "DTSTART:20990101T140000"], "SUMMARY"),
            (["DTSTART:20990101T140000", "SUMMARY:x"], "UID"),
            (["UID:x", "RECURRENCE-ID:20990101T140000", "DTSTART:20990101T140000"], "RECURRENCE-ID"),
        ],
    )
    def test_an_event_that_cannot_be_is_refused_and_the_others_are_not(self, load, soon, lines, column):
        load(calendar(["BEGIN:VEVENT", *lines, "END:VEVENT"], event(at(soon[0]))))
        assert [workshop.uid for workshop in Workshop.objects.all()] == ["cafe@centre"]
        (note,) = load.notes
        assert (note["colonne"], note["suite"]) == (column, "ligne refusée")
        assert int(note["ligne"]) in range(4, 10)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR", "L’agenda est vide"),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x", "Le fichier est coupé"),
            (
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nn’importe quoi\nEND:VEVENT\nEND:VCALENDAR",
                "Ligne 3, colonne 2",
            ),
            ("BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR", "Ligne 2, colonne 1 : VEVENT se ferme"),
            ("BEGIN:VCARD\nEND:VCARD", "Ce n’est pas un agenda"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_refused_with_its_line(self, load, text, message):
        with pytest.raises(CommandError, match=message):
            load(text)
        assert not Workshop.objects.exists()

    def test_signs_that_no_database_takes_are_left_out(self, load, soon):
        load(calendar(event(at(soon[0]), "DESCRIPTION:a\x00b", uid="c\x00d", title="Ca\x00fé")))
        workshop = Workshop.objects.get()
        assert (workshop.uid, workshop.title, workshop.description) == ("cd", "Café", "ab")

    @pytest.mark.parametrize("zone", ["../../../etc/passwd", "Lune/Mer", "Romance Standard Time"])
    def test_a_clock_that_nobody_knows_is_that_of_the_place(self, zone, load, soon):
        load(calendar(event(at(soon[0]))).replace("TZID=Europe/Paris", f"TZID={zone}"))
        assert Workshop.objects.get().start_time == dt.time(14)

    def test_needs_the_place_whose_calendar_it_is(self, load, soon):
        with pytest.raises(CommandError, match="Dites de quel lieu"):
            load(calendar(event(at(soon[0]))), at_place=False)
