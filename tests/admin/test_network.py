"""Partners, partnerships, neighbourhoods, words of the search: what follows from a change follows at once."""

import datetime as dt
import json

import pytest
from django.contrib.gis.geos import Point
from django.urls import reverse
from django.utils import timezone

from places.models import Need, Neighbourhood, Partner, Partnership, Posting
from tests.admin import rows
from tests.admin.filling import errors_of, form_on, messages_of, send

pytestmark = pytest.mark.django_db


def change(row):
    return reverse(f"admin:places_{row._meta.model_name}_change", args=[row.pk])


def outline(half_deg=0.01):
    area = rows.square(half_deg=half_deg)
    return json.dumps({"type": area.geom_type, "coordinates": area.coords})


class TestPartner:
    def test_is_written_with_whom_to_call(self, admin):
        contacts = {
            "contacts-TOTAL_FORMS": "1",
            "contacts-0-function": "Accueil",
            "contacts-0-phone": "02 98 00 11 22",
            "contacts-0-email": "",
            "contacts-0-visibility": "PUBLIC",
        }
        send(admin, "/admin/places/partner/add/", name="Mission locale", kind="MISSION_LOCALE", **contacts)
        contact = Partner.objects.get().contacts.get()
        assert (contact.function, contact.phone) == ("Accueil", "+33298001122")

    @pytest.mark.parametrize(
        ("postcode", "typed", "kept"),
        [("29200", "02 98 00 11 22", "+33298001122"), ("97400", "02 62 00 11 22", "+262262001122")],
    )
    def test_numbers_are_kept_in_one_form_and_shown_as_people_write_them(self, postcode, typed, kept, admin):
        partner = rows.partner(postcode=postcode)
        contact = rows.contact(partner=partner)
        for row in (contact, partner, contact, partner):
            fields = form_on(admin, change(row))
            send(admin, change(row), phone=fields["phone"][0] or typed)
            row.refresh_from_db()
            assert row.phone == kept

    def test_that_nobody_can_reach_is_refused_in_french(self, admin):
        values = {"partner": rows.partner().pk, "function": "Accueil", "phone": "", "email": ""}
        response = send(admin, "/admin/places/partnercontact/add/", **values)
        assert "Donnez un téléphone ou un courriel." in errors_of(response)

    @pytest.mark.parametrize("who", ["admin", "coordination"])
    @pytest.mark.parametrize(("end", "other_end"), [("place", "partner"), ("partner", "place")])
    def test_partnerships_are_written_from_both_ends(self, end, other_end, who, request):
        client = request.getfixturevalue(who)
        ends = {"place": rows.place(), "partner": rows.partner()}
        link = {
            "id": "",
            end: ends[end].pk,
            other_end: ends[other_end].pk,
            "theme": rows.theme().pk,
            "activity": "LOAN",
            "status": "ACTIVE",
        }
        values = {f"partnerships-0-{name}": value for name, value in link.items()}
        send(client, change(ends[end]), **{"partnerships-TOTAL_FORMS": "1"}, **values)
        partnership = Partnership.objects.get()
        assert (partnership.place, partnership.partner) == (ends["place"], ends["partner"])

    def test_partnerships_are_written_once(self, admin):
        known = rows.partnership()
        values = {
            "place": known.place.pk,
            "partner": known.partner.pk,
            "theme": known.theme.pk,
            "activity": known.activity,
        }
        response = send(admin, "/admin/places/partnership/add/", **values)
        assert "existe déjà" in errors_of(response)

    def test_partnerships_to_talk_about_again_are_found(self, admin):
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        rows.partnership(partner=rows.partner("Caf du Finistère"), review_on=yesterday)
        rows.partnership(partner=rows.partner("Lycée Vauban"))
        rows.partnership(partner=rows.partner("Ancien acteur"), review_on=yesterday, status="ENDED")
        page = admin.get("/admin/places/partnership/?review=due").content.decode()
        assert "Caf du Finistère" in page
        assert "Lycée Vauban" not in page
        assert "Ancien acteur" not in page


class TestNeighbourhood:
    def test_is_drawn_as_geojson_and_takes_the_places_inside(self, admin):
        place = rows.place(location=rows.TOWN_HALL)
        values = {"name": "Recouvrance", "kind": "LIVED", "communes": [rows.commune().pk], "area": outline()}
        response = send(admin, "/admin/places/neighbourhood/add/", **values)
        assert "1 lieu change de quartier." in messages_of(admin, response)
        place.refresh_from_db()
        assert place.neighbourhood.name == "Recouvrance"

    def test_drawn_anew_lets_go_of_the_places_outside(self, admin):
        place = rows.place(location=Point(-4.4861 + 0.008, 48.3904, srid=4326))
        quarter = rows.neighbourhood()
        place.save()
        send(admin, change(quarter), area=outline(half_deg=0.001))
        place.refresh_from_db()
        assert place.neighbourhood is None

    def test_deleted_leaves_its_places_outside(self, admin):
        quarter = rows.neighbourhood()
        place = rows.place(location=rows.TOWN_HALL)
        admin.post(f"/admin/places/neighbourhood/{quarter.pk}/delete/", {"post": "yes"})
        place.refresh_from_db()
        assert (place.neighbourhood, place.neighbourhood_certainty) == (None, "OUTSIDE")

    def test_saved_as_it_was_keeps_its_outline(self, admin):
        quarter = rows.neighbourhood()
        send(admin, change(quarter), presentation="Rive droite")
        kept = Neighbourhood.objects.get()
        assert (kept.presentation, kept.area.coords) == ("Rive droite", quarter.area.coords)

    def test_under_another_name_its_places_are_found_by_that_name(self, admin):
        quarter = rows.neighbourhood()
        place = rows.place(location=rows.TOWN_HALL)
        send(admin, change(quarter), name="Quatre Moulins")
        assert Posting.objects.filter(place=place, term__startswith="moulin").exists()

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "un carré",
            "[" * 100_000,
            '{"type": "Point", "coordinates": [-4.48, 48.39]}',
            '{"type": "Polygon", "coordinates": [[[NaN, 1], [2, 2], [3, 1], [NaN, 1]]]}',
            '{"type": "Polygon", "coordinates": [[[1e400, 1], [2, 2], [3, 1], [1e400, 1]]]}',
            '{"type": "Polygon", "coordinates": [[[48, -4], [48.1, -4], [48, -4.1], [48, -4]]]}',
            '{"type": "Polygon", "coordinates": [[["a", "b"]]]}',
            '{"type": "Polygon", "coordinates": [[[-4.48, 48.39], [-4.48, 48.39], [-4.48, 48.39]]]}',
            '{"type": "FeatureCollection", "features": []}',
            '{"type": "FeatureCollection", "features": [1]}',
            "<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>",
            "/etc/passwd",
            "POLYGON((0 0, 1 1, 1 0, 0 0))",
        ],
    )
    def test_outlines_that_cannot_be_are_refused_and_never_read_by_gdal(self, text, admin):
        values = {"name": "Recouvrance", "kind": "LIVED", "area": text}
        assert errors_of(send(admin, "/admin/places/neighbourhood/add/", **values))
        assert not Neighbourhood.objects.exists()

    def test_a_feature_pasted_from_a_file_is_understood(self, admin):
        pasted = json.dumps({"type": "Feature", "properties": {}, "geometry": json.loads(outline())})
        send(admin, "/admin/places/neighbourhood/add/", name="Recouvrance", kind="LIVED", area=pasted)
        assert Neighbourhood.objects.get().area.num_points == 5

    def test_outlines_that_lie_over_one_another_become_one(self, admin):
        east = Point(-4.4861 + 0.01, 48.3904, srid=4326)
        squares = [rows.square().coords[0], rows.square(east).coords[0]]
        drawn = json.dumps({"type": "MultiPolygon", "coordinates": squares})
        send(admin, "/admin/places/neighbourhood/add/", name="Recouvrance", kind="LIVED", area=drawn)
        area = Neighbourhood.objects.get().area
        assert len(area) == 1
        assert area.contains(Point(-4.4861 + 0.005, 48.3904, srid=4326))

    def test_a_priority_one_needs_its_code(self, admin):
        values = {"name": "Kérourien", "kind": "PRIORITY", "area": outline()}
        response = send(admin, "/admin/places/neighbourhood/add/", **values)
        assert "code officiel" in errors_of(response)


class TestSuggestions:
    def asked(self, client, model, field, term):
        asked = {"app_label": "places", "model_name": model, "field_name": field, "term": term}
        return [row["text"] for row in client.get("/admin/autocomplete/", asked).json()["results"]]

    def test_of_communes_are_found_without_accents_by_name_postcode_or_code(self, admin):
        rows.commune("Plougastel-Daoulas", "29189", "29470")
        rows.commune("Évry", "29999", "91000")
        for term in ("evry", "ÉVRY", "91000", "29999"):
            assert self.asked(admin, "place", "commune", term) == ["Évry (29)"]
        assert self.asked(admin, "place", "commune", "plougastel daoulas") == ["Plougastel-Daoulas (29)"]

    def test_of_communes_put_the_exact_name_first(self, admin):
        rows.commune("Bourg-Brest", "29001", "")
        rows.commune("Brest")
        assert self.asked(admin, "place", "commune", "brest")[0] == "Brest (29)"

    def test_of_neighbourhoods_know_their_other_names(self, admin):
        rows.neighbourhood("Kérourien", aliases="Le Valy")
        assert self.asked(admin, "place", "serves", "valy") == ["Kérourien"]


class TestWordsOfTheSearch:
    def test_are_taught_by_the_coordination(self, coordination):
        help_ = rows.service()
        send(
            coordination, "/admin/places/need/add/", words="Carte grise", name="Papiers", services=[help_.pk]
        )
        assert Need.objects.get().folded_words == "carte grise"

    @pytest.mark.parametrize(("words", "why"), [("CARTE  grise", "déjà"), ("!!!", "lettres")])
    def test_that_are_known_or_empty_are_refused(self, words, why, admin):
        Need.objects.create(words="Carte grise", name="Papiers")
        assert why in errors_of(send(admin, "/admin/places/need/add/", words=words, name="Papiers"))


class TestLists:
    def test_codes_and_official_labels_stay_once_they_are_in_use(self, admin):
        theme = rows.theme()
        fields = form_on(admin, change(theme))
        assert fields.keys().isdisjoint({"code", "label"})

    def test_the_order_in_which_people_meet_values_is_changed_in_the_list(self, admin):
        theme = rows.theme()
        values = {"form-0-rank": "7"}
        send(admin, "/admin/places/theme/", **values)
        theme.refresh_from_db()
        assert theme.rank == 7

    def test_a_value_is_found_without_accents(self, admin):
        rows.theme("education", "Éducation")
        assert "Éducation" in admin.get("/admin/places/theme/", {"q": "education"}).content.decode()

    @pytest.mark.parametrize("model", ["service", "placekind", "label"])
    def test_a_value_under_another_name_finds_its_places_by_that_name(self, model, admin):
        place = rows.place()
        links = {"service": place.services, "placekind": place.kinds, "label": place.labels}[model]
        value = links.create(code="x", label="Ancien", name="Ancien")
        send(admin, change(value), name="Tricotage")
        assert Posting.objects.filter(place=place, term__startswith="tricot").exists()


class TestHistory:
    def test_says_who_changed_what_in_words(self, admin):
        place = rows.place()
        send(admin, change(place), state="ARCHIVED", has_wifi="true")
        page = admin.get(f"/admin/places/place/{place.pk}/history/").content.decode()
        assert "racine" in page
        for words in ("En ligne", "Archivé", "oui"):
            assert words in page
        assert "ARCHIVED" not in page

    def test_brings_a_former_state_back(self, admin):
        place = rows.place(phone="+33298001122")
        version = place.history.first()
        send(admin, change(place), phone="02 98 33 44 55")
        send(admin, f"/admin/places/place/{place.pk}/history/{version.pk}/")
        place.refresh_from_db()
        assert place.phone == "+33298001122"


class TestWhatWaits:
    def test_is_told_with_a_link_to_each_list(self, admin):
        rows.correction()
        rows.place(state="DRAFT")
        rows.place(state="PENDING")
        rows.partnership(review_on=timezone.localdate())
        page = admin.get("/admin/").content.decode()
        for words in (
            "signalement à traiter",
            "lieu à relire",
            "lieu en brouillon",
            "partenariat à revoir",
            "confirmés depuis un an",
        ):
            assert words in page

    def test_each_link_leads_to_a_list_that_holds_as_many(self, admin):
        rows.correction()
        rows.place(state="DRAFT")
        rows.place(state="PENDING")
        rows.partnership(review_on=timezone.localdate())
        workshop = rows.workshop()
        workshop.occurrences.all().delete()
        for chore in admin.get("/admin/").context["waiting"]:
            assert admin.get(chore.url).context["cl"].result_count == chore.count, chore

    def test_is_nothing_when_all_is_done(self, admin):
        assert "Rien n’attend" in admin.get("/admin/").content.decode()
