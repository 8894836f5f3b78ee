"""All that a word of a query may mean: names of territory, words of listings, needs. Held in memory.

Each process reads it once, and again when the stamp in the database has changed: a tenth of a second
for 35,000 communes. Nothing of a place is held here.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from threading import Lock

from django.db.models import Count

from places.domain.text import fold, stem, words
from places.models import Commune, Department, IndexStamp, Need, Neighbourhood, Place, Word

ARTICLES = {"le", "la", "les", "l"}

# Parts of names of neighbourhoods that name nothing by themselves.
_VAGUE = """
centre ville nord sud est ouest quartier quartiers secteur cite haut bas hauts grand grande petit gare
plateau parc bourg rue avenue residence hlm zup zac
"""
_VAGUE_WORDS = frozenset(_VAGUE.split())
_BOROUGH = re.compile(r"(\w+) (\d+)\w* arrondissement")


class Kind(StrEnum):
    COMMUNE = "COMMUNE"
    BOROUGH = "BOROUGH"
    NEIGHBOURHOOD = "NEIGHBOURHOOD"
    DEPARTMENT = "DEPARTMENT"


@dataclass(frozen=True, slots=True)
class Name:
    """Something that a name may mean; `rank` says how likely it is meant among those called the same."""

    kind: Kind
    pk: int
    code: str  # Insee code, slug of the neighbourhood, code of the département
    label: str
    communes: frozenset[int]  # itself, or those in which it lies
    department: int
    place_count: int
    population: int
    is_whole: bool = True  # False when only a part of a longer name

    @property
    def rank(self):
        """Whole names first, then those with places, a town before a neighbourhood, large ones first."""
        return (
            self.is_whole,
            self.place_count > 0,
            self.kind is not Kind.NEIGHBOURHOOD,
            self.population,
            self.place_count,
            -self.pk,
        )


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a need stands for."""

    name: str
    services: frozenset[int]
    themes: frozenset[int]
    terms: frozenset[str]


@dataclass(frozen=True)
class Vocabulary:
    names: dict[str, list[Name]] = field(default_factory=dict)
    boroughs: dict[int, list[tuple[str, Name]]] = field(default_factory=dict)
    departments: dict[str, Name] = field(default_factory=dict)
    needs: dict[tuple[str, ...], Meaning] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    need_words: dict[str, str] = field(default_factory=dict)

    @cached_property
    def stems(self):
        return {stem(word) for word in self.words}

    @cached_property
    def words_by_length(self):
        return _by_length([*self.words, *(word for word in self.need_words if word not in self.words)])

    @cached_property
    def names_by_length(self):
        return _by_length(self.names)


def _by_length(texts):
    groups = defaultdict(list)
    for text in texts:
        groups[len(text)].append(text)
    return groups


_lock = Lock()
_held = {"stamp": None, "vocabulary": Vocabulary()}


def current(stamp=None):
    """The vocabulary as of the last change of the index. One query when nothing has changed, none with
    the `stamp` that was just read."""
    stamp = (stamp or IndexStamp.read()).copy()
    del stamp[IndexStamp.Part.PLACES]  # none of them is held here
    with _lock:
        if _held["stamp"] != stamp:
            _held.update(stamp=stamp, vocabulary=load())
        return _held["vocabulary"]


def load():
    names = defaultdict(list)
    boroughs = defaultdict(list)
    for name, folded in _communes():
        _add(names, folded, name)
        if name.kind is Kind.BOROUGH and (found := _BOROUGH.match(folded)):
            boroughs[int(found[2])].append((found[1], name))
    departments = {}
    for pk, code, label in Department.objects.values_list("pk", "code", "name"):
        departments[code.casefold()] = name = Name(Kind.DEPARTMENT, pk, code, label, frozenset(), pk, 1, 0)
        _add(names, fold(label), name)
    for name, called in _neighbourhoods():
        _add_neighbourhood(names, name, called)
    for called in names.values():
        called.sort(key=lambda name: name.rank, reverse=True)
    needs, need_words = _needs()
    return Vocabulary(
        names=dict(names),
        boroughs=dict(boroughs),
        departments=departments,
        needs=needs,
        words=dict(Word.objects.values_list("text", "place_count")),
        need_words=need_words,
    )


def _communes():
    counts = dict(
        Place.objects.published()
        .values_list("commune")
        .annotate(Count("pk"))
        .order_by()
        .values_list("commune", "pk__count")
    )
    for parent, *boroughs in _boroughs_of_cities():
        counts[parent] = sum(counts.get(pk, 0) for pk in (parent, *boroughs))
    rows = Commune.objects.order_by("pk").values_list(
        "pk",
        "kind",
        "insee_code",
        "name",
        "folded_name",
        "department",
        "department__code",
        "population",
        "parent",
    )
    for pk, kind, code, label, folded, department, department_code, population, parent in rows:
        inside = frozenset({pk} if parent is None else {pk, parent})
        kind = Kind.BOROUGH if kind == Commune.Kind.BOROUGH else Kind.COMMUNE
        label = f"{label} ({department_code})"
        yield Name(kind, pk, code, label, inside, department, counts.get(pk, 0), population or 0), folded


def _boroughs_of_cities():
    """[city, borough, borough…] for Paris, Lyon and Marseille: a city has the places of its boroughs."""
    cities = defaultdict(list)
    for pk, parent in Commune.objects.exclude(parent=None).values_list("pk", "parent"):
        cities[parent].append(pk)
    return [[parent, *boroughs] for parent, boroughs in cities.items()]


def _neighbourhoods():
    inside = defaultdict(dict)
    links = Neighbourhood.communes.through.objects.values_list(
        "neighbourhood", "commune", "commune__department", "commune__parent"
    )
    for neighbourhood, commune, department, parent in links:
        inside[neighbourhood][commune] = department
        if parent is not None:
            inside[neighbourhood][parent] = department
    rows = Neighbourhood.objects.current().with_place_count().order_by("pk")
    for pk, code, label, aliases, population, count in rows.values_list(
        "pk", "slug", "name", "aliases", "population", "place_count"
    ):
        communes = inside[pk]
        department = next(iter(communes.values()), 0)
        name = Name(
            Kind.NEIGHBOURHOOD, pk, code, label, frozenset(communes), department, count, population or 0
        )
        yield name, [label, *aliases.splitlines()]


def _add_neighbourhood(names, name, called):
    part_name = replace(name, is_whole=False)
    for title in called:
        whole = fold(title)
        _add(names, whole, name)
        for part in re.split(r"\s[-–]\s|[-–/,:;()]|\bet\b", title):
            folded = " ".join(word for word in words(part) if word not in {"quartier", "cite", "quartiers"})
            if folded != whole and len(folded) > 3 and folded not in _VAGUE_WORDS:
                _add(names, folded, part_name)


def _add(names, folded, name):
    said = words(folded)
    for key in {" ".join(said), " ".join(said[1:] if said[:1] and said[0] in ARTICLES else said)}:
        if key and all(name.pk != other.pk or name.kind != other.kind for other in names[key]):
            names[key].append(name)


def _needs():
    needs, need_words = {}, {}
    for need in Need.objects.prefetch_related("services", "themes"):
        said = words(need.folded_words)
        terms = {stem(word) for term in need.terms.split(",") for word in words(term)}
        needs[tuple(stem(word) for word in said)] = Meaning(
            need.name or need.words,
            frozenset(service.pk for service in need.services.all()),
            frozenset(theme.pk for theme in need.themes.all()),
            frozenset(terms),
        )
        need_words |= {word: need.name for word in said if len(word) > 2}
    return needs, need_words
