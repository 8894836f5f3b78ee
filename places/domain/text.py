"""Words as people type them, brought to one form: for sorting, for matching, for addresses of pages."""

import re
import unicodedata
from functools import lru_cache
from threading import Lock

import snowballstemmer

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_NOT_A_WORD = re.compile(r"[\W_]+")
# Controls, line separators, byte order marks, lone surrogates, and what turns the direction of other words.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")

# Short words that say nothing by themselves; what is left of an elision ("l'", "d'", "qu'") among them.
_STOP_WORDS = """
a ai au aux avec c ce ces cet cette chez d dans de des du elle en est et eux faut faire il ils j je
l la le les leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ou par pas pour pres
proche qu que qui s sa se ses si son sont sous sur suis t ta te tes toi ton tu un une vers veux
voudrais vos votre vous y
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())

# What people and addresses shorten; only whole words.
ABBREVIATIONS = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saint",
    "stes": "sainte",
    "bd": "boulevard",
    "bld": "boulevard",
    "blvd": "boulevard",
    "av": "avenue",
    "ave": "avenue",
    "pl": "place",
    "fg": "faubourg",
    "fbg": "faubourg",
    "bib": "bibliotheque",
    "assoc": "association",
}

_LONGEST_WORD = 60  # past it, no word: the stemmer would take its time, and the memory of stems its room

_stemmer = snowballstemmer.stemmer("french")
_stemmer_lock = Lock()  # the stemmer keeps the word that it works on


def tidy(text: str) -> str:
    """`text` in NFC, without control characters or lone surrogates, spaces single and none at the ends.

    Line breaks stay; a no-break space stays what it is.
    """
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", text)
    lines = (re.sub(r"[ \t]+", " ", line).strip(" \t") for line in text.split("\n"))
    return "\n".join(lines).strip()


def fold(text: str) -> str:
    """`text` for comparing: lower case, no accents, one space for all that is neither letter nor digit.

    "L’Île-d'Yeu " gives "l ile d yeu".
    """
    # Compatibility forms first: "㎏" and "Ｋ" have capitals inside.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _NOT_A_WORD.sub(" ", bare.translate(_LIGATURES)).strip()


def slug(text: str) -> str:
    """`text` for the address of a page: "L’Île-d'Yeu" gives "l-ile-d-yeu"; "" if no Latin letter is left."""
    ascii_only = fold(text).encode("ascii", "ignore").decode()
    return "-".join(ascii_only.split())


def stem(word: str) -> str:
    """The stem of one French word, folded: "Médiathèques" and "mediatheque" give the same.

    Words with a digit are names or numbers and stay whole.
    """
    folded = fold(word)
    if len(folded) > _LONGEST_WORD or any(char.isdigit() for char in folded):
        return folded
    return _stem(folded)


@lru_cache(maxsize=50_000)
def _stem(folded):
    with _stemmer_lock:
        return fold(_stemmer.stemWord(folded))


def words(text: str) -> list[str]:
    """The folded words of `text`, abbreviations written out: "rue St-Jean" gives rue, saint, jean."""
    return [ABBREVIATIONS.get(word, word) for word in fold(text).split()]


def terms(text: str) -> list[str]:
    """The stems of `text` in order, without stop words, unless there is nothing else."""
    found = words(text)
    telling = [word for word in found if word not in STOP_WORDS]
    return [stem(word) for word in telling or found]
