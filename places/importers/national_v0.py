"""The older national standard (v0) and the API's JSON, brought to the columns of v1."""

import re

from .rows import Row

OLDER_NAMES = {
    "courriel": "courriels",
    "conditions_acces": "frais_a_charge",
    "conditions_access": "frais_a_charge",
    "labels_nationaux": "dispositif_programmes_nationaux",
    "labels_autres": "autres_formations_labels",
    "accessibilite": "fiche_acces_libre",
    "publics_accueillis": "publics_specifiquement_adresses",
}

# A cheque for help of this kind, which v0 lists among the fees and v1 nowhere.
PASS = re.compile(r"accepte le pass num[ée]rique[^;|]*[;|]?", re.IGNORECASE)
PASS_LABEL = "Pass numérique"


def is_older(rows: list[Row]) -> bool:
    """Whether the records carry names that v1 has dropped."""
    return any(OLDER_NAMES.keys() & row.cells.keys() for row in rows)


def as_v1(row: Row) -> Row:
    """The same row under the names of v1; labels stay as written, the vocabulary knows them."""
    cells = {OLDER_NAMES.get(name, name): value for name, value in row.cells.items()}
    address = cells.get("adresse")
    if isinstance(address, dict):
        cells |= {
            name: address[name] for name in ("commune", "code_postal", "code_insee") if address.get(name)
        }
        parts = (address.get(name) for name in ("numero_voie", "repetition", "nom_voie"))
        cells["adresse"] = " ".join(str(part) for part in parts if part)
    fees, others = cells.get("frais_a_charge"), cells.get("autres_formations_labels")
    if isinstance(fees, str) and PASS.search(fees):
        cells["frais_a_charge"] = PASS.sub("", fees)
        cells["autres_formations_labels"] = f"{others}|{PASS_LABEL}" if others else PASS_LABEL
    return row._replace(cells=cells)
