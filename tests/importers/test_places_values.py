"""What of a row becomes of a place: mended where it is certain, unknown where it is not, and told."""

import csv
import datetime as dt

import pytest

from places.models import Commune, Place

from .conftest import a_commune, a_place, as_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture(autouse=True)
def _towns(write, run):
    bourg = a_commune(
        "01053", "Bourg-en-Bresse", codes_postaux="01000", code_departement="01", departement="Ain"
    )
    bourg |= {"latitude": "46.2", "longitude": "5.22"}
    run("import_communes", write("communes.csv", as_csv(a_commune(), bourg)))


@pytest.fixture
def read(write, run, tmp_path):
    """read(name="…") -> (the place, {column: what became of its value})."""

    def read_row(**cells):
        run("import_places", write("l.csv", as_csv(a_place(**cells))), "--report", str(tmp_path / "r.csv"))
        with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
            told = {row["colonne"]: row["suite"] for row in csv.DictReader(file)}
        return Place.objects.first(), told

    return read_row


class TestAddress:
    def test_has_its_commune_and_the_official_spelling(self, read):
        place, told = read(commune="BREST CEDEX 2", code_insee="")
        assert (place.commune.insee_code, place.city) == ("29019", "Brest")
        assert told == {}

    def test_with_a_slip_in_the_town_is_mended_and_told(self, read):
        place, told = read(commune="Breste", code_insee="")
        assert place.city == "Brest"
        assert told == {"commune": "corrigé"}

    def test_of_a_hamlet_keeps_the_name_that_people_use(self, read):
        place, told = read(commune="Recouvrance", code_insee="")
        assert (place.commune.name, place.city) == ("Brest", "Recouvrance")
        assert told == {}

    def test_with_a_postcode_that_lost_its_zero_is_mended_and_told(self, read):
        place, told = read(
            code_postal="1000", commune="Bourg-en-Bresse", code_insee="1053", latitude="", longitude=""
        )
        assert (place.postcode, place.commune.insee_code) == ("01000", "01053")
        assert told["code_postal"] == "corrigé"

    def test_without_postcode_has_the_only_one_of_the_commune(self, read):
        place, told = read(code_postal="")
        assert place.postcode == "29200"
        assert told == {"code_postal": "corrigé"}

    def test_whose_code_is_of_another_town_follows_the_address_and_is_told(self, read):
        place, told = read(code_insee="01053")
        assert place.commune.insee_code == "29019"
        assert told == {"code_insee": "corrigé"}

    def test_of_no_known_commune_is_kept_without_and_told(self, read):
        place, told = read(commune="Nulle-Part", code_postal="75001", code_insee="")
        assert (place.commune, place.city, place.postcode) == (None, "Nulle-Part", "75001")
        assert told == {"commune": "valeur non reprise"}

    def test_overseas_has_its_commune_though_the_lists_leave_it_out(self, read):
        place, _told = read(
            commune="Nouméa", code_postal="98800", code_insee="98818", latitude="-22.27", longitude="166.45"
        )
        assert place.commune.department.name == "Nouvelle-Calédonie"
        assert Commune.objects.filter(insee_code__startswith="988").count() == 1


class TestPosition:
    @pytest.mark.parametrize(
        ("latitude", "longitude", "kept", "outcome"),
        [
            ("48,3904", "-4,4861", (-4.4861, 48.3904), None),
            ("-4.4861", "48.3904", (-4.4861, 48.3904), "corrigé"),
            ("0", "0", None, "valeur non reprise"),
            ("0.0", "0,0", None, "valeur non reprise"),
            ("48.39", "", None, "valeur non reprise"),
            ("40.7", "-74.0", None, "valeur non reprise"),
            ("43.3", "5.4", None, "valeur non reprise"),
            ("", "", None, None),
        ],
        ids=[
            *("commas", "swapped", "zeros", "zeros with a comma", "one alone", "New York"),
            *("far from its town", "unknown"),
        ],
    )
    def test_is_in_france_and_near_its_town_or_unknown(self, latitude, longitude, kept, outcome, read):
        place, told = read(latitude=latitude, longitude=longitude)
        assert (place.location and place.location.coords) == kept
        assert told.get("latitude, longitude") == outcome


class TestLists:
    @pytest.mark.parametrize(
        ("column", "written", "field", "labels"),
        [
            (
                "services",
                "aide aux demarches administratives ; Accès internet et matériel informatique",
                "services",
                ["Accès internet et matériel informatique", "Aide aux démarches administratives"],
            ),
            (
                "modalites_acces",
                "Ce lieu n’accueille pas de public",
                "access_modes",
                ["Ce lieu n'accueille pas de public"],
            ),
            (
                "publics_specifiquement_adresses",
                "Tout public|Jeunes (16-26 ans)",
                "audiences",
                ["Jeunes"],
            ),
            ("frais_a_charge", "GRATUIT", "fees", ["Gratuit"]),
            ("dispositif_programmes_nationaux", "CNFS", "labels", ["Conseillers numériques"]),
            ("formations_labels", "Étapes numériques (La Poste)", "labels", ["Étapes numériques(La Poste)"]),
        ],
        ids=["separator, accents", "apostrophe", "older spelling", "capitals", "abbreviation", "space"],
    )
    def test_are_read_in_many_spellings(self, column, written, field, labels, read):
        place, _told = read(**{column: written})
        assert sorted(row.label for row in getattr(place, field).all()) == labels

    def test_glued_with_spaces_are_read_and_told(self, read):
        place, told = read(services="Accéder à une connexion internet Créer avec le numérique et des amis")
        assert sorted(service.label for service in place.services.all()) == [
            "Accès internet et matériel informatique",
            "Loisirs et créations numériques",
        ]
        assert told["services"] == "corrigé"

    def test_leave_out_what_is_not_in_the_list_and_tell_it(self, read):
        place, told = read(services="Aide aux démarches administratives|Poterie")
        assert place.services.count() == 1
        assert told == {"services": "valeur non reprise"}

    def test_keep_a_label_of_no_list_in_words(self, read):
        place, told = read(dispositif_programmes_nationaux="Point relais CAF", autres_formations_labels="QPV")
        assert place.other_labels.splitlines() == ["Point relais CAF"] or "QPV" in place.other_labels
        assert told == {"dispositif_programmes_nationaux": "gardé en texte"}

    def test_the_kind_of_place_is_told_by_a_name_that_can_mean_nothing_else(self, read):
        place, _told = read(nom="Médiathèque des Capucins", typologie="")
        assert [kind.code for kind in place.kinds.all()] == ["BIB"]

    def test_the_title_of_an_adviser_is_no_kind_of_place(self, read):
        place, _told = read(nom="Conseillère numérique France Services de Brest", typologie="")
        assert not place.kinds.exists()


class TestHours:
    def test_that_do_not_read_are_kept_as_written_and_told(self, read):
        place, told = read(horaires="Quand le cœur vous en dit")
        assert (place.opening_hours, place.opening_hours_text) == ("", "Quand le cœur vous en dit")
        assert told == {"horaires": "gardé en texte"}

    def test_in_prose_beside_the_standard_are_read_where_they_are_certain(self, read):
        place, told = read(horaires="", horaires_brut="du lundi au vendredi 9h-12h")
        assert (place.opening_hours, place.opening_hours_text) == ("Mo-Fr 09:00-12:00", "")
        assert told == {"horaires_brut": "corrigé"}

    def test_in_prose_are_left_aside_where_the_standard_s_read(self, read):
        place, _told = read(horaires="Mo 09:00-12:00", horaires_brut="autre chose")
        assert (place.opening_hours, place.opening_hours_text) == ("Mo 09:00-12:00", "")


class TestTexts:
    def test_a_summary_that_is_too_long_is_whole_in_the_description(self, read):
        long = "Une phrase qui dure. " * 30
        place, told = read(presentation_resume=long, presentation_detail="Le reste.")
        assert len(place.summary) <= 280
        assert place.description == f"{long.strip()}\n\nLe reste."
        assert told == {"presentation_resume": "corrigé"}

    def test_a_description_keeps_its_paragraphs(self, read):
        place, _told = read(presentation_detail="Un.\n\nDeux.")
        assert place.description == "Un.\n\nDeux."

    def test_a_date_to_come_is_left_out_and_told(self, read):
        place, told = read(date_maj="2999-01-01")
        assert place.source_updated_on is None
        assert told == {"date_maj": "valeur non reprise"}

    def test_a_date_is_taken(self, read):
        assert read()[0].source_updated_on == dt.date(2026, 1, 5)

    def test_an_unknown_siret_is_no_siret(self, read):
        place, told = read(pivot="00000000000000")
        assert (place.pivot, told) == ("", {})
