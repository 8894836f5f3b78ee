"""What runs of words of a query may mean, each with how likely it is; the likeliest way to read them all.

Pure but for its vocabulary. A score counts words understood, more for a name or a need of several words, and
a little for how often something is meant: a name by its inhabitants, a word by the places it tells apart.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from math import log10

from places.domain.text import STOP_WORDS, stem

from .names import Kind, Name
from .vocabulary import Meaning

LONGEST_NAME = 6
LONGEST_NEED = 4

BOROUGH_WORDS = {"arrondissement", "arr", "ardt", "arrdt", "arrond"}
_NUMBER = re.compile(r"(\d{1,3}[ab]?)(er|e|eme|ieme|em|nd)?")

_STREET = """
rue r avenue boulevard bvd boul place chemin che impasse imp allee allees quai cours route rte square
sq passage sentier ruelle faubourg esplanade promenade lotissement residence villa hameau zone zac za zi
chaussee mail traverse montee voie venelle parvis rond cite batiment bat bis ter
"""
STREET_WORDS = frozenset(_STREET.split())

STOP, UNKNOWN, NUMBER, BEGINNING, SAME_STEM, RARE, SURE = 0.3, 0.0, 0.5, 0.7, 0.85, 0.95, 1.0
NEED_WORD, MISSPELLED_NEED_WORD = 1.8, 1.6
OF_SEVERAL = 0.5
WORD_PRIOR = 0.2

# What a wrong letter costs, and what it costs in a word of one letter.
SLIP, SHORT_SLIP = 0.35, 2

# A word that so many listings bear is a word of theirs, whatever neighbourhood is called like it.
COMMON = 20

# So many letters begin a word.
BEGUN = 4

# A word that at most so many places bear may be a slip of a listing; the usual spelling has so many more.
FEW, MANY_MORE = 2, 20


@dataclass(frozen=True, slots=True)
class Sense:
    """What the words from `start` to `end` may mean: something named, a need, or words to look for."""

    start: int
    end: int
    score: float
    names: tuple[Name, ...] = ()
    meaning: Meaning | None = None
    terms: frozenset[str] = frozenset()
    meant: str = ""  # as it is written, when it was written otherwise
    is_number: bool = False
    is_weak: bool = False  # better looked at again with slips allowed

    @property
    def length(self):
        return self.end - self.start


class Senses:
    """All senses of the folded words `said`."""

    def __init__(self, said, vocabulary):
        self.said, self.vocabulary = said, vocabulary

    def likeliest(self, *, corrects):
        """The senses that read all words best, in order."""
        senses = [*self._exact()]
        path = best_path(len(self.said), senses)
        weak = {position for sense in path if sense.is_weak for position in range(sense.start, sense.end)}
        weak |= self._maybe_one_name(path)
        if corrects and weak:
            path = best_path(len(self.said), [*senses, *self._misspelled(weak)])
        return path

    def _maybe_one_name(self, path):
        """Positions of names in a row, and of names that go on: "Sargé Le Mans", "Saint-André des Alpes"."""
        found = set()
        for sense, following in pairwise(path):
            if sense.names and (following.names or self.said[following.start] in STOP_WORDS):
                found.update(range(sense.start, following.end))
        return found

    def _runs(self, longest):
        for start in range(len(self.said)):
            for end in range(start + 1, min(start + longest, len(self.said)) + 1):
                yield start, end, " ".join(self.said[start:end])

    # -- As it is written ------------------------------------------------------------------------

    def _exact(self):
        for position, word in enumerate(self.said):
            yield self._word(position, word)
            yield from self._number(position, word)
        for start, end, text in self._runs(LONGEST_NAME):
            names = self.vocabulary.names.get(text)
            if names and end - start == 1:
                names = self._named_alone(text, names)
            if names:
                yield Sense(start, end, name_score(names[0], end - start), names)
            meaning = self.vocabulary.need(self.said[start:end]) if end - start <= LONGEST_NEED else None
            if meaning:
                yield Sense(
                    start, end, need_score(end - start), meaning=meaning, terms=self._terms(start, end)
                )

    def _named_alone(self, word, names):
        """Those of `names` that one word may mean: "y" and "rue" are communes, "médiathèque" a neighbourhood,
        and hardly ever meant."""
        if len(self.said) > 1 and (word in STOP_WORDS or word in STREET_WORDS):
            return ()
        is_common = self.vocabulary.words.get(word, 0) >= COMMON
        return tuple(name for name in names if not (is_common and name.kind is Kind.NEIGHBOURHOOD))

    def _terms(self, start, end):
        return frozenset(stem(word) for word in self.said[start:end] if word not in STOP_WORDS)

    def _word(self, position, word):
        span, count = (position, position + 1), self.vocabulary.words.get(word)
        terms = frozenset({stem(word)})
        if word in STOP_WORDS:
            return Sense(*span, STOP)
        if word.isdigit():
            return Sense(*span, NUMBER, terms=terms)
        if count is not None and count > FEW:
            return Sense(*span, SURE + WORD_PRIOR * log10(count), terms=terms)
        if count is not None:
            usual = frozenset(stem(other) for other in self._usual_spellings(word, count))
            return Sense(*span, RARE + 0.01 * count, terms=terms | usual, is_weak=True)
        if same := self.vocabulary.count_of_stem(word):
            return Sense(*span, SAME_STEM + WORD_PRIOR * log10(same), terms=terms, is_weak=True)
        if len(word) >= BEGUN and (begun := self.vocabulary.words_beginning(word)):
            return Sense(*span, BEGINNING, terms=frozenset(map(stem, begun)), is_weak=True)
        return Sense(*span, UNKNOWN, terms=terms, is_weak=True)

    def _usual_spellings(self, word, count):
        """A slip that a listing makes too, or the beginning of a word: what is usual counts as well."""
        like = [other for other, _likeness in self.vocabulary.words_like.like(word)]
        usual = [*like, *(self.vocabulary.words_beginning(word) if len(word) >= BEGUN else ())]
        return [other for other in usual if self.vocabulary.words.get(other, 0) >= MANY_MORE * (1 + count)]

    def _number(self, position, word):
        """ "13e", "13ème arrondissement": every city that has such a borough; "13": a département, too."""
        found = _NUMBER.fullmatch(word)
        if not found:
            return
        number, ordinal = found.groups()
        boroughs = tuple(self.vocabulary.boroughs.get(int(number), ())) if number.isdigit() else ()
        end = position + 1
        is_borough = bool(ordinal) or (end < len(self.said) and self.said[end] in BOROUGH_WORDS)
        if is_borough:
            end += end < len(self.said) and self.said[end] in BOROUGH_WORDS
            if boroughs:
                yield Sense(position, end, NEED_WORD * (end - position), boroughs)
            return
        department = self.vocabulary.departments.get(number) if len(number) > 1 else None
        names = (*((department,) if department else ()), *boroughs)
        if names:
            yield Sense(position, end, NUMBER + 0.1, names, is_number=True)

    # -- As it may have been meant ---------------------------------------------------------------

    def _misspelled(self, weak):
        for start, end, text in self._runs(LONGEST_NAME):
            is_single = end - start == 1
            if weak.isdisjoint(range(start, end)) or (is_single and text in STOP_WORDS | STREET_WORDS):
                continue
            if any(word.isdigit() for word in self.said[start:end]):
                continue
            yield from self._misspelled_name(start, end, text)
            yield from self._misspelled_words(start, end, text)

    def _misspelled_name(self, start, end, text):
        best = None
        for other, likeness in self.vocabulary.names_like.like(text):
            names = self.vocabulary.names[other]
            score = name_score(names[0], end - start) - slip_cost(text, other, likeness)
            if best is None or (score, other) > (best.score, best.meant):
                best = Sense(start, end, score, names, meant=other)
        if best:
            yield best

    def _misspelled_words(self, start, end, text):
        best = None
        for other, likeness in self.vocabulary.words_like.like(text):
            said = other.split()
            meaning = self.vocabulary.need(said)
            if not meaning and (end - start > 1 or len(said) > 1):
                continue
            worth = (
                MISSPELLED_NEED_WORD * (end - start)
                if meaning
                else SURE + WORD_PRIOR * log10(self.vocabulary.words[other])
            )
            score = worth - slip_cost(text, other, likeness)
            if best is None or (score, other) > (best.score, best.meant):
                terms = frozenset(stem(word) for word in said if word not in STOP_WORDS)
                best = Sense(start, end, score, meaning=meaning, terms=terms, meant=other)
        if best:
            yield best


def name_score(name, length):
    """The longer the name, the more each of its words says: two names in a row are hardly ever meant."""
    several = (length - 1) * name.fit.worth + length * OF_SEVERAL + (length - 2) * OF_SEVERAL
    return name.likelihood + (several if length > 1 else 0)


def slip_cost(text, other, likeness):
    """Each wrong letter costs; in a short word, where it may make another word, it costs more."""
    length = max(len(text), len(other))
    return (1 - likeness) * length * max(SLIP, SHORT_SLIP / length)


def need_score(length):
    return NEED_WORD * length


def best_path(length, senses):
    """The senses, one after the other, that cover all words with the highest sum; of equals the longest."""
    by_end = [[] for _ in range(length + 1)]
    for sense in senses:
        by_end[sense.end].append(sense)
    best = [(0.0, 0, ())]
    for end in range(1, length + 1):
        best.append(
            max(
                (
                    (
                        best[sense.start][0] + sense.score,
                        -len(best[sense.start][2]),
                        (*best[sense.start][2], sense),
                    )
                    for sense in by_end[end]
                ),
                key=lambda found: found[:2],
            )
        )
    return best[length][2]
