"""What was meant: needs, places on the ground, and words to look for. Pure but for its vocabulary."""

import re
from dataclasses import dataclass, field, replace
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from places.domain.text import STOP_WORDS, stem, words

from .vocabulary import Kind, Meaning, Name, Vocabulary

MAX_WORDS = 12
LONGEST_NAME = 6

# How alike a misspelled word and the one that was meant must be: one slip in six letters, two in ten.
ALIKE = 0.8
# Of several words together, one slip in seven letters.
ALIKE_RUN = 0.86
LONGEST_SLIP = 3

_BOROUGH_NUMBER = re.compile(r"(\d{1,2})(er|e|eme|ieme|em|nd)?")
_BOROUGH_WORDS = {"arrondissement", "arr", "ardt", "arrdt"}
_POSTCODE = re.compile(r"\d{5}")

# Of a beginning of a word, at most so many words that begin so are looked for.
PREFIX_WORDS = 6

# A word that so many listings bear is a word of theirs, whatever neighbourhood is called like it.
COMMON = 20


@dataclass(frozen=True)
class Group:
    """One thing asked for: any of the terms, or of the services or themes, answers it."""

    label: str
    typed: str
    terms: frozenset[str]
    services: frozenset[int] = frozenset()
    themes: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Where:
    """Places on the ground that one mention may mean, the likeliest first; `typed` are its words."""

    typed: str
    names: tuple[Name, ...]


@dataclass
class Understanding:
    groups: list[Group] = field(default_factory=list)
    where: Where | None = None
    postcode: str = ""
    corrected: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_empty(self):
        return not (self.groups or self.where or self.postcode)


def understand(query: str, vocabulary: Vocabulary) -> Understanding:
    """What `query` means. Words that mean nothing here are left as words to look for, never an error."""
    return _Reading(words(query)[:MAX_WORDS], vocabulary).result()


class _Reading:
    """The words of one query; each step takes those that it understands."""

    def __init__(self, said, vocabulary):
        self.said, self.vocabulary = said, vocabulary
        self.is_free = [True] * len(said)
        self.mentions = []
        self.understanding = Understanding()

    def result(self):
        self._take_postcode()
        self._take_borough()
        self._take_names(shortest=2)
        self._take_misspelled_names()
        self._take_needs()
        self._take_names(shortest=1)
        self._take_department()
        self._take_words()
        self._settle_where()
        return self.understanding

    # -- Steps -----------------------------------------------------------------------------------

    def _windows(self, longest, shortest=1):
        """Runs of free words, the longest first, from left to right."""
        for size in range(min(longest, len(self.said)), shortest - 1, -1):
            for start in range(len(self.said) - size + 1):
                if all(self.is_free[start : start + size]):
                    yield start, start + size

    def _take(self, start, end):
        self.is_free[start:end] = [False] * (end - start)
        return " ".join(self.said[start:end])

    def _take_postcode(self):
        for position, word in enumerate(self.said):
            if _POSTCODE.fullmatch(word):
                self.understanding.postcode = self._take(position, position + 1)
                return

    def _take_borough(self):
        """ "Paris 13", "lyon 3e", "13ème": of a number alone, every city that has such a borough."""
        for position, word in enumerate(self.said):
            found = _BOROUGH_NUMBER.fullmatch(word)
            if not found or not self.is_free[position]:
                continue
            called = self.vocabulary.boroughs.get(int(found[1]), [])
            start, end = position, position + 1
            if end < len(self.said) and self.said[end] in _BOROUGH_WORDS:
                end += 1
            cities = {city for city, _name in called}
            city = next(
                (
                    self.said[n]
                    for n in (start - 1, end)
                    if 0 <= n < len(self.said) and self.said[n] in cities
                ),
                None,
            )
            if not called or not (found[2] or city or end > position + 1):
                continue
            if city:
                start, end = (start - 1, end) if start and self.said[start - 1] == city else (start, end + 1)
            names = [name for its_city, name in called if city in (None, its_city)]
            names.sort(key=lambda name: name.rank, reverse=True)
            self.mentions.append(Where(self._take(start, end), tuple(names)))
            return

    def _take_names(self, shortest):
        for start, end in self._windows(LONGEST_NAME, shortest):
            text = " ".join(self.said[start:end])
            names = self.vocabulary.names.get(text)
            if names and end - start == 1:
                names = self._told_alone(text, names)
            if names:
                self.mentions.append(Where(self._take(start, end), tuple(names)))
            if not any(self.is_free):
                return

    def _told_alone(self, word, names):
        """Those of `names` that a word by itself may mean: "médiathèque" is no neighbourhood of that name."""
        if word in STOP_WORDS and len(self.said) > 1:
            return []
        is_common = self.vocabulary.words.get(word, 0) >= COMMON
        return [name for name in names if not (is_common and name.kind is Kind.NEIGHBOURHOOD)]

    def _take_misspelled_names(self):
        """Names of several words with an unknown one among them: "val fouré" before the town of Le Val."""
        if all(self._is_known(word) for word in self.said):
            return
        for start, end in self._windows(LONGEST_NAME, 2):
            run = self.said[start:end]
            if self._is_known(run[0]) and self._is_known(run[-1]):
                continue
            for other, _ratio in self._alike(" ".join(run), self.vocabulary.names_by_length, ALIKE_RUN)[:1]:
                if " " in other:
                    names = tuple(self.vocabulary.names[other])
                    typed = self._take(start, end)
                    self.understanding.corrected.append((typed, names[0].label))
                    self.mentions.append(Where(typed, names))
                    return

    def _is_known(self, word):
        known = (self.vocabulary.words, self.vocabulary.names, self.vocabulary.need_words, STOP_WORDS)
        return any(word in held for held in known) or word.isdigit()

    def _take_needs(self):
        stems = [stem(word) for word in self.said]
        for start, end in self._windows(4):
            meaning = self.vocabulary.needs.get(tuple(stems[start:end]))
            if meaning:
                self._add_need(meaning, self._take(start, end))

    def _add_need(self, meaning: Meaning, typed):
        terms = meaning.terms | {stem(word) for word in typed.split() if word not in STOP_WORDS}
        self.understanding.groups.append(
            Group(meaning.name, typed, frozenset(terms), meaning.services, meaning.themes)
        )

    def _take_department(self):
        """A number of département, when it stands last: "médiathèque 93"."""
        last = len(self.said) - 1
        name = self.vocabulary.departments.get(self.said[last].zfill(2)) if self.said else None
        if name and self.is_free[last]:
            self.mentions.append(Where(self._take(last, last + 1), (name,)))

    def _take_words(self):
        for position, word in enumerate(self.said):
            if not self.is_free[position] or word in STOP_WORDS:
                continue
            known = self._known_terms(word)
            if not known:
                self._take_misspelled(position)
            else:
                self._take(position, position + 1)
                self.understanding.groups.append(Group(word, word, known))

    def _known_terms(self, word):
        if stem(word) in self.vocabulary.stems or word.isdigit():
            rare = self.vocabulary.words.get(word, 0) <= 2 and not word.isdigit()
            # A slip that a listing makes too: the usual spelling counts as well.
            usual = self._alike(word, self.vocabulary.words_by_length, 0.88) if rare else []
            usual = [other for other, _ratio in usual if self.vocabulary.words.get(other, 0) >= 20]
            return frozenset(stem(other) for other in (word, *usual))
        if len(word) >= 3:
            begun = [other for other in self.vocabulary.words if other.startswith(word)]
            begun.sort(key=lambda other: (-self.vocabulary.words[other], other))
            return frozenset(stem(other) for other in begun[:PREFIX_WORDS])
        return frozenset()

    def _take_misspelled(self, position):
        """The name or the word most like an unknown word, with its neighbours if that fits better."""
        word = self.said[position]
        best = (0, 0, None)
        for start, end in self._windows(4):
            text = " ".join(self.said[start:end])
            if start <= position < end and len(text) >= 4:
                for other, ratio in self._alike(text, self.vocabulary.names_by_length, ALIKE)[:1]:
                    best = max(best, (ratio + 0.02 * (end - start - 1), ratio, (start, end, other)))
        for other, ratio in self._alike(word, self.vocabulary.words_by_length, ALIKE)[:1]:
            # A word of the listings is likelier than the name of one of 35,000 communes.
            name = best[2]
            populous = name and self.vocabulary.names[name[2]][0].place_count > 0
            if ratio + (0 if populous else 0.06) >= best[0]:
                best = (ratio, ratio, (position, position + 1, None))
                meant = other
        if best[2] is None:
            self._take(position, position + 1)
            self.understanding.groups.append(Group(word, word, frozenset({stem(word)})))
            return
        start, end, name = best[2]
        typed = self._take(start, end)
        if name:
            self.understanding.corrected.append((typed, self.vocabulary.names[name][0].label))
            self.mentions.append(Where(typed, tuple(self.vocabulary.names[name])))
            return
        self.understanding.corrected.append((typed, meant))
        if meaning := self.vocabulary.needs.get((stem(meant),)):
            self._add_need(meaning, meant)
        else:
            self.understanding.groups.append(Group(meant, typed, frozenset({stem(meant)})))

    def _alike(self, text, by_length, cutoff):
        """[(text, ratio)] most like `text`, best first; of equals the most frequent."""
        if len(text) < 4:
            return []
        choices = [
            other
            for length in range(len(text) - LONGEST_SLIP, len(text) + LONGEST_SLIP + 1)
            for other in by_length.get(length, ())
        ]
        found = process.extract(text, choices, scorer=OSA.normalized_similarity, score_cutoff=cutoff, limit=8)
        pairs = [(other, ratio) for other, ratio, _index in found]
        pairs.sort(key=lambda pair: (-round(pair[1], 3), -self._frequency(pair[0]), pair[0]))
        return pairs

    def _frequency(self, text):
        if text in self.vocabulary.names:
            name = self.vocabulary.names[text][0]
            return name.place_count * 1_000 + name.population / 1_000
        return self.vocabulary.words.get(text, 0)

    # -- Several mentions of where ---------------------------------------------------------------

    def _settle_where(self):
        """One place on the ground: of several mentions, the two that lie in one another, the smaller."""
        if not self.mentions:
            return
        together = self._nested()
        chosen = together or max(
            self.mentions, key=lambda where: (where.names[0].place_count > 0, where.names[0].rank)
        )
        self.understanding.where = chosen
        used = {chosen.typed} if not together else set(together.typed.split(" | "))
        for where in self.mentions:
            if where.typed not in used:
                self._read_as_words(where.typed)
        if together:
            self.understanding.where = replace(together, typed=together.typed.replace(" | ", " "))

    def _nested(self):
        """A neighbourhood, borough or commune that lies in another place that is named too."""
        found = []
        for inner, outer in product(self.mentions, repeat=2):
            if inner is outer:
                continue
            names = [name for name in inner.names if any(_lies_in(name, other) for other in outer.names)]
            if names:
                found.append(Where(f"{inner.typed} | {outer.typed}", tuple(names)))
        return max(found, key=lambda where: where.names[0].rank, default=None)

    def _read_as_words(self, typed):
        terms = [word for word in typed.split() if word not in STOP_WORDS]
        for word in terms:
            self.understanding.groups.append(Group(word, word, frozenset({stem(word)})))


def _lies_in(inner, outer):
    if outer.kind is Kind.DEPARTMENT:
        return inner.kind is not Kind.DEPARTMENT and inner.department == outer.pk
    if inner.kind is Kind.NEIGHBOURHOOD:
        return outer.kind is not Kind.NEIGHBOURHOOD and outer.pk in inner.communes
    return inner.kind is Kind.BOROUGH and outer.kind is Kind.COMMUNE and outer.pk in inner.communes
