"""Which known texts are most like a misspelled one. Pure."""

from bisect import bisect_left, bisect_right
from collections import defaultdict

from rapidfuzz import process
from rapidfuzz.distance import OSA

from places.domain.phonetics import sound
from places.domain.text import STOP_WORDS

# How alike two texts must be: one slip in five letters, two in ten, never more than three.
ALIKE = 0.8
LONGEST_SLIP = 3
SHORTEST = 4

# Texts that sound the same are that much alike at least, if their letters are so much.
HEARD, HEARD_ALIKE = 0.9, 0.6
SHORTEST_SOUND = 3

# A slip seldom touches both ends of a word: those that share one are the only ones compared. A short word is
# nearly all ends: there the first letter and the last two are enough, or the first two and the last.
END = 3
SHORT_WORD = 6
LIMIT = 20

# Of 0.8 asked, rapidfuzz refuses 4 letters of 5: for it, 1 - 0.8 is less than a fifth.
ROUNDING = 1e-6


class Lexicon:
    """Texts, folded, found again by others that are like them. Sorted lists: they take little more room
    than what they list."""

    def __init__(self, texts):
        ends, heard, by_sound = defaultdict(list), {}, []
        for text in texts:
            for end in _ends(text):
                ends[end].append(text)
            if len(text) >= SHORTEST:
                by_sound.append((_sound(text, heard), text))
        by_sound.sort()
        self._sounds, self._heard = [key for key, _text in by_sound], [text for _key, text in by_sound]
        self._by_end = {end: sorted(called, key=len) for end, called in ends.items()}

    def like(self, text: str) -> list[tuple[str, float]]:
        """[(known text, likeness from ALIKE to 1)], `text` itself left out, in no order."""
        if len(text) < SHORTEST:
            return []
        slip = min(LONGEST_SLIP, int(len(text) * (1 - ALIKE)) + 1)
        near = []
        for end in _ends(text):
            called = self._by_end.get(end, ())
            first = bisect_left(called, len(text) - slip, key=len)
            near += called[first : bisect_right(called, len(text) + slip, first, key=len)]
        found = dict(_compare(text, near, ALIKE))
        key = _sound(text, {})
        if len(key) >= SHORTEST_SOUND:
            first = bisect_left(self._sounds, key)
            alike = self._heard[first : bisect_right(self._sounds, key, first)]
            found |= {other: max(ratio, HEARD) for other, ratio in _compare(text, alike, HEARD_ALIKE)}
        found.pop(text, None)
        return list(found.items())


def _compare(text, others, cutoff):
    matches = process.extract(
        text, others, scorer=OSA.normalized_similarity, score_cutoff=cutoff - ROUNDING, limit=LIMIT
    )
    return [(other, alike) for other, alike, _index in matches]


def _ends(text):
    """What its texts are listed by; one that is short but for a slip is listed among the short ones too."""
    yield from (f"{text[:END]}…", f"…{text[-END:]}")
    if len(text) <= SHORT_WORD + 1:
        yield from (f"{text[:1]}…{text[-2:]}", f"{text[:2]}…{text[-1:]}")


def _sound(text, heard):
    """How `text` sounds, its little words left out; `heard` keeps the sounds of words, that come again."""
    said = text.split()
    telling = [word for word in said if word not in STOP_WORDS] or said
    for word in telling:
        if word not in heard:
            heard[word] = sound(word)
    return "".join(heard[word] for word in telling)


def alike(text: str, other: str) -> float:
    """From ALIKE to 1, or 0 when `other` is not meant by `text`."""
    likeness = OSA.normalized_similarity(text, other)
    if likeness == 1 or (likeness >= ALIKE and len(text) >= SHORTEST):
        return likeness
    heard = _sound(text, {})
    is_heard = len(heard) >= SHORTEST_SOUND and heard == _sound(other, {})
    return HEARD if is_heard and likeness >= HEARD_ALIKE else 0.0
