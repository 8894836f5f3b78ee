"""Where a query means, when it names several places on the ground: the smaller within the larger. Pure."""

from dataclasses import dataclass, replace

from places.domain.identifiers import department_of
from places.domain.text import STOP_WORDS

from .likeness import alike
from .names import Fit, Kind, Name
from .senses import COMMON, STREET_WORDS

TOWNS = {Kind.COMMUNE, Kind.BOROUGH}

# A town is likelier meant than a neighbourhood of the same name somewhere else.
TOWN_PRIOR = 0.3

LONGEST = 4


@dataclass(frozen=True)
class Where:
    """What one mention may mean, the likeliest first; `typed` are its words."""

    typed: str
    names: tuple[Name, ...]


def settle(path, said, postcode, vocabulary):
    """(Where or None, positions of the words that said it) of the senses `path` of the words `said`."""
    return _Ground(path, said, postcode, vocabulary).settled()


class _Ground:
    def __init__(self, path, said, postcode, vocabulary):
        self.path, self.said, self.postcode, self.vocabulary = path, said, postcode, vocabulary
        self.is_address = not STREET_WORDS.isdisjoint(said)
        self.mentions = self._mentions()

    def settled(self):
        names, used = self._nested() or self._single() or ((), set())
        if names and names[0].kind in TOWNS and (found := self._neighbourhood(names, used)):
            names, used = found
        if not names:
            return None, used
        typed = " ".join(self.said[position] for position in sorted(used))
        return Where(" ".join(filter(None, (typed, self.postcode))), names), used

    def _mentions(self):
        """The senses that name something; with a postcode, only what lies in it, or in its département."""
        mentions = [sense for sense in self.path if sense.names]
        if not self.postcode:
            return mentions
        kept = []
        inside = set(self.vocabulary.postcodes.get(self.postcode, ()))
        department = self.vocabulary.departments.get((department_of(self.postcode) or "").casefold())
        for sense in mentions:
            names = [
                name for name in sense.names if name.pk in inside or not inside.isdisjoint(name.communes)
            ]
            names = names or [name for name in sense.names if department and name.department == department.pk]
            if names:
                kept.append(replace(sense, names=tuple(names)))
        return kept

    def _nested(self):
        """(names, positions) of the smallest of what is named within something else that is named."""
        best = None
        for inner in self.mentions:
            if self._names_a_street(inner):  # "rue Ampère, Strasbourg" is not in the neighbourhood of Ampère
                continue
            outers = [other for other in self.mentions if other is not inner and self._may_nest(inner, other)]
            names, around = inner.names, []
            for outer in outers:
                within = tuple(name for name in names if any(lies_in(name, other) for other in outer.names))
                if within:
                    names, around = within, [*around, outer]
            if around:
                worth = (len(around), SIZES[names[0].kind], names[0].likelihood)
                if best is None or worth > best[0]:
                    best = worth, names, positions(inner, *around)
        return best and best[1:]

    def _may_nest(self, sense, other):
        """A bare number speaks of the name that it stands beside only: it may be that of a house."""
        if sense.is_number or other.is_number:
            return sense.end == other.start or other.end == sense.start
        return True

    def _single(self):
        """(names, positions) of the likeliest mention."""
        mentions = [found for sense in self.mentions if (found := self._alone(sense))]
        if not mentions:
            return None
        chosen = max(mentions, key=self._likelihood)
        return chosen.names, positions(chosen)

    def _alone(self, sense):
        """`sense`, if it can be meant without a town around it.

        A bare number is a département when it stands first or last, of no address. One word of the long
        name of a neighbourhood is rather a word of listings, if there are others: "espace Pablo Picasso".
        """
        if not sense.is_number:
            name = sense.names[0]
            is_fragment = name.kind is Kind.NEIGHBOURHOOD and name.fit is Fit.PART and sense.length == 1
            return None if is_fragment and len(self.said) > 1 else sense
        is_department = sense.names[0].kind is Kind.DEPARTMENT and not self.is_address
        at_end = sense.start == 0 or sense.end == len(self.said)
        return replace(sense, names=sense.names[:1]) if is_department and at_end else None

    def _likelihood(self, sense):
        town = TOWN_PRIOR if sense.names[0].kind is not Kind.NEIGHBOURHOOD else 0
        # "12 rue de Paris, Lille": the town comes last, and not right after "rue de".
        position = sense.start if self.is_address else 0
        return not self._names_a_street(sense), position, sense.score / sense.length + town

    def _names_a_street(self, sense):
        before = sense.start - 1
        while before >= 0 and self.said[before] in STOP_WORDS:
            before -= 1
        if before < 0 or self.said[before] not in STREET_WORDS:
            return False
        return before == 0 or not self.said[before - 1].startswith("grand")  # "Grande Rue, Athie"

    def _neighbourhood(self, towns, used):
        """(names, positions) of a neighbourhood of one of the `towns` that free words name, slips allowed."""
        if self.is_address:
            return None
        texts = list(self._runs(used))
        for town in towns:
            near = self.vocabulary.in_commune.get(town.pk, ())
            found = [
                (likeness, name.fit, len(run), run, name)
                for text, run in texts
                for title, name in near
                if (likeness := alike(text, title))
            ]
            if found:
                *_, run, name = max(found, key=lambda one: (*one[:3], -one[4].pk))
                return (name,), used | set(run)
        return None

    def _runs(self, used):
        """(text, positions) of free words that may name a neighbourhood."""
        free = set(range(len(self.said))) - used
        free -= {n for sense in self.path if sense.meaning for n in range(sense.start, sense.end)}
        for start in sorted(free):
            for end in range(start + 1, start + LONGEST + 1):
                run = range(start, end)
                if not free.issuperset(run):
                    break
                telling = [word for word in self.said[start:end] if word not in STOP_WORDS]
                if any(self.vocabulary.words.get(word, 0) < COMMON for word in telling):
                    yield " ".join(self.said[start:end]), run


# The smaller, the more it says.
SIZES = {Kind.DEPARTMENT: 0, Kind.COMMUNE: 1, Kind.BOROUGH: 2, Kind.NEIGHBOURHOOD: 3}


def positions(*senses):
    return {position for sense in senses for position in range(sense.start, sense.end)}


def lies_in(inner, outer):
    if SIZES[inner.kind] <= SIZES[outer.kind]:
        return False
    if outer.kind is Kind.DEPARTMENT:
        return inner.department == outer.pk
    return outer.pk in inner.communes
