"""How French words sound, roughly: "médiatek" like "médiathèque", "pôle amploi" like "pôle emploi"."""

import re

from .text import fold

# Written otherwise, said alike: consonants before the vowels said through the nose, vowels after them.
_CONSONANTS = [("sch", "$"), ("ch", "$"), ("sh", "$"), ("ph", "f"), ("h", ""), ("tion", "sion")]
_VOWELS = [
    ("eaux", "o"),
    ("eau", "o"),
    ("au", "o"),
    ("oeu", "e"),
    ("eu", "e"),
    ("oi", "wa"),
    ("oy", "wai"),
    ("ou", "u"),
    ("qu", "k"),
    ("q", "k"),
    ("c", "k"),
    ("y", "i"),
    ("z", "s"),
    ("ai", "e"),
    ("ei", "e"),
]
_SOFT_C = re.compile(r"c(?=[eiy])")
_SOFT_G = re.compile(r"g(?=[eiy])")
_IN = re.compile(r"(?:[ae]?[iy]|u)[nm](?![aeiounm])|(?<=[iy])e[nm]$")
_AN = re.compile(r"[ae][nm](?![aeiounm])")
_ON = re.compile(r"o[nm](?![aeiounm])")
_DOUBLED = re.compile(r"(.)\1+")
_SILENT_END = re.compile(r"(?:er|es?|[tdp]s?|[sx])$")


def sound(text: str) -> str:
    """A key that words said alike share, whatever their spelling: "Saint-Denis" and "Sindeni" give one.

    Rough on purpose: it finds candidates, it proves nothing by itself.
    """
    return "".join(_sound(word) for word in fold(text).split())


def _sound(word):
    said = word
    for written, heard in _CONSONANTS:
        said = said.replace(written, heard)
    said = _SOFT_G.sub("j", _SOFT_C.sub("s", said))
    said = _ON.sub("3", _AN.sub("2", _IN.sub("1", said)))
    for written, heard in _VOWELS:
        said = said.replace(written, heard)
    said = _DOUBLED.sub(r"\1", said)
    return _SILENT_END.sub("", said) or said
