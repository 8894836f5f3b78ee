"""Names found by their first letters, and when none begins so, by letters that are nearly the same."""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from heapq import nsmallest
from itertools import chain
from operator import itemgetter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from places.domain.text import STOP_WORDS

# One letter says nothing: it begins half of all names.
SHORTEST = 2

# One slip in five letters, as in the search itself, with the first letter right.
ALIKE = 0.78
SHORTEST_ALIKE, MOST_ALIKE = 4, 50

# So many places with one of the words are looked through for the others, and so many kept to choose from.
MOST_LOOKED_THROUGH, MOST_CHOSEN_FROM = 5_000, 40


class Beginnings:
    """Rows under the texts that they are called by; of equals the one given first is the better."""

    def __init__(self, entries):
        ranked = sorted(((text, rank, row) for rank, (text, row) in enumerate(entries)), key=itemgetter(0, 1))
        self._texts = [text for text, _rank, _row in ranked]
        self._ranks = array("L", (rank for _text, rank, _row in ranked))
        self._rows = [row for _text, _rank, row in ranked]

    def starting(self, texts, most):
        """At most `most` rows that are called one of `texts`, then those whose name begins so."""
        ranges = chain.from_iterable(range(*self._range(text)) for text in texts)
        best = nsmallest(most * 3, ranges, key=lambda n: (self._texts[n] not in texts, self._ranks[n]))
        return self._distinct(best, most)

    def like(self, texts, most):
        """At most `most` rows whose name, or its beginning, is the last of `texts` but for a slip."""
        text = texts[-1]
        if len(text) < SHORTEST_ALIKE:
            return []
        begun = defaultdict(list)
        for n in range(*self._range(text[0])):
            for length in (len(text), len(text) + 1):  # a letter left out makes what follows come sooner
                begun[self._texts[n][:length]].append(n)
        found = process.extract(
            text, begun.keys(), scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=MOST_ALIKE
        )
        near = (
            (-round(ratio, 3), self._texts[n] != other, self._ranks[n], n)
            for other, ratio, _key in found
            for n in begun[other]
        )
        return self._distinct([n for *_likeness, n in nsmallest(most * 3, near)], most)

    def _range(self, text):
        return bisect_left(self._texts, text), bisect_right(self._texts, text + "\U0010ffff")

    def _distinct(self, numbers, most):
        return list(dict.fromkeys(self._rows[n] for n in numbers))[:most]


class PlaceNames:
    """Names of places with their towns, in one text: it takes no more room than they are long."""

    def __init__(self, rows):
        """`rows` of (key, folded name, folded town), the best first."""
        self._keys, self._starts, lines, start = array("L"), array("L"), [], 0
        for key, name, town in rows:
            lines.append(f" {name} {town}\n")
            self._keys.append(key)
            self._starts.append(start)
            start += len(lines[-1])
        self._starts.append(start)
        self._text = "".join(lines)

    def holding(self, said, most):
        """At most `most` keys of places with words that begin with each of `said`."""
        telling = [f" {word}" for word in said if word not in STOP_WORDS and len(word) >= SHORTEST]
        if not telling:
            return []
        beginning = " " + " ".join(said)
        found = self._lines(max(telling, key=len), telling)
        best = nsmallest(most, found, key=lambda n: (not self._line(n).startswith(beginning), n))
        return [self._keys[n] for n in best]

    def has(self, word):
        return f" {word}" in self._text

    def _lines(self, sought, telling):
        """Numbers of lines with all of `telling`, found by `sought`: the best ones when there are many."""
        chosen, start = [], 0
        for _turn in range(MOST_LOOKED_THROUGH):
            start = self._text.find(sought, start)
            if start < 0 or len(chosen) == MOST_CHOSEN_FROM:
                break
            n = bisect_right(self._starts, start) - 1
            if all(word in self._line(n) for word in telling):
                chosen.append(n)
            start = self._starts[n + 1]
        return chosen

    def _line(self, n):
        return self._text[self._starts[n] : self._starts[n + 1]]
