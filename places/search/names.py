"""The names of the territory, with all that people call them. Read from the database, held in memory."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from math import log10

from django.db.models import Count

from places.domain.text import fold, words
from places.models import Commune, Department, FormerName, Neighbourhood, Place, Predecessor, coordinates_of

from .likeness import Lexicon

ARTICLES = {"le", "la", "les", "l"}

# Words of names that name nothing by themselves.
_VAGUE = """
centre ville nord sud est ouest quartier quartiers secteur cite haut bas hauts grand grande grands petit
petite gare plateau parc bourg rue avenue residence hlm zup zac saint sainte mont val bois pont chateau
port place la le les en sur sous de du des d l aux au
"""
VAGUE_WORDS = frozenset(_VAGUE.split())
_LINKS = {
    "les",
    "le",
    "la",
    "l",
    "en",
    "sur",
    "sous",
    "de",
    "du",
    "des",
    "d",
    "aux",
    "au",
    "et",
    "a",
    "saint",
}
_BOROUGH = re.compile(r".+ (\d+)\w* arrondissement")

# How many people one may think of who says the name of something of unknown population; a neighbourhood
# is known to fewer people than a town of its size.
COMMUNE_POPULATION = 3_000
NEIGHBOURHOOD_POPULATION = 1_000
DEPARTMENT_POPULATION = 25_000

# Of the people of a commune that took others in, such a part lives in one of these; a village of today that
# is called the same is rather meant than a part of a town.
MERGED, MERGED_MOST = 10, 300

# People say "Mantes" for a town, hardly for a village.
SHORTENED_POPULATION = 1_000
SHORTEST_PART = 4


class Kind(StrEnum):
    COMMUNE = "COMMUNE"
    BOROUGH = "BOROUGH"
    NEIGHBOURHOOD = "NEIGHBOURHOOD"
    DEPARTMENT = "DEPARTMENT"


class Fit(IntEnum):
    """How well a text names something."""

    PART = 0  # "Mantes" for Mantes-la-Jolie
    FORMER = 1
    WHOLE = 2

    @property
    def worth(self):
        return _WORTH[self]


# A large town is likelier meant by a part of its name than a village by the whole: ten times as many people
# weigh as much as one step here.
_WORTH = {Fit.WHOLE: 1.0, Fit.FORMER: 0.9, Fit.PART: 0.8}
_PEOPLE, _PLACES = 0.1, 0.05


@dataclass(frozen=True, slots=True)
class Name:
    """Something that a text may name."""

    kind: Kind
    pk: int
    code: str  # Insee code, slug of the neighbourhood, code of the département
    label: str
    communes: tuple[int, ...]  # itself and the city of which it is a borough, or those in which it lies
    department: int
    place_count: int
    population: int
    fit: Fit = Fit.WHOLE
    town: str = ""  # of a neighbourhood
    centre: tuple[float, float] | None = None  # of a commune

    @property
    def likelihood(self):
        """From 0.8 to 1.7: how likely it is meant by a text that names it."""
        prior = _PEOPLE * log10(1 + self.population) + _PLACES * log10(1 + self.place_count)
        return self.fit.worth + prior

    @property
    def rank(self):
        """What orders those that are called the same."""
        return self.likelihood, self.kind is not Kind.NEIGHBOURHOOD, -self.pk

    @property
    def full_label(self):
        """ "Bellevue, Brest": there are twenty of them."""
        return f"{self.label}, {self.town}" if self.town else self.label


def load_names():
    """The fields of a Vocabulary that the territory gives."""
    return _Reading().fields()


class _Reading:
    def __init__(self):
        self.by_text = {}  # folded text -> names
        self.boroughs = defaultdict(list)  # number -> names
        self.departments = {}  # code in lower case -> name
        self.postcodes = defaultdict(list)  # postcode -> keys of communes
        self.in_commune = defaultdict(list)  # key of a commune -> [(text, name of a neighbourhood)]
        self.boroughs_of = defaultdict(list)  # key of a city -> keys of its boroughs
        self._add_departments()
        self.communes = self._add_communes()
        self._add_short_names()
        self._add_former_names()
        self._add_neighbourhoods()

    def fields(self):
        for text, called in self.by_text.items():
            if len(called) > 1:
                self.by_text[text] = tuple(sorted(called, key=lambda name: name.rank, reverse=True))
        return {
            "names": self.by_text,
            "names_like": Lexicon(self.by_text),
            "boroughs": dict(self.boroughs),
            "departments": self.departments,
            "postcodes": dict(self.postcodes),
            "in_commune": dict(self.in_commune),
            "communes": self.communes,
            "place_count": self.place_count,
            "boroughs_of": dict(self.boroughs_of),
        }

    def _add(self, title, name):
        """Also without its article: "havre" for Le Havre."""
        said = words(title)
        self._call(" ".join(said), name)
        if said[1:] and said[0] in ARTICLES:
            self._call(" ".join(said[1:]), name)

    def _call(self, text, name):
        called = self.by_text.get(text, ())
        same = next((other for other in called if (name.kind, name.pk) == (other.kind, other.pk)), None)
        if same and same.fit < name.fit:
            called = tuple(other for other in called if other is not same)
        if text and (same is None or same.fit < name.fit):
            self.by_text[text] = (*called, name)

    def _add_departments(self):
        for pk, code, label in Department.objects.values_list("pk", "code", "name"):
            name = Name(Kind.DEPARTMENT, pk, code, label, (), pk, 1, DEPARTMENT_POPULATION)
            self.departments[code.casefold()] = name
            self._add(label, name)

    def _add_communes(self):
        """{pk: Name}."""
        communes = {}
        counts, populations = _place_counts(), _of_cities(_populations())
        self.place_count = sum(counts.values())
        counts = _of_cities(counts)
        rows = Commune.objects.order_by("pk").values_list(
            *("pk", "kind", "insee_code", "name", "folded_name", "postcodes"),
            *("department", "department__code", "parent"),
            *coordinates_of("location").values(),
        )
        for pk, kind, code, label, folded, postcodes, department, number, parent, lon, lat in rows:
            kind = Kind.BOROUGH if kind == Commune.Kind.BOROUGH else Kind.COMMUNE
            centre = None if lon is None else (lon, lat)
            inside = (pk,) if parent is None else (pk, parent)
            label, numbers = f"{label} ({number})", (counts[pk], populations.get(pk, COMMUNE_POPULATION))
            name = Name(kind, pk, code, label, inside, department, *numbers, centre=centre)
            communes[pk] = name
            if parent:
                self.boroughs_of[parent].append(pk)
            self._add(folded, name)
            if kind is Kind.BOROUGH and (found := _BOROUGH.fullmatch(folded)):
                self.boroughs[int(found[1])].append(name)
            for postcode in filter(None, postcodes.split("|")):
                self.postcodes[postcode].append(pk)
        for called in self.boroughs.values():
            called.sort(key=lambda name: name.rank, reverse=True)
        return communes

    def _add_short_names(self):
        """ "Mantes", "Château-Arnoux", "Boulogne": the beginning of a name that goes on."""
        for name in self.communes.values():
            said = words(_bare(name))
            if name.population < SHORTENED_POPULATION or len(said) < 2 or name.kind is Kind.BOROUGH:
                continue
            short = replace(name, fit=Fit.PART)
            for end in range(1, len(said)):
                begun = " ".join(word for word in said[:end] if word not in VAGUE_WORDS)
                if len(begun) >= SHORTEST_PART and said[end - 1] not in _LINKS:
                    self._call(" ".join(said[:end]), short)

    def _add_former_names(self):
        for pk, former in FormerName.objects.order_by("pk").values_list("commune", "name"):
            name = self.communes[pk]
            present, number = name.label.rsplit(" (", 1)
            label = f"{former} ({present}, {number}"
            # Évry has the people of Évry-Courcouronnes; a village that Bressuire took in has not Bressuire's.
            is_heart = set(words(former)) <= set(words(present))
            population = name.population if is_heart else min(name.population // MERGED, MERGED_MOST)
            self._add(former, replace(name, label=label, population=population, fit=Fit.FORMER))

    def _add_neighbourhoods(self):
        inside = defaultdict(list)
        links = Neighbourhood.communes.through.objects.order_by("pk")
        for neighbourhood, commune in links.values_list("neighbourhood", "commune"):
            inside[neighbourhood].append(self.communes[commune])
        rows = Neighbourhood.objects.current().with_place_count().order_by("pk")
        predecessors = defaultdict(list)
        for pk, *told in Predecessor.objects.same().values_list("neighbourhood", "code", "name"):
            predecessors[pk].append(told)
        columns = ("pk", "slug", "code", "name", "aliases", "population", "place_count")
        for pk, slug, own_code, label, aliases, population, count in rows.values_list(*columns):
            towns = sorted(inside[pk], key=lambda town: town.rank, reverse=True)
            around = tuple(dict.fromkeys(commune for town in towns for commune in town.communes))
            name = Name(
                *(Kind.NEIGHBOURHOOD, pk, slug, label, around),
                *(towns[0].department if towns else 0, count, population or NEIGHBOURHOOD_POPULATION),
                town=_bare(towns[0]) if towns else "",
            )
            self._add_neighbourhood(name, [label, *aliases.splitlines()])
            for code, former in predecessors[pk]:
                self._call(code.casefold(), name)
                if set(words(former)) - VAGUE_WORDS:
                    self._add(former, replace(name, fit=Fit.FORMER))
            if own_code:
                self._call(own_code.casefold(), name)

    def _add_neighbourhood(self, name, titles):
        part, texts = replace(name, fit=Fit.PART), {}
        own_town = fold(name.town)
        for title in titles:
            self._add(title, name)
            texts[" ".join(words(title))] = name
            for text in _parts(title):
                if text == own_town:
                    continue
                self._call(text, part)
                texts.setdefault(text, part)
            for word in words(title):  # says enough beside the name of the town only: "Toulouse Mirail"
                if len(word) >= SHORTEST_PART and word not in VAGUE_WORDS and word != own_town:
                    texts.setdefault(word, part)
        for commune in name.communes:
            self.in_commune[commune] += texts.items()


def _place_counts():
    """{key of a commune: published places}."""
    counted = Place.objects.published().order_by().values_list("commune").annotate(count=Count("pk"))
    return dict(counted)


def _populations():
    return dict(Commune.objects.exclude(population=None).values_list("pk", "population"))


def _of_cities(counts):
    """`counts` of communes; Paris, Lyon and Marseille have what their boroughs have, and their own places."""
    total = Counter(counts)
    for city, borough in Commune.objects.exclude(parent=None).values_list("parent", "pk"):
        total[city] += counts.get(borough, 0)
    return total


def _bare(name):
    """The name of a commune without its département."""
    return name.label.rsplit(" (", 1)[0]


def _parts(title):
    """The names in a name: "Plateau - Grande Borne" gives "grande borne"."""
    whole = " ".join(words(title))
    for part in re.split(r"\s[-–]\s|[-–/,:;()]|\bet\b", title):
        said = [word for word in words(part) if word not in {"quartier", "cite", "quartiers"}]
        text = " ".join(said)
        if text != whole and len(text) >= SHORTEST_PART and set(said) - VAGUE_WORDS:
            yield text
