"""The older standard and the API's JSON under the names of v1."""

import pytest

from places.importers.national_v0 import as_v1, is_older
from places.importers.rows import Row


def v1(**cells):
    return as_v1(Row(1, cells)).cells


class TestRows:
    @pytest.mark.parametrize(
        ("older", "name"),
        [
            ("courriel", "courriels"),
            ("conditions_acces", "frais_a_charge"),
            ("conditions_access", "frais_a_charge"),
            ("labels_nationaux", "dispositif_programmes_nationaux"),
            ("labels_autres", "autres_formations_labels"),
            ("accessibilite", "fiche_acces_libre"),
            ("publics_accueillis", "publics_specifiquement_adresses"),
        ],
    )
    def test_bear_the_names_of_v1(self, older, name):
        assert v1(**{older: "valeur", "nom": "Maison"}) == {name: "valeur", "nom": "Maison"}
        assert is_older([Row(1, {older: "valeur"})])

    def test_of_v1_stay_as_they_are(self):
        row = Row(1, {"courriels": "a@exemple.fr", "adresse": "12 rue des Lilas"})
        assert as_v1(row) == row
        assert not is_older([row])

    def test_have_one_line_of_address_and_its_commune(self):
        address = {"numero_voie": 12, "repetition": "bis", "nom_voie": "rue des Lilas", "commune": "Brest"}
        assert v1(adresse=address | {"code_postal": "29200"}) == {
            "adresse": "12 bis rue des Lilas",
            "commune": "Brest",
            "code_postal": "29200",
        }

    @pytest.mark.parametrize(
        ("said", "fees"),
        [
            (
                "Accepte le Pass numérique : Il est possible d'utiliser un Pass numérique",
                "",
            ),
            ("Gratuit : Je peux accéder;Accepte le Pass numérique : …", "Gratuit : Je peux accéder;"),
            ("Accepte le Pass numérique : …;Payant", "Payant"),
        ],
    )
    def test_keep_the_cheque_that_is_no_fee_among_the_labels(self, said, fees):
        cells = v1(conditions_acces=said)
        assert cells == {"frais_a_charge": fees, "autres_formations_labels": "Pass numérique"}
        cells = v1(conditions_acces=said, labels_autres="QPV")
        assert cells["autres_formations_labels"] == "QPV|Pass numérique"
