"""What places lend, written by those who keep them; projects, and their copies."""

import pytest
from django.urls import reverse

from places.models import Offer, Project
from tests.admin import rows
from tests.admin.filling import errors_of, form_on, send

pytestmark = pytest.mark.django_db
ADD = "/admin/places/offer/add/"


class TestOffer:
    def test_of_a_place_is_written_by_those_who_keep_it_alone(self, editor, keeper):
        mine, other = rows.place(), rows.place()
        mine.editors.add(keeper)
        send(editor, ADD, kind="ROOM", title="Grande salle", place=mine.pk)
        assert Offer.objects.get().place == mine
        send(editor, ADD, kind="ROOM", title="Pas à moi", place=other.pk)
        assert Offer.objects.count() == 1

    def test_has_one_giver(self, admin):
        response = send(admin, ADD, kind="ROOM", title="À qui ?")
        assert "Choisissez un lieu ou un partenaire" in str(errors_of(response))

    def test_is_written_on_the_form_of_its_place(self, admin):
        place = rows.place()
        url = reverse("admin:places_place_change", args=[place.pk])
        send(
            admin,
            url,
            **{
                "offers-TOTAL_FORMS": "1",
                "offers-0-kind": "ROOM",
                "offers-0-title": "Grande salle",
                "offers-0-is_published": "on",
            },
        )
        assert place.offers.get().title == "Grande salle"


class TestProject:
    def test_is_copied_without_who_where_and_when(self, admin):
        first = Project.objects.create(
            title="Radio du port", theme=rows.theme(), summary="Une heure par mois", steps="Écouter"
        )
        first.places.add(rows.place())
        page = admin.get(reverse("admin:places_project_change", args=[first.pk])).content.decode()
        copying = f"/admin/places/project/add/?copie={first.pk}"
        assert copying in page
        assert form_on(admin, copying)["steps"] == ["Écouter"]
        send(admin, copying, title="Radio du plateau")
        copy = Project.objects.get(title="Radio du plateau")
        assert (copy.summary, copy.is_published, copy.places.count()) == ("Une heure par mois", False, 0)
        assert copy.slug == "radio-du-plateau"

    def test_is_for_the_coordination(self, coordination, editor):
        assert coordination.get("/admin/places/project/").status_code == 200
        assert editor.get("/admin/places/project/").status_code == 403
