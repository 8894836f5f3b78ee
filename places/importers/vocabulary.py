"""Values of the controlled lists as producers write them, and kinds of places told by their names."""

import re
from collections.abc import Iterable

from places.domain.text import fold
from places.models import Audience, Fee, Label, PlaceKind, Service, SupportMode
from places.models.reference import Reference

# Folded spelling -> official label. Those of the older standard (v0) are whole sentences.
SPELLINGS: dict[type[Reference], dict[str, str]] = {
    Service: {
        "prendre en main un smartphone ou une tablette": "Maîtrise des outils numériques du quotidien",
        "prendre en main un ordinateur": "Maîtrise des outils numériques du quotidien",
        "utiliser le numerique au quotidien": "Maîtrise des outils numériques du quotidien",
        "approfondir ma culture numerique": "Compréhension du monde numérique",
        "realiser des demarches administratives avec un accompagnement": "Aide aux démarches administratives",
        "devenir autonome dans les demarches administratives": "Aide aux démarches administratives",
        "accompagner les demarches de sante": "Aide aux démarches administratives",
        "favoriser mon insertion professionnelle": "Insertion professionnelle via le numérique",
        "creer et developper mon entreprise": "Insertion professionnelle via le numérique",
        "acceder a une connexion internet": "Accès internet et matériel informatique",
        "acceder a du materiel": "Accès internet et matériel informatique",
        "creer avec le numerique": "Loisirs et créations numériques",
        "promouvoir la citoyennete numerique": "Utilisation sécurisée du numérique",
        "soutenir la parentalite et l education avec le numerique": (
            "Parentalité et éducation avec le numérique"
        ),
        "s equiper en materiel informatique": "Acquisition de matériel informatique à prix solidaire",
    },
    Audience: {
        "jeunes 16 26 ans": "Jeunes",
        "seniors 65 ans": "Seniors",
        "familles enfants": "Familles et/ou enfants",
        "etudiant": "Étudiants",
        "uniquement femmes": "Femmes",
        "handicaps mentaux deficiences limitant les activites d une personne": "Handicaps mentaux",
        "handicaps psychiques troubles psychiatriques donnant lieu a des atteintes comportementales": (
            "Handicaps mentaux"
        ),
        "handicaps moteurs": "Handicaps moteurs",
        "langue etrangere anglais": "Langues étrangères (anglais)",
        "langues etrangeres autre": "Langues étrangères (autres)",
        "langue etrangere autre": "Langues étrangères (autres)",
        "langues etrangeres autres langues": "Langues étrangères (autres)",
        "public langues etrangeres": "Langues étrangères (autres)",
        "personnes en situation d illettrisme": "Illettrisme",
    },
    Fee: {
        "gratuit je peux acceder gratuitement au lieu et a ses services": "Gratuit",
        "gratuit sous condition la gratuite est conditionnee a des criteres situation familiale convention "
        "avec un organisme social": "Gratuit sous condition",
        "gratuite sous condition": "Gratuit sous condition",
        "adhesion": "Gratuit sous condition",
        "adhesion l acces au lieu et ou a ses services necessite d y adherer": "Gratuit sous condition",
        "payant l acces au lieu et ou a ses services est payant": "Payant",
    },
    SupportMode: {
        "seul j ai acces a du materiel et une connexion": "En autonomie",
        "avec de l aide je suis accompagne seul dans l usage du numerique": "Accompagnement individuel",
        "a ma place une personne habilitee fait les demarches a ma place": "Accompagnement individuel",
        "dans un atelier j apprends collectivement a utiliser le numerique": "Dans un atelier collectif",
    },
    Label: {
        "cnfs": "Conseillers numériques",
        "conseiller numerique": "Conseillers numériques",
        "conseiller numerique france services": "Conseillers numériques",
        "conseillers numeriques france services": "Conseillers numériques",
        "aidant connect": "Aidants Connect",
        "france service": "France Services",
        "maison france service": "France Services",
        "maison france services": "France Services",
        "certification pix": "Certification PIX",
        "certificateur pix": "Certification PIX",
        "grande ecole du numerique gen": "Grande école du numérique",
        "promeneur du net": "Promeneurs du net",
        "fabrique de territoire": "Fabriques de Territoire",
        "fabrique numerique de territoire": "Fabriques de Territoire",
        "sud labs": "SUD LABS (PACA)",
        "sudlabs": "SUD LABS (PACA)",
        "sudlab": "SUD LABS (PACA)",
        "sud lab": "SUD LABS (PACA)",
        "etapes numeriques la poste": "Étapes numériques(La Poste)",
        "arnia mednum bfc": "Arnia/MedNum BFC (Bourgogne-Franche-Comté)",
        "mes papiers": "Mes Papiers (Métropole de Lyon)",
        "les eclaireurs du numerique": "Les Éclaireurs du numérique (Drôme)",
        "ordi 3 0": "ORDI 3.0",
    },
    # France Travail was called Pôle emploi until 2024.
    PlaceKind: {"pe": "FT", "pole emploi": "FT", "bibliotheque mediatheque": "BIB", "msap": "MSAP"},
}

# Of fewer words, a spelling may stand in a sentence that means something else.
_WORDS_THAT_STAND_ALONE = 4

# Values that say "nobody in particular" or "nothing": true, and nothing to keep.
_SAYS_NOTHING = {
    Audience: {"adultes", "adulte", "tout public", "tous publics", "tous les publics"},
    Label: {"aucun dispositif", "aucun", "aucun label"},
}


class Vocabulary:
    """The rows of one controlled list, found by whatever was written."""

    def __init__(self, model: type[Reference]):
        self._codes, self._labels, self._respelt = {}, {}, {}
        self._says_nothing = _SAYS_NOTHING.get(model, ())
        for code, label, name in model.objects.values_list("code", "label", "name"):
            self._labels[code] = label
            for text in (name, label, code):
                self._codes[fold(text)] = code
        for spelling, label in SPELLINGS.get(model, {}).items():
            if fold(label) in self._codes and spelling not in self._codes:
                self._respelt[spelling] = self._codes[fold(label)]

    def match(self, text: str) -> str | None:
        """The code of the row that `text` means; "" when it says nothing; None when it is not in the list."""
        folded = fold(text)
        if folded in self._says_nothing:
            return ""
        return self._codes.get(folded) or self._respelt.get(folded)

    def within(self, text: str) -> list[str]:
        """Codes of the long spellings that stand whole in `text`: one file glues values with spaces."""
        folded = f" {fold(text)} "
        spellings = (self._codes | self._respelt).items()
        found = {code for spelling, code in spellings if _is_long(spelling) and f" {spelling} " in folded}
        return sorted(found)

    def is_respelt(self, text: str) -> bool:
        """Whether `text` is a known misspelling, and not the label but for case and accents."""
        return fold(text) in self._respelt

    def label(self, code: str) -> str:
        return self._labels[code]


def _is_long(spelling):
    return spelling.count(" ") + 1 >= _WORDS_THAT_STAND_ALONE


# Only words that can name nothing else; "mairie" and such where the name begins with them.
_KINDS = [
    (re.compile(pattern), code)
    for pattern, code in (
        (r"\b(mediatheques?|bibliotheques?)\b", "BIB"),
        (r"\bfrance services?\b", "RFS"),
        (r"\bepn\b|\bespaces? publics? numeriques?\b|\bcyber ?(base|espace|centre)s?\b", "EPN"),
        (r"\bespaces? publics? (internet|multimedia)\b", "EPI"),
        (r"\bcentres? (social|sociaux)\b(?! et culturel)", "CS"),
        (r"\bcentres? (socio ?culturels?|social et culturel)\b", "CSC"),
        (r"\bespaces? de vie sociale\b", "EVS"),
        (r"\bmaisons? (de|du|des) quartiers?\b", "MQ"),
        (r"\bmaisons? des habitant", "MDH"),
        (r"\bmjc\b|\bmaisons? des jeunes et de la culture\b", "MJC"),
        (r"\bccas\b|\bcentre communal d action sociale\b", "CCAS"),
        (r"\bcias\b|\bcentre intercommunal d action sociale\b", "CIAS"),
        (r"^(mairie|hotel de ville)\b|^(commune|ville) d(e|u|es)?\b", "MUNI"),
        (r"^(communaute de communes|cc)\b", "CC"),
        (r"\bmissions? locales?\b", "ML"),
        (r"\b(point|bureau|centre) (d )?info(rmations?)? jeunesse\b|\b[pb]ij\b", "PIJ_BIJ"),
        (r"\bpimms\b", "PIMMS"),
        (r"^caf\b|\bcaisse d allocations familiales\b", "CAF"),
        (r"^(pole emploi|france travail)\b", "FT"),
        (r"^la poste\b|\bagence postale\b|\bbureau de poste\b", "LA_POSTE"),
        (r"\btiers lieux?\b", "TIERS_LIEUX"),
        (r"\bfab ?labs?\b", "FABLAB"),
        (r"\bmaisons? de services? au public\b", "MSAP"),
        (r"\bmaisons? de l emploi\b", "MDE"),
        (r"\bmaisons? (departementales? )?des solidarites\b", "MDS"),
        (r"\bpoints? d acces au droit\b", "PAD"),
        (r"\bcidff\b", "CIDFF"),
        (r"\budaf\b", "UDAF"),
        (r"^msa\b", "MSA"),
        (r"^association\b", "ASSO"),
    )
]
# An adviser's title, not a place: "Conseiller numérique France Services de la CC du Thouarsais".
_TITLES = re.compile(r"\bconseill(er|ere)s? numeriques?( france services?)?\b|\bcnfs\b|\bex (epn|msap)\b")


def kinds_from_name(name: str) -> list[str]:
    """Codes of the kinds of place that a name tells for certain, sorted; often none."""
    folded = _TITLES.sub(" ", fold(name))
    return sorted({code for pattern, code in _KINDS if pattern.search(folded)})


def vocabularies(models: Iterable[type[Reference]]) -> dict[type[Reference], Vocabulary]:
    return {model: Vocabulary(model) for model in models}
