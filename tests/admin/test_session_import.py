"""Sessions from a file, in the admin: looked at first, then imported."""

import datetime as dt
from threading import Event, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from places.importers.lock import only_import
from places.models import State, Workshop
from tests.admin import rows
from tests.admin.filling import form_on, send

pytestmark = pytest.mark.django_db
IMPORT = "/admin/places/workshop/importer/"


def table(*titles):
    day = timezone.localdate() + dt.timedelta(days=9)
    lines = [f"{title};{day:%d/%m/%Y};14h;16h" for title in titles]
    return "\n".join(["titre;date;debut;fin", *lines, ""])


def upload(client, place, text, *, name="seances.csv", **more):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(IMPORT, {"place": place.pk, "file": SimpleUploadedFile(name, content), **more})


@pytest.fixture
def other_import():
    """An import that is under way: of another connection, as that of another person is."""
    is_held, is_over = Event(), Event()

    def hold():
        with only_import():
            is_held.set()
            is_over.wait(60)
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    assert is_held.wait(60)
    yield
    is_over.set()
    thread.join()


class TestImport:
    def test_shows_first_what_it_would_do_and_writes_nothing(self, admin):
        page = upload(admin, rows.place(), table("Café numérique", "CV")).content.decode()
        assert "2 créés" in page
        assert "Café numérique" in page
        assert "de 14\u00a0h à 16\u00a0h" in page
        assert not Workshop.objects.exists()

    def test_then_imports_what_was_looked_at_without_the_file(self, admin):
        place = rows.place()
        looked_at = upload(admin, place, table("Café numérique"))
        content = looked_at.context["content"]
        response = admin.post(IMPORT, {"place": place.pk, "content": content, "_import": "1"})
        assert response.status_code == 302
        workshop = Workshop.objects.get()
        assert (workshop.place, workshop.state) == (place, State.DRAFT)
        assert workshop.history.get().history_user.username == "racine"

    def test_twice_is_once(self, admin):
        place = rows.place()
        for _time in range(2):
            upload(admin, place, table("Café numérique"), _import="1", publishes="on")
        assert Workshop.objects.get().occurrences.count() == 1

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("", "est vide"),
            ("nom;jour\nx;y\n", "Il manque"),
            (b"PK\x03\x04 classeur", "classeur"),
            ("titre;date;debut;fin\nCafé;01/01/2099;14h".encode("cp1252"), "pas en UTF-8 (ligne 2)"),
            ("BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR", "Ligne 2, colonne 1"),
            ("x" * 2_000_001, "dépasse 2 Mo"),
        ],
    )
    def test_says_what_is_wrong_with_a_file(self, admin, text, why):
        page = upload(admin, rows.place(), text).content.decode()
        assert why in page
        assert "Rien n’est importé" in page

    def test_tells_where_a_line_is_wrong(self, admin):
        page = upload(admin, rows.place(), table("Café") + "CV;hier;14h;16h\n").content.decode()
        assert "<td>3</td><td>date</td><td>hier</td>" in page

    def test_needs_a_file(self, admin):
        assert "Choisissez un fichier." in admin.post(IMPORT, {"place": rows.place().pk}).content.decode()

    def test_waits_for_its_turn(self, admin, other_import):
        page = upload(admin, rows.place(), table("Café")).content.decode()
        assert "Une autre importation est en cours" in page

    def test_is_for_the_places_that_one_keeps(self, editor, keeper):
        place = rows.place()
        refused = upload(editor, place, table("Café"), _import="1")
        assert refused.context["form"].errors["place"]
        place.editors.add(keeper)
        assert upload(editor, place, table("Café"), _import="1").status_code == 302

    def test_gives_a_table_to_fill_in(self, admin):
        place = rows.place()
        text = admin.get(f"{IMPORT}modele.csv").content.decode("utf-8-sig")
        assert text.startswith("titre;date;debut;fin;")
        assert "1 créé" in upload(admin, place, text.replace("24/12/2026", "24/12/2099")).content.decode()

    def test_is_offered_above_the_list(self, admin):
        assert IMPORT in admin.get("/admin/places/workshop/").content.decode()


class TestCopy:
    def test_brings_all_but_the_dates(self, admin):
        workshop = rows.workshop("Café numérique", summary="Autour d’un café")
        workshop.themes.add(rows.theme())
        page = admin.get(reverse("admin:places_workshop_change", args=[workshop.pk])).content.decode()
        copying = f"/admin/places/workshop/add/?copie={workshop.pk}"
        assert copying in page
        fields = form_on(admin, copying)
        assert (fields["starts_on"], fields["weekdays"], fields["end_time"]) == ([""], ["TU"], ["16:00"])
        other = rows.place()
        send(admin, copying, place=other.pk, starts_on=timezone.localdate().isoformat(), count="2")
        copy = Workshop.objects.exclude(pk=workshop.pk).get()
        assert (copy.title, copy.summary, copy.place) == ("Café numérique", "Autour d’un café", other)
        assert (list(copy.themes.all()), copy.occurrences.count()) == ([rows.theme()], 2)
        assert copy.uid != workshop.uid

    @pytest.mark.parametrize("which", ["999999", "x", "", "١"])
    def test_of_nothing_is_an_empty_form(self, admin, which):
        assert admin.get(f"/admin/places/workshop/add/?copie={which}").status_code == 200

    def test_of_a_workshop_that_one_does_not_keep_is_an_empty_form(self, editor):
        workshop = rows.workshop("Café numérique")
        fields = form_on(editor, f"/admin/places/workshop/add/?copie={workshop.pk}")
        assert fields["title"] == [""]
