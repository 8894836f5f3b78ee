"""The reference lists that are loaded first: the vocabulary of the national standard, to the letter."""

import pytest

from places.management.commands.load_demonstration import load_lists
from places.models import (
    AccessMode,
    Audience,
    Fee,
    Label,
    Language,
    PlaceKind,
    Service,
    Source,
    SupportMode,
    Theme,
)

AXES = {"emploi", "education", "isolement", "vie-de-quartier", "centre-de-ressources"}


@pytest.fixture
def lists(db):
    load_lists()


# "Lieux de médiation numérique" v1.0.2, to the letter.
NATIONAL = {
    Service: [
        "Aide aux démarches administratives",
        "Maîtrise des outils numériques du quotidien",
        "Insertion professionnelle via le numérique",
        "Utilisation sécurisée du numérique",
        "Parentalité et éducation avec le numérique",
        "Loisirs et créations numériques",
        "Compréhension du monde numérique",
        "Accès internet et matériel informatique",
        "Acquisition de matériel informatique à prix solidaire",
    ],
    Audience: [
        "Jeunes",
        "Étudiants",
        "Familles et/ou enfants",
        "Seniors",
        "Femmes",
        "Surdité",
        "Handicaps moteurs",
        "Handicaps mentaux",
        "Illettrisme",
        "Langues étrangères (anglais)",
        "Langues étrangères (autres)",
        "Déficience visuelle",
    ],
    Label: [
        "Aidants Connect",
        "Bibliothèques numérique de référence",
        "Certification PIX",
        "Conseillers numériques",
        "Emmaüs Connect",
        "France Services",
        "Grande école du numérique",
        "La Croix Rouge",
        "Point d'accès numérique CAF",
        "Promeneurs du net",
        "Relais numérique (Emmaüs Connect)",
        "Formé à « Mon Espace Santé »",
        "Formé à « DUPLEX » (illettrisme)",
        "Arnia/MedNum BFC (Bourgogne-Franche-Comté)",
        "Collectif ressources et acteurs réemploi (Normandie)",
        "Étapes numériques(La Poste)",
        "Fabriques de Territoire",
        "Les Éclaireurs du numérique (Drôme)",
        "Mes Papiers (Métropole de Lyon)",
        "ORDI 3.0",
        "SUD LABS (PACA)",
    ],
    AccessMode: [
        "Se présenter",
        "Téléphoner",
        "Contacter par mail",
        "Prendre un RDV en ligne",
        "Ce lieu n'accueille pas de public",
        "Envoyer un mail avec une fiche de prescription",
    ],
    SupportMode: ["En autonomie", "Accompagnement individuel", "Dans un atelier collectif", "À distance"],
    Fee: ["Gratuit", "Gratuit sous condition", "Payant"],
}
TYPOLOGY = """
ACI ACIPHC AFPA AI ASE ASSO ASSO_CHOMEUR Autre AVIP BIB CAARUD CADA CAF CAP_EMPLOI CAVA CC CCAS CCONS CD CDAS
CFP CHRS CHU CIAS CIDFF CITMET CMP CMS CPAM CPH CS CSAPA CSC DEETS DEPT DIPLP E2C EA EATT EI EITI ENM EPCI EPI
EPIDE EPN ES ESAT ESS ETTI EVS FABLAB FABRIQUE FAIS FT GEIQ HUDA LA_POSTE MDE MDH MDEF MDPH MDS MJC ML MQ MSA
MSAP MUNI OACAS ODC OF OIL OPCS PAD PENSION PI PIJ_BIJ PIMMS PJJ PLIE PREF PREVENTION REG RELAIS_LECTURE
RESSOURCERIE RFS RS_FJT SCP SPIP TIERS_LIEUX UDAF
"""


@pytest.mark.usefixtures("lists")
class TestReferenceLists:
    @pytest.mark.parametrize("model", NATIONAL)
    def test_labels_are_those_of_the_national_standard(self, model):
        assert sorted(model.objects.values_list("label", flat=True)) == sorted(NATIONAL[model])

    def test_kinds_of_places_are_those_of_the_national_standard_and_an_epn_comes_first(self):
        assert sorted(PlaceKind.objects.values_list("code", flat=True)) == sorted(TYPOLOGY.split())
        assert PlaceKind.objects.first().code == "EPN"

    def test_every_help_belongs_to_an_axis_and_every_axis_says_what_it_is(self):
        assert not Service.objects.filter(themes=None).exists()
        assert set(Theme.objects.exclude(description="").values_list("code", flat=True)) == AXES

    def test_the_languages_of_the_neighbourhoods_are_there_and_french_comes_first(self):
        assert Language.objects.first().code == "fr"
        assert set(Language.objects.values_list("code", flat=True)) >= {"ar", "tr", "wo", "lsf", "swb", "uk"}

    def test_only_the_examples_are_marked_as_such(self):
        assert dict(Source.objects.values_list("code", "is_demonstration")) == {
            "demonstration": True,
            "saisie": False,
        }
