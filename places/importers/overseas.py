"""Communes of the overseas collectivities (Insee, official geographic code): lists of communes omit them.

Priority neighbourhoods of Polynesia and Saint-Martin, and places of New Caledonia, name them by code alone.
"""

COLLECTIVITIES = {
    "975": "Saint-Pierre-et-Miquelon",
    "977": "Saint-Barthélemy",
    "978": "Saint-Martin",
    "986": "Wallis-et-Futuna",
    "987": "Polynésie française",
    "988": "Nouvelle-Calédonie",
}

# Of islands that are one postcode; those of the Pacific have several communes each.
POSTCODES = {"97701": ("97133",), "97801": ("97150",)}

_NAMES_FROM = {
    "97501": "Miquelon-Langlade, Saint-Pierre",
    "97701": "Saint-Barthélemy",
    "97801": "Saint-Martin",
    "98611": "Alo, Sigave, Uvea",
    "98711": "Anaa, Arue, Arutua, Bora-Bora, Faaa, Fakarava, Fangatau, Fatu-Hiva, Gambier, Hao, Hikueru, "
    "Hitiaa O Te Ra, Hiva-Oa, Huahine, Mahina, Makemo, Manihi, Maupiti, Moorea-Maiao, Napuka, Nuku-Hiva, "
    "Nukutavake, Paea, Papara, Papeete, Pirae, Pukapuka, Punaauia, Raivavae, Rangiroa, Rapa, Reao, Rimatara, "
    "Rurutu, Tahaa, Tahuata, Taiarapu-Est, Taiarapu-Ouest, Takaroa, Taputapuatea, Tatakoto, Teva I Uta, "
    "Tubuai, Tumaraa, Tureia, Ua-Huka, Ua-Pou, Uturoa",
    "98801": "Bélep, Boulouparis, Bourail, Canala, Dumbéa, Farino, Hienghène, Houaïlou, L’Île-des-Pins, "
    "Kaala-Gomen, Koné, Koumac, La Foa, Lifou, Maré, Moindou, Le Mont-Dore, Nouméa, Ouégoa, Ouvéa, Païta, "
    "Poindimié, Ponérihouen, Pouébo, Pouembout, Poum, Poya, Sarraméa, Thio, Touho, Voh, Yaté, Kouaoua",
}

# Their codes follow one another: {"98735": "Papeete", …}.
COMMUNES = {
    str(int(first) + rank): name
    for first, names in _NAMES_FROM.items()
    for rank, name in enumerate(names.split(", "))
}
