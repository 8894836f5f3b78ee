"""Which words of a query name a street: those after "rue", "avenue"… or between a number and a town."""

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from places.domain.text import STOP_WORDS, stem, words

from .senses import LONGEST_NAME
from .understanding import MAX_WORDS
from .vocabulary import Fit, Kind, Vocabulary

# Kinds of street. The first say so by themselves, the second before an article ("place de la Mairie"),
# the third only after a number: "cours de français" and "cité de l'emploi" are no addresses.
_SURELY = "rue avenue boulevard impasse allee allees chemin quai ruelle venelle esplanade square"
_PERHAPS = "place route chaussee promenade faubourg parvis sentier"
_RARELY = "cours passage cite residence villa voie mail montee cour galerie clos lotissement"
_ALONE, _BEFORE_ARTICLE, _AFTER_NUMBER = (frozenset(kinds.split()) for kinds in (_SURELY, _PERHAPS, _RARELY))
_SHORT = {"r": "rue", "imp": "impasse", "all": "allee", "che": "chemin", "chem": "chemin", "rte": "route"}
_SHORT |= {"sq": "square", "bvd": "boulevard", "boul": "boulevard", "crs": "cours", "res": "residence"}
# "Grande Rue" tells itself apart.
_MAIN = frozenset({"grand", "grande", "haute", "basse", "petite", "vieille"})

_NUMBER = re.compile(r"\d{1,4}[a-d]?")
_AFTER_A_NUMBER = frozenset({"bis", "ter", "quater", "a", "b", "c", "d"})
_POSTCODE = re.compile(r"\d{5}")
_ARTICLES = frozenset({"de", "du", "des", "d", "la", "le", "les", "l", "au", "aux"})
# A street is called Saint-Honoré, not Saint: the word after such a one is the first that tells it apart.
_TITLE_WORDS = "saint sainte notre general gal marechal mal docteur dr faubourg"
_TITLES = frozenset(_TITLE_WORDS.split())

# A word of the query and one of the address are the same but for a slip.
SAME_WORD = 0.75


@dataclass(frozen=True)
class Street:
    """Words of a query that name a street, and the others."""

    said: tuple[str, ...]
    start: int  # of the number, or of "rue"
    heart: int  # the first word that tells the street apart
    end: int  # the first word that cannot belong to its name
    sent: tuple[int, ...]  # positions of the words that make the address: number, street, town

    @property
    def typed(self) -> str:
        return " ".join(self.said[self.start : self.end])

    @property
    def text(self) -> str:
        """The address, as it was typed, without what is asked for there."""
        return " ".join(self.said[position] for position in self.sent)

    @property
    def rest(self) -> str:
        """All but the street."""
        return " ".join(self.said[: self.start] + self.said[self.end :])

    def is_called(self, label: str) -> bool:
        """Whether `label` has the word that tells this street apart."""
        return self.heart not in self._missing_in(label)

    def is_in_town_of(self, label: str) -> bool:
        """Whether `label` has the words of town that were typed with the street, if any were."""
        missing = self._missing_in(label)
        return not any(n in missing for n in self.sent if not self.start <= n < self.end)

    def left_by(self, label: str) -> str:
        """The words that say something else than `label`: a need, a kind of place."""
        missing = self._missing_in(label) - set(range(self.start, self.heart + 1))
        said = (self.said[n] for n in sorted(missing))
        return " ".join(word for word in said if word != "cedex" and not word.isdigit())

    def _missing_in(self, label):
        held = words(label)
        return {n for n, word in enumerate(self.said) if not any(_same(word, other) for other in held)}


def _same(word, other):
    if len(word) < 4 or word.isdigit():
        return word == other
    return OSA.normalized_similarity(word, other) >= SAME_WORD


def street_in(query: str, vocabulary: Vocabulary) -> Street | None:
    """The street that `query` names, or None: no street, or one that is a neighbourhood of ours."""
    said = words(query)[:MAX_WORDS]
    for kind in range(len(said)):
        first = kind - 1 if kind and said[kind] == "rue" and said[kind - 1] in _MAIN else kind
        start = _number_before(said, first)
        heart = kind if first < kind else _heart(said, kind, has_number=start < first)
        if heart is None:
            continue
        if start == first and _is_name_of_ours(said, first, heart, vocabulary):
            return None
        return _street(tuple(said), start, heart, vocabulary)
    return None


def _number_before(said, position):
    """Where the number before `position` starts ("12 bis"), or `position`."""
    start = position
    if start >= 2 and said[start - 1] in _AFTER_A_NUMBER:
        start -= 1
    return start - 1 if start and _NUMBER.fullmatch(said[start - 1]) else position


def _heart(said, position, *, has_number):
    """Where the first telling word of the street whose kind stands at `position` is; None if it is none."""
    heart = position + 1
    while heart < len(said) and (said[heart] in _ARTICLES or said[heart] in _TITLES):
        heart += 1
    if heart >= len(said) or said[heart] in STOP_WORDS or _POSTCODE.fullmatch(said[heart]):
        return None
    has_article = said[position + 1] in _ARTICLES or (said[position] == "place" and position == 0)
    return heart if _is_street(said[position], has_article, has_number) else None


def _is_street(kind, has_article, has_number):
    if kind in _ALONE or (kind in _BEFORE_ARTICLE and has_article):
        return True
    if not has_number:
        return False
    full = _SHORT.get(kind, kind)
    return full in _ALONE | _BEFORE_ARTICLE | _AFTER_NUMBER or any(_same(kind, other) for other in _ALONE)


def _is_name_of_ours(said, position, heart, vocabulary):
    """Whether "rue de Paris" is a neighbourhood here, or "rue Lyon" hardly a street."""
    longest = min(len(said), position + LONGEST_NAME)
    if any(" ".join(said[position:end]) in vocabulary.names for end in range(heart + 1, longest + 1)):
        return True
    return heart == position + 1 and _town_end(said, heart, vocabulary) == len(said)


def _street(said, start, heart, vocabulary):
    end, not_sent = heart + 1, set(range(start)) - _town_before(said[:start], vocabulary)
    position = heart + 1
    while position < len(said):
        need_end = _need_end(said, position, vocabulary)
        if need_end:
            not_sent.update(range(position, need_end))
        elif end == position and not _is_town(said, position, vocabulary):
            end += 1
        position = need_end or position + 1
    sent = tuple(n for n in range(len(said)) if n not in not_sent)
    return Street(said, start, heart, end, sent)


def _town_before(said, vocabulary):
    """Positions of the words before the street that name a town: "Brest rue de Siam"."""
    found = set()
    for position in range(len(said)):
        if _is_town(said, position, vocabulary):
            found.update(range(position, _town_end(said, position, vocabulary) or position + 1))
    return found


def _is_town(said, start, vocabulary):
    return bool(_POSTCODE.fullmatch(said[start]) or _town_end(said, start, vocabulary))


def _town_end(said, start, vocabulary):
    """Where the name of a town that begins at `start` ends; 0 if none does."""
    for end in range(min(len(said), start + LONGEST_NAME), start, -1):
        names = vocabulary.names.get(" ".join(said[start:end]), ())
        if any(name.kind in (Kind.COMMUNE, Kind.BOROUGH) and name.fit is not Fit.PART for name in names):
            return end
    return 0


def _need_end(said, start, vocabulary):
    """Where the words of a need that begins at `start` end; 0 if none does."""
    stems = [stem(word) for word in said[start : start + 4]]
    for size in range(len(stems), 0, -1):
        if tuple(stems[:size]) in vocabulary.needs:
            return start + size
    return 0
