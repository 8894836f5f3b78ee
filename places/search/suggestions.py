"""What somebody may be about to ask, from the first letters: needs, towns, neighbourhoods, places.

All is held in memory, sorted, and found by its beginning; what is misspelled is compared only when nothing
begins so.
"""

from dataclasses import dataclass, field
from operator import itemgetter
from threading import Lock
from time import monotonic

from places.domain.phonetics import sound
from places.domain.text import STOP_WORDS, fold, words
from places.models import Commune, IndexStamp, Need, Place

from .beginnings import SHORTEST, Beginnings, PlaceNames
from .vocabulary import Kind, Name, Vocabulary, current

LONGEST = 100  # letters
MOST_WORDS = 8

# A list that a phone shows above its keyboard; places have the room that the others leave.
MOST = 8
MOST_NEEDS, MOST_TOWNS, MOST_NEIGHBOURHOODS, MOST_PLACES = 2, 3, 2, 3

_ARTICLES = ("le ", "la ", "les ", "l ", "l'", "l’")

# Names of places are read anew at most so often: a hundred edits in a minute cost one reading.
PLACES_HOLD_S = 60


@dataclass(frozen=True, slots=True)
class NeedWords:
    """A need as residents say it ("cv") and as the page says it ("Faire un CV")."""

    words: str
    label: str


@dataclass
class Suggestions:
    needs: list[NeedWords] = field(default_factory=list)
    towns: list[Name] = field(default_factory=list)
    neighbourhoods: list[Name] = field(default_factory=list)
    places: list[int] = field(default_factory=list)  # keys, best first
    before: str = ""  # words typed before the name of a town or neighbourhood: "imprimer bre"
    departments: dict[int, Name] = field(default_factory=dict)  # by key, to say where towns are
    communes: dict[int, Name] = field(default_factory=dict)

    def __len__(self):
        return len(self.needs) + len(self.towns) + len(self.neighbourhoods) + len(self.places)

    def department_of(self, name: Name) -> str:
        known = self.departments.get(name.department)
        return known.label if known else ""

    def communes_of(self, name: Name) -> str:
        """The town of a neighbourhood, or the towns: "Clichy-sous-Bois (93), Montfermeil (93)"."""
        inside = [self.communes[key] for key in name.communes if key in self.communes]
        # Not the city of a borough that is named.
        inside = [
            town
            for town in inside
            if not any(town.pk in other.communes and town is not other for other in inside)
        ]
        return ", ".join(sorted(town.label for town in inside))


def suggest(typed: str) -> Suggestions:
    """At most MOST rows for what was `typed` so far, whole or not, right or not quite."""
    text = fold(typed[:LONGEST])
    if len(text) < SHORTEST:
        return Suggestions()
    stamp = IndexStamp.read()
    found = _index_of(current(stamp)).suggest(text, _places_of(stamp[IndexStamp.Part.PLACES]))
    found.before = _first_words(typed, len(found.before.split()))
    return found


def _first_words(typed, count):
    """The words of `typed` that hold its first `count` folded words: with accents, as they were written."""
    first = []
    for word in typed.split():
        if count <= 0:
            break
        count -= len(words(word))
        first.append(word)
    return " ".join(first)


class Index:
    """Needs and territory, as of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary):
        entries = [(name.rank, text, name) for text, names in vocabulary.names.items() for name in names]
        entries.sort(key=itemgetter(0), reverse=True)
        whole = {(name.kind, name.pk): name for _rank, _text, name in reversed(entries)}
        named = [(_called(text, name), whole[name.kind, name.pk]) for _rank, text, name in entries]
        towns = [(text, name) for text, name in named if name.kind is not Kind.NEIGHBOURHOOD]
        self.neighbourhoods = Beginnings(entry for entry in named if entry[1].kind is Kind.NEIGHBOURHOOD)
        self.communes = {name.pk: name for _text, name in towns if name.kind is not Kind.DEPARTMENT}
        self.towns = Beginnings([*vocabulary.departments.items(), *towns, *_postcodes(self.communes)])
        self.departments = {name.pk: name for name in vocabulary.departments.values()}
        self.needs = Beginnings(_needs())
        usual = sorted((word for word, count in vocabulary.words.items() if count), key=vocabulary.words.get)
        self.words = Beginnings((word, word) for word in reversed(usual))
        self.by_ear = {sound(word): word for word in usual}  # of words said alike, the most usual

    def suggest(self, text, places):
        # "st" is Saint when the word is whole, and begins Strasbourg when it is not.
        said = words(text)[:MOST_WORDS]
        texts = list(dict.fromkeys([text, " ".join(said)]))
        found = self._begun(texts, said, places)
        if not len(found):
            found = self._misspelled(texts, said)
        if not len(found):
            found.places = places.holding(self._mended(said, places), MOST)
        return found

    def _begun(self, texts, said, places):
        found = self._nothing()
        found.needs = self.needs.starting(texts, MOST_NEEDS)
        named = places.holding(said, MOST)
        self._add_territory(found, Beginnings.starting, texts, said, has_places=bool(named))
        found.places = named[: min(MOST - len(found), MOST_PLACES if len(found) else MOST)]
        return found

    def _misspelled(self, texts, said):
        found = self._nothing()
        found.needs = self.needs.like(texts, MOST_NEEDS)
        self._add_territory(found, Beginnings.like, texts, said, has_places=False)
        return found

    def _nothing(self):
        return Suggestions(communes=self.communes, departments=self.departments)

    def _add_territory(self, found, how, texts, said, *, has_places):
        """Towns and neighbourhoods called as all that was said, or, after other words, as the end of it."""
        for start in range(len(said)):
            tails = [" ".join(said[start:])] if start else texts
            if start and (len(tails[0]) <= SHORTEST or said[start] in STOP_WORDS):
                continue
            found.towns = how(self.towns, tails, MOST_TOWNS)
            found.neighbourhoods = how(self.neighbourhoods, tails, MOST_NEIGHBOURHOODS)
            if found.towns or found.neighbourhoods:
                found.before = " ".join(said[:start])
                return
            if has_places:
                return  # the words go on with the name of a place, not with that of a town

    def _mended(self, said, places):
        """`said`, each word that no place has replaced by the one most like it; [] when there is none."""
        mended = []
        for word in said:
            if word in STOP_WORDS or places.has(word):
                mended.append(word)
            elif heard := self.by_ear.get(sound(word)):
                mended.append(heard)
            elif like := self.words.like([word], 1):
                mended += like
            else:
                return []
        return mended


def _called(text, name):
    """`text`, which is no longer quite what "Le Saint" is called when it comes without its article."""
    label = name.label.casefold()
    return f"{text} " if label.startswith(_ARTICLES) and not text.startswith(_ARTICLES) else text


def _postcodes(communes):
    """(postcode, name) for each town, in the order of `communes`."""
    rows = dict(Commune.objects.exclude(postcodes="").values_list("pk", "postcodes"))
    for key, name in communes.items():
        for postcode in rows.get(key, "").split("|"):
            if postcode:
                yield postcode, name


def _needs():
    """(text, need) for all that each need is called and for each word of it, the shortest first."""
    rows = sorted(Need.objects.values_list("folded_words", "words", "name"), key=lambda row: len(row[0]))
    needs = {}
    for folded, said, name in rows:
        need = needs.setdefault(name or said, NeedWords(said, name or said))
        parts = words(folded)
        for start, word in enumerate(parts):
            if not start or word not in STOP_WORDS:
                yield " ".join(parts[start:]), need


# -- Held in memory ------------------------------------------------------------------------------

_lock = Lock()
_held = {
    "vocabulary": None,
    "index": None,
    "stamp": None,
    "read_at": 0.0,
    "places": PlaceNames(()),
}


def _index_of(vocabulary):
    with _lock:
        if _held["vocabulary"] is not vocabulary:
            _held.update(vocabulary=vocabulary, index=Index(vocabulary))
        return _held["index"]


def _places_of(stamp):
    """The names as of `stamp`, or of the minute before."""
    with _lock:
        is_due = _held["stamp"] is None or monotonic() - _held["read_at"] >= PLACES_HOLD_S
        if _held["stamp"] != stamp and is_due:
            _held.update(stamp=stamp, read_at=monotonic(), places=PlaceNames(_place_rows()))
        return _held["places"]


def _place_rows():
    rows = Place.objects.published().order_by("-completeness", "folded_name", "pk")
    rows = rows.values_list("pk", "folded_name", "commune__folded_name", "city")
    for key, name, town, city in rows.iterator(10_000):
        yield key, name, town or fold(city)
