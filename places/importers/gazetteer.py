"""Which commune an address means: by its Insee code, its postcode and name, or the centre it lies at."""

import re
from collections import defaultdict
from functools import cached_property
from math import inf
from typing import NamedTuple

from rapidfuzz import fuzz

from places.domain.geo import distance_m
from places.domain.identifiers import department_of
from places.domain.text import words
from places.models import Commune, Department, FormerName

from . import overseas

# "Lyon 3e", "PARIS 20EME ARRONDISSEMENT", "Nantes cedex 2": the town is what comes before.
_ARTICLE = re.compile(r"^(le|la|les|l) (?=\w)")
_TAIL = re.compile(r" (cedex( \d+)?|\d{1,2}(er|e|eme|ieme)?( et \d{1,2}(er|e|eme)?)?( arrondissements?)?)$")
SPELLING = (
    85  # of 100: "Montreuil-Juigne" and "Montreuil-Juigné sur Maine" are not the same, one letter off is
)
NEAR_M = 4_000
BEYOND_M = 25_000
ARLES = "13004"  # the Camargue, 37 km from its centre to the sea
SAME_AREA_M = 20_000


class Town(NamedTuple):
    pk: int | None  # None: an overseas commune that is not stored yet
    code: str
    name: str
    key: str
    postcodes: tuple[str, ...]
    parent_pk: int | None
    department: str


def name_key(name: str) -> str:
    """`name` for comparing: "ST-ETIENNE CEDEX 2" gives "saint etienne", "Le Havre" gives "havre"."""
    written = " ".join(words(re.sub(r"\b[sS]/", "sur ", name)))
    return _ARTICLE.sub("", _TAIL.sub("", written))


class Gazetteer:
    """All communes in memory: 35,000 of them take 0.3 s and 30 MB, and no query for a row."""

    def __init__(self):
        columns = ("pk", "insee_code", "name", "postcodes", "parent_id", "department__code")
        self.by_code, self._by_postcode, self._by_department = {}, defaultdict(list), defaultdict(list)
        self.by_pk, self._by_name, self._by_former_name = {}, defaultdict(list), defaultdict(list)
        for pk, code, name, postcodes, parent_pk, department in Commune.objects.values_list(*columns):
            self._add(
                Town(pk, code, name, name_key(name), tuple(postcodes.split("|")), parent_pk, department)
            )
        for code in overseas.COMMUNES.keys() - self.by_code.keys():
            name = overseas.COMMUNES[code]
            self._add(
                Town(None, code, name, name_key(name), overseas.POSTCODES.get(code, ()), None, code[:3])
            )

        for pk, name in FormerName.objects.values_list("commune", "name"):
            self._by_former_name[self.by_pk[pk].department, name_key(name)].append(self.by_pk[pk])

    def store_overseas(self, codes):
        """Make communes of those of `codes` that the lists of Insee leave out."""
        for town in [self.by_code[code] for code in set(codes) if self.by_code[code].pk is None]:
            place = {"code": town.department, "name": overseas.COLLECTIVITIES[town.department]}
            department, _made = Department.objects.get_or_create(code=place["code"], defaults=place)
            pk = Commune.objects.create(insee_code=town.code, name=town.name, department=department).pk
            self.by_code[town.code] = self.by_pk[pk] = town._replace(pk=pk)

    def _add(self, town):
        self.by_code[town.code] = town
        if town.pk:
            self.by_pk[town.pk] = town
        self._by_name[town.key].append(town)
        for postcode in town.postcodes:
            self._by_postcode[postcode].append(town)
        self._by_department[town.department, town.key].append(town)

    def find(self, *, code="", postcode="", name="", position=None) -> Town | None:
        """The commune that is certain, or None; a borough where the postcode says which."""
        town = self.by_code.get(code)
        if town and not self._agrees(town, postcode, name):
            town = None
        if town and town.key != name_key(name):
            town = self._better_named(town, name, position) or town
        town = town or self._by_postcode_and_name(postcode, name) or self._by_centre(postcode, position)
        if town is None and name and not postcode:
            town = self._by_name_alone(name, position)
        return town and self._borough(town, postcode)

    def named(self, name: str, department: str) -> Town | None:
        """The only commune of `department` called `name`."""
        return _only(town for town in self._by_department[department, name_key(name)] if not town.parent_pk)

    def renamed(self, name: str, department: str) -> Town | None:
        """The only commune of `department` called `name` and more: Évry-Courcouronnes for Évry."""
        key = name_key(name)
        longer = (
            towns
            for (code, other), towns in self._by_department.items()
            if code == department and other.startswith(f"{key} ")
        )
        return _only(town for towns in longer for town in towns if not town.parent_pk)

    def _agrees(self, town, postcode, name):
        """Whether the rest of the address does not belie the code: one "63236" means the Mont-Dore of 988."""
        if not postcode or postcode in town.postcodes:
            return True
        return department_of(postcode) == town.department or (
            town.key == name_key(name) and postcode[:2] not in ("97", "98")
        )

    def _better_named(self, town, name, position):
        """Another commune, of just that name, that the position is nearer to than to `town`.

        Deuil-la-Barre with the code and the postcode of Noisy-le-Grand; Ingwiller with those of Engwiller.
        """
        other = self.named(name, town.department)
        if other is None and self.is_too_far(town, position):
            other = self._by_name_alone(name, position)
        is_nearer = other and self.distance_m(other, position) < self.distance_m(town, position)
        return other if is_nearer else None

    def _by_postcode_and_name(self, postcode, name):
        key = name_key(name)
        there = [town for town in self._by_postcode.get(postcode, ()) if not town.parent_pk]
        same = _only(town for town in there if town.key == key)
        department = department_of(postcode) if key and postcode else None
        elsewhere = self.named(name, department)
        former = _only({town.pk: town for town in self._by_former_name[department, key]}.values())
        close = _only(town for town in there if key and fuzz.ratio(town.key, key) >= SPELLING)
        longer = _only(town for town in there if key and town.key.startswith(f"{key} "))
        # The last: a former commune or a hamlet, in a postcode that is all one commune.
        return same or elsewhere or former or longer or close or _only(there)

    def _by_centre(self, postcode, position):
        towns = [town for town in self._by_postcode.get(postcode, ()) if not town.parent_pk]
        away = sorted((self.distance_m(town, position), town) for town in towns)
        if not away or away[0][0] > NEAR_M or (len(away) > 1 and away[1][0] < 2 * away[0][0]):
            return None
        return away[0][1]

    def _by_name_alone(self, name, position):
        """The only commune of that name in France, or of those the only one that the position is near."""
        towns = [town for town in self._by_name[name_key(name)] if not town.parent_pk]
        if position:
            towns = [town for town in towns if self.distance_m(town, position) < SAME_AREA_M]
        return _only(towns)

    def is_too_far(self, town: Town, position) -> bool:
        """Whether `position` cannot be in `town`: no commune but some reaches 25 km from its centre."""
        if town.department == "973" or town.code == ARLES:
            return False
        metres = self.distance_m(town, position)
        return metres > BEYOND_M and metres != inf

    def distance_m(self, town: Town, position) -> float:
        """Metres from the centre of `town`; infinite when one or the other is unknown."""
        centre = self._centres.get(town.pk)
        return distance_m(*position, *centre) if position and centre else inf

    @cached_property
    def _centres(self):
        points = Commune.objects.filter(location__isnull=False).values_list("pk", "location")
        return {pk: (point.x, point.y) for pk, point in points}

    def _borough(self, town, postcode):
        boroughs = [other for other in self._by_postcode.get(postcode, ()) if other.parent_pk == town.pk]
        return _only(boroughs) or town


def _only(towns):
    found = list(towns)
    return found[0] if len(found) == 1 else None
