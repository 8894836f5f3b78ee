"""The form of a place: what people type is understood, shown back, and public at once."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from places.models import Closure, Place, Posting, State
from tests.admin import rows
from tests.admin.filling import changed, errors_of, form_on, messages_of, post, send

pytestmark = pytest.mark.django_db
ADD = "/admin/places/place/add/"
LIST = "/admin/places/place/"


def change(place):
    return reverse("admin:places_place_change", args=[place.pk])


class TestOpeningHours:
    def test_written_as_people_do_they_are_kept_in_the_syntax_and_read_back_as_a_sentence(self, admin):
        place = rows.place()
        send(admin, change(place), opening_hours="Lu-Ve 9h-12h, 14h-17h30")
        place.refresh_from_db()
        assert place.opening_hours == "Mo-Fr 09:00-12:00,14:00-17:30"
        assert "Du lundi au vendredi" in admin.get(change(place)).content.decode()

    def test_corrected_here_they_are_on_the_public_page_at_once(self, admin, client):
        place = rows.place(opening_hours="Mo-Fr 09:00-12:00")
        send(admin, change(place), opening_hours="Sa 10:00-16:00")
        page = client.get(place.get_absolute_url()).content.decode()
        assert "16 h" in page.replace("\u00a0", " ")

    def test_that_make_no_sense_are_refused_with_an_example_and_kept_on_screen(self, admin):
        place = rows.place(opening_hours="Mo-Fr 09:00-12:00")
        response = send(admin, change(place), opening_hours="souvent le matin")
        assert "xemple" in errors_of(response)
        assert "souvent le matin" in response.content.decode()
        place.refresh_from_db()
        assert place.opening_hours == "Mo-Fr 09:00-12:00"

    @pytest.mark.parametrize("text", ["Mo-Fr 09:00-12:00; " * 250, "x" * 5_000, "Lu" + " 9h" * 1_600])
    def test_of_five_thousand_characters_are_refused(self, text, admin):
        assert errors_of(send(admin, change(rows.place()), opening_hours=text))

    def test_are_read_back_while_they_are_typed(self, admin):
        answer = admin.get("/admin/places/place/horaires/", {"hours": "Lu-Ve 9h-12h"}).json()
        assert answer["sentence"].lower().startswith("du lundi au vendredi")
        assert answer["is_refused"] is False

    def test_say_what_is_wrong_while_they_are_typed(self, admin):
        answer = admin.get("/admin/places/place/horaires/", {"hours": "Lu 18h-9h"}).json()
        assert answer["is_refused"] is True
        assert answer["note"]


class TestPosition:
    @pytest.mark.parametrize(
        ("latitude", "longitude"),
        [("48.3904", "-4.4861"), ("48,3904", "-4,4861"), ("48.3904, -4.4861", ""), ("48,3904 ; -4,4861", "")],
    )
    def test_is_taken_from_the_keyboard_as_people_and_web_maps_write_it(self, latitude, longitude, admin):
        place = rows.place()
        send(admin, change(place), location_latitude=latitude, location_longitude=longitude)
        place.refresh_from_db()
        assert place.location.coords == (-4.4861, 48.3904)

    @pytest.mark.parametrize(
        ("latitude", "longitude", "why"),
        [
            ("Infinity", "-4.48", "nombre"),
            ("NaN", "NaN", "nombre"),
            ("1e400", "2", "nombre"),
            ("-4.4861", "48.3904", "inversées"),
            ("52.52", "13.40", "France"),
            ("6835000", "152000", "degrés"),
            ("48.39", "", "ou aucune"),
        ],
    )
    def test_that_cannot_be_is_refused_and_says_why(self, latitude, longitude, why, admin):
        place = rows.place()
        response = send(admin, change(place), location_latitude=latitude, location_longitude=longitude)
        assert why in errors_of(response)
        place.refresh_from_db()
        assert place.location is None

    def test_says_in_which_neighbourhood_it_lies(self, admin):
        rows.neighbourhood("Recouvrance")
        place = rows.place()
        send(admin, change(place), location_latitude="48.3904", location_longitude="-4.4861")
        assert "Recouvrance" in admin.get(change(place)).content.decode()

    def test_may_be_emptied(self, admin):
        place = rows.place(location=rows.TOWN_HALL)
        send(admin, change(place), location_latitude="", location_longitude="")
        place.refresh_from_db()
        assert place.location is None


class TestNewPlace:
    def test_needs_a_name_and_nothing_else(self, admin):
        send(admin, ADD, name="Le Comptoir", opening_hours="")
        place = Place.objects.get()
        assert (place.name, place.state) == ("Le Comptoir", State.DRAFT)

    def test_takes_town_and_postcode_from_the_commune(self, admin):
        send(admin, ADD, name="Le Comptoir", commune=rows.commune().pk)
        place = Place.objects.get()
        assert (place.city, place.postcode) == ("Brest", "29200")

    def test_finds_the_commune_from_town_and_postcode(self, admin):
        commune = rows.commune()
        send(admin, ADD, name="Le Comptoir", city="BREST", postcode="29200")
        assert Place.objects.get().commune == commune

    def test_on_line_is_found_by_the_search(self, admin):
        send(admin, ADD, name="Comptoir des Capucins", state=State.PUBLISHED)
        assert Posting.objects.filter(place=Place.objects.get(), term__startswith="capucin").exists()

    def test_keeps_what_is_unknown_unknown(self, admin):
        send(admin, ADD, name="Le Comptoir", has_printing="false", has_scanning="true")
        place = Place.objects.get()
        assert (place.has_printing, place.has_scanning, place.has_wifi) == (False, True, None)


class TestSeveralAtOnce:
    def test_the_same_form_sent_twice_makes_one_place(self, admin):
        fields = changed(form_on(admin, ADD), name="Le Comptoir")
        first, second = post(admin, ADD, fields), post(admin, ADD, fields)
        assert Place.objects.count() == 1
        assert second.url == first.url

    def test_the_same_form_sent_twice_makes_one_closure(self, admin):
        place = rows.place()
        today = timezone.localdate()
        fields = changed(
            form_on(admin, change(place)),
            **{
                "closures-TOTAL_FORMS": "1",
                "closures-0-id": "",
                "closures-0-place": place.pk,
                "closures-0-starts_on": today,
                "closures-0-ends_on": today,
                "closures-0-message": "Congés",
                "closures-0-opening_hours": "",
            },
        )
        post(admin, change(place), fields), post(admin, change(place), fields)
        assert Closure.objects.count() == 1

    def test_who_saves_last_is_told_who_changed_what_and_nothing_is_overwritten(self, admin, coordination):
        place = rows.place(phone="+33298001122")
        old = form_on(admin, change(place))
        send(coordination, change(place), phone="02 98 33 44 55")
        answer = errors_of(post(admin, change(place), changed(old, summary="Un lieu pour tous")))
        assert "coordination" in answer
        assert "Téléphone" in answer
        place.refresh_from_db()
        assert (place.phone, place.summary) == ("+33298334455", "")

    def test_saving_without_a_change_after_somebody_else_is_harmless(self, admin, coordination):
        place = rows.place()
        send(coordination, change(place), phone="02 98 33 44 55")
        assert send(admin, change(place)).status_code == 302


class TestPhoto:
    def picture(self, size=(3_000, 2_000)):
        out = BytesIO()
        exif = Image.Exif()
        exif[0x010F] = "Un téléphone"
        Image.new("RGB", size, "green").save(out, "JPEG", exif=exif)
        return SimpleUploadedFile("entree.jpg", out.getvalue(), "image/jpeg")

    def send(self, client, place, **changes):
        fields = {name: values[0] for name, values in form_on(client, change(place)).items() if values}
        return client.post(change(place), fields | changes | {"_save": "1"})

    def test_becomes_small_and_says_nothing_of_the_camera(self, admin, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        place = rows.place()
        self.send(admin, place, photo=self.picture(), photo_credit="La médiathèque")
        place.refresh_from_db()
        with Image.open(place.photo.path) as kept:
            assert max(kept.size) <= 1_600
            assert not kept.getexif()

    def test_needs_a_credit(self, admin):
        assert "photo" in errors_of(self.send(admin, rows.place(), photo=self.picture((60, 40))))

    def test_cut_in_the_middle_is_refused(self, admin):
        whole = self.picture().read()
        cut = SimpleUploadedFile("entree.jpg", whole[: len(whole) // 2], "image/jpeg")
        assert errors_of(self.send(admin, rows.place(), photo=cut, photo_credit="Nous"))


class TestClosures:
    def test_with_hours_is_one_of_changed_hours(self, admin):
        place = rows.place()
        today = timezone.localdate()
        send(
            admin,
            "/admin/places/closure/add/",
            place=place.pk,
            starts_on=today,
            ends_on=today + dt.timedelta(days=1),
            opening_hours="Lu-Ve 10h-12h",
        )
        closure = Closure.objects.get()
        assert (closure.kind, closure.opening_hours) == (Closure.Kind.CHANGED_HOURS, "Mo-Fr 10:00-12:00")

    def test_that_end_before_they_start_are_refused_in_french(self, admin):
        today = timezone.localdate()
        yesterday = today - dt.timedelta(days=1)
        values = {"place": rows.place().pk, "starts_on": today, "ends_on": yesterday}
        response = send(admin, "/admin/places/closure/add/", **values)
        assert "La fin ne peut pas précéder le début." in errors_of(response)


class TestList:
    def test_is_searched_without_accents_or_capitals(self, admin):
        rows.place("Médiathèque des Capucins")
        rows.place("Centre social")
        page = admin.get(LIST, {"q": "mediatheque"}).content.decode()
        assert "Médiathèque des Capucins" in page
        assert "Centre social" not in page

    def test_puts_the_nearest_name_first(self, admin):
        rows.place("Amis de Bellevue")
        rows.place("Bellevue")
        page = admin.get(LIST, {"q": "bellevue"}).content.decode()
        assert page.index(">Bellevue<") < page.index(">Amis de Bellevue<")

    @pytest.mark.parametrize(
        "query",
        [
            "department=29",
            "situation=edge",
            "situation=x",
            "completeness=low",
            "confirmed=stale",
            "confirmed=recent",
            "confirmed=ageing",
            "hours=no",
            "hours=text",
            "state__exact=DRAFT",
        ],
    )
    def test_filters_answer(self, query, admin):
        rows.place()
        assert admin.get(f"{LIST}?{query}").status_code == 200

    def act(self, client, action, *places):
        return client.post(LIST, {"action": action, "_selected_action": [place.pk for place in places]})

    def test_marks_as_verified_today(self, admin):
        place = rows.place()
        response = self.act(admin, "mark_verified", place)
        assert "1 lieu vérifié aujourd’hui." in messages_of(admin, response)
        place.refresh_from_db()
        assert place.verified_at.date() == timezone.now().date()

    def test_publishes_and_the_search_finds_it(self, admin):
        place = rows.place("Comptoir des Capucins", state=State.DRAFT)
        self.act(admin, "publish", place)
        place.refresh_from_db()
        assert place.state == State.PUBLISHED
        assert Posting.objects.filter(place=place).exists()

    def test_archives_and_keeps_who_did_it(self, admin, root):
        place = rows.place()
        self.act(admin, "archive", place)
        place.refresh_from_db()
        assert place.state == State.ARCHIVED
        assert place.history.first().history_user == root
