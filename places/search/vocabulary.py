"""All that a word of a query may mean: names of territory, words of listings, needs. Held in memory.

Each process reads it once, and again, names and words apart, when a stamp in the database has changed.
Nothing of a place is held here.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from threading import Lock

from places.domain.text import STOP_WORDS, stem, words
from places.models import IndexStamp, Need, Word

from .likeness import Lexicon
from .names import Fit, Kind, Name, load_names

__all__ = ["Fit", "Kind", "Meaning", "Name", "Vocabulary", "current"]

# Of a beginning of a word, at most so many words that begin so are looked for.
PREFIX_WORDS = 6

# What a stem leaves as it is.
STEM = 4

NOTHING = Lexicon(())


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a need stands for."""

    name: str
    services: frozenset[int]
    themes: frozenset[int]
    terms: frozenset[str]


@dataclass(frozen=True)
class Vocabulary:
    names: dict[str, tuple[Name, ...]] = field(default_factory=dict)  # by folded text, the likeliest first
    names_like: Lexicon = NOTHING
    boroughs: dict[int, list[Name]] = field(default_factory=dict)  # by number
    departments: dict[str, Name] = field(default_factory=dict)  # by code, in lower case
    postcodes: dict[str, list[int]] = field(default_factory=dict)  # keys of communes
    in_commune: dict[int, list[tuple[str, Name]]] = field(default_factory=dict)  # neighbourhoods by commune
    communes: dict[int, Name] = field(default_factory=dict)  # by key
    place_count: int = 0  # published places, in or out of a commune
    boroughs_of: dict[int, list[int]] = field(default_factory=dict)  # keys of communes, by that of their city
    needs: dict[tuple[str, ...], Meaning] = field(default_factory=dict)  # by the stems of their words
    words: dict[str, int] = field(default_factory=dict)  # of listings: places that each tells apart
    sorted_words: list[str] = field(default_factory=list)
    words_like: Lexicon = NOTHING  # of listings and needs

    def need(self, said):
        return self.needs.get(tuple(stem(word) for word in said))

    def words_beginning(self, start):
        """The most frequent words that begin so."""
        return sorted(self._begun(start), key=lambda word: (-self.words[word], word))[:PREFIX_WORDS]

    def count_of_stem(self, word):
        """Places that words of the same stem tell apart, and one for each of these words; 0 if none is."""
        same = [other for other in self._begun(word[:STEM]) if stem(other) == stem(word)]
        return sum(1 + self.words[other] for other in same)

    def _begun(self, start):
        first = bisect_left(self.sorted_words, start)
        return self.sorted_words[first : bisect_left(self.sorted_words, f"{start}\U0010ffff", first)]


def load_words():
    """The fields of a Vocabulary that the index and the needs give."""
    counts = dict(Word.objects.values_list("text", "place_count"))
    needs, said_needs = _needs()
    telling = [word for word, count in counts.items() if count]
    return {
        "needs": needs,
        "words": counts,
        "sorted_words": sorted(counts),
        "words_like": Lexicon(dict.fromkeys([*telling, *said_needs])),
    }


def _needs():
    needs, said_needs = {}, []
    for need in Need.objects.prefetch_related("services", "themes"):
        said = words(need.folded_words)
        terms = {stem(word) for word in words(need.terms) if word not in STOP_WORDS}
        needs[tuple(stem(word) for word in said)] = Meaning(
            need.name or need.words,
            frozenset(service.pk for service in need.services.all()),
            frozenset(theme.pk for theme in need.themes.all()),
            frozenset(terms),
        )
        said_needs.append(" ".join(said))
    return needs, said_needs


# -- Held in memory ------------------------------------------------------------------------------

_LOADERS = {IndexStamp.Part.NAMES: load_names, IndexStamp.Part.WORDS: load_words}
_lock = Lock()
_held = {"stamps": {}, "fields": {}, "vocabulary": Vocabulary()}


def current(stamp=None):
    """The vocabulary as of the last change of the index. One query when nothing has changed, none with
    the `stamp` that was just read."""
    stamps = stamp or IndexStamp.read()
    with _lock:
        changed = [part for part in _LOADERS if _held["stamps"].get(part) != stamps[part]]
        for part in changed:
            _held["fields"] |= _LOADERS[part]()
            _held["stamps"][part] = stamps[part]
        if changed:
            _held["vocabulary"] = Vocabulary(**_held["fields"])
        return _held["vocabulary"]
