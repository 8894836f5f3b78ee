"""Actors of city policy from a table: taken as they are, mended, or refused where they are wrong."""

import csv

import pytest
from django.core.management import CommandError

from places.models import Partner, PartnerContact
from tests.factories import CommuneFactory, NeighbourhoodFactory
from tests.importers.conftest import as_csv

LINE = {
    "id": "ml-29",
    "nom": "Mission locale du Ponant",
    "type": "Mission locale",
    "resume": "Pour les jeunes de 16 à 25 ans",
    "axes": "emploi",
    "publics": "Jeunes",
    "quartiers": "QN02904M",
    "adresse": "1 rue Haute",
    "code_postal": "29200",
    "commune": "Brest",
    "latitude": "48.39",
    "longitude": "-4.48",
    "telephone": "02 98 00 11 22",
    "courriel": "accueil@exemple.fr",
    "site_web": "exemple.fr",
    "source": "Hub",
    "contact_fonction": "Accueil|Référente numérique",
    "contact_telephone": "|02 98 00 11 33",
    "contact_courriel": "accueil@exemple.fr|",
    "contact_visible_par": "tout le monde|professionnels",
}


@pytest.fixture
def area(reference):
    CommuneFactory()
    return NeighbourhoodFactory(name="Bellevue", kind="PRIORITY", generation=2024, code="QN02904M")


@pytest.fixture
def load(write, run, area, tmp_path):
    """load(row, …, option, …) -> what the command said; `load.notes` are the lines of its report."""

    def load_rows(*rows_and_options):
        rows = [each for each in rows_and_options if isinstance(each, dict)]
        options = [each for each in rows_and_options if isinstance(each, str)]
        report = tmp_path / "report.csv"
        said = run("import_partners", write("p.csv", as_csv(*rows)), "--report", str(report), *options)
        with report.open(encoding="utf-8-sig", newline="") as file:
            load_rows.notes = list(csv.DictReader(file))
        return said

    return load_rows


class TestImport:
    def test_takes_all_that_the_table_tells(self, load, area):
        assert load(LINE).startswith("1 créé, ")
        partner = Partner.objects.get()
        assert (partner.name, partner.kind) == ("Mission locale du Ponant", "MISSION_LOCALE")
        assert (partner.phone, partner.website) == ("+33298001122", "https://exemple.fr")
        assert (partner.commune.name, partner.location.coords) == ("Brest", (-4.48, 48.39))
        assert list(partner.neighbourhoods.all()) == [area]
        assert [theme.code for theme in partner.themes.all()] == ["emploi"]
        assert partner.source.name == "Hub"

    def test_contacts_are_private_unless_the_table_says_otherwise(self, load):
        load(LINE | {"contact_visible_par": ""})
        assert {contact.visibility for contact in PartnerContact.objects.all()} == {"PROFESSIONAL"}
        load(LINE)
        assert dict(PartnerContact.objects.values_list("function", "visibility")) == {
            "Accueil": "PUBLIC",
            "Référente numérique": "PROFESSIONAL",
        }

    def test_again_changes_nothing(self, load):
        load(LINE)
        pks = list(PartnerContact.objects.values_list("pk", flat=True))
        assert load(LINE).startswith("0 créé, 0 mis à jour, 1 inchangé")
        assert Partner.history.count() == 1
        assert list(PartnerContact.objects.values_list("pk", flat=True)) == pks

    def test_without_identifier_name_and_postcode_tell_who_it_is(self, load):
        load(LINE | {"id": ""})
        assert load(LINE | {"id": "", "nom": "MISSION LOCALE DU PONANT"}).startswith("0 créé, 1 mis à jour")
        assert load(LINE | {"id": "", "code_postal": "29280"}).startswith("1 créé")

    def test_what_a_person_wrote_since_is_kept_and_told(self, load):
        load(LINE)
        Partner.objects.update(summary="Pour tous les jeunes")
        PartnerContact.objects.filter(function="Accueil").update(phone="+33298009999")
        changed = LINE | {"resume": "Les 16-25 ans", "telephone": "02 98 00 00 00", "contact_telephone": "|"}
        load(changed)
        partner = Partner.objects.get()
        assert (partner.summary, partner.phone) == ("Pour tous les jeunes", "+33298000000")
        assert partner.contacts.filter(phone="+33298009999").exists()
        conflicts = {note["colonne"] for note in load.notes if note["suite"] == "conflit"}
        assert conflicts == {"resume", "contact_fonction"}
        assert "0298009999" not in str(load.notes).replace(" ", "")
        load(changed, "--overwrite")
        assert Partner.objects.get().summary == "Les 16-25 ans"

    def test_columns_that_are_not_there_say_nothing(self, load):
        load(LINE)
        assert "1 inchangé" in load({"id": "ml-29", "nom": LINE["nom"], "source": "Hub"})
        assert Partner.objects.get().phone == "+33298001122"

    @pytest.mark.parametrize(
        ("cells", "column"),
        [
            ({"type": "Château"}, "type"),
            ({"axes": "emploi|bonheur"}, "axes"),
            ({"publics": "martiens"}, "publics"),
            ({"quartiers": "QN99999Z"}, "quartiers"),
            ({"code_postal": "deux"}, "code_postal"),
            ({"telephone": "appeler"}, "telephone"),
            ({"courriel": "accueil"}, "courriel"),
            ({"latitude": "nord"}, "latitude, longitude"),
            (
                {"contact_fonction": "Accueil", "contact_courriel": "x", "contact_telephone": ""},
                "contact_courriel",
            ),
        ],
    )
    def test_a_value_that_cannot_be_is_left_out_where_it_is(self, load, cells, column):
        assert load(LINE | cells).startswith("1 créé")
        assert ("2", column) in [(note["ligne"], note["colonne"]) for note in load.notes]

    def test_a_neighbourhood_is_named_by_code_page_or_a_name_that_is_the_only_one(self, load, area):
        for name in ("Bellevue", area.slug, "qn02904m"):
            load(LINE | {"quartiers": name, "id": name})
        assert Partner.objects.filter(neighbourhoods=area).count() == 3
        NeighbourhoodFactory(name="Bellevue")
        load(LINE | {"quartiers": "Bellevue", "id": "4"})
        assert not Partner.objects.get(external_id="4").neighbourhoods.exists()

    def test_a_line_without_name_and_one_told_twice_are_refused(self, load):
        said = load(LINE | {"nom": ""}, LINE, LINE)
        assert "2 rejetés" in said
        assert [(note["ligne"], note["colonne"]) for note in load.notes] == [("2", "nom"), ("4", "id")]

    def test_a_trial_writes_nothing(self, load):
        assert "rien n’a été écrit" in load(LINE, "--dry-run")
        assert not Partner.objects.exists()

    def test_another_table_is_refused_whole(self, run, write, db):
        with pytest.raises(CommandError, match="Il manque"):
            run("import_partners", write("x.csv", "a,b\n1,2\n"))
