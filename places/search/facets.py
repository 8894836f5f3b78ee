"""How many places each filter would leave: exact, and never leading to nothing."""

from collections import Counter, defaultdict
from functools import cached_property, lru_cache

# The letter of a filter in the codes of a place, and the field of the place that it reads.
LETTERS = {"service": "s", "theme": "t", "audience": "a", "kind": "k", "fee": "f"}
LINKS = {"service": "services", "audience": "audiences", "kind": "kinds", "fee": "fees"}

# A place that names no audience welcomes everybody.
EVERYBODY = f"{LETTERS['audience']}*"


def codes_of(links, themes_of):
    """What the filters read of a place: "s12 t1 a5 k3 f2".

    `links` is {field: primary keys}, `themes_of` {service: themes} on which a service works.
    """
    codes = [f"{LETTERS[name]}{pk}" for name, field in LINKS.items() for pk in links[field]]
    themes = {theme for service in links["services"] for theme in themes_of[service]}
    codes += [f"{LETTERS['theme']}{pk}" for pk in sorted(themes)]
    return " ".join(codes if links["audiences"] else [*codes, EVERYBODY])


class Facets:
    """The places that answer all but the filters, {pk: codes}, and the filters `chosen`: {field: rows}.

    Within a field several values mean "one of them"; a count is what its value would give with the
    filters of the other fields in force.
    """

    def __init__(self, codes, chosen):
        # Places that offer the same are looked at together: a few thousand sets for all of France.
        by_text = defaultdict(list)
        for pk, text in codes.items():
            by_text[text].append(pk)
        self._places = [(_codes_in(text or EVERYBODY), pks) for text, pks in by_text.items()]
        self._wanted = {name: _wanted(name, rows) for name, rows in chosen.items() if rows}
        self._counts = {}

    @cached_property
    def chosen(self):
        """The places that all filters leave."""
        return {pk for _codes, pks in self._left_by(self._wanted) for pk in pks}

    def counts(self, name, values):
        """{value: places} for the primary keys `values` of the filter `name`."""
        counted = self._counted(frozenset(self._wanted) - {name})
        everybody = counted[EVERYBODY] if name == "audience" else 0
        return {value: counted[f"{LETTERS[name]}{value}"] + everybody for value in values}

    def _counted(self, names):
        """{code: places that the filters `names` leave}; the same for every field that is not chosen."""
        if names not in self._counts:
            counted = self._counts[names] = Counter()
            for codes, pks in self._left_by({name: self._wanted[name] for name in names}):
                for code in codes:
                    counted[code] += len(pks)
        return self._counts[names]

    def _left_by(self, filters):
        """[(codes, places that have them)] of those that `filters` leave."""
        return [
            (codes, pks)
            for codes, pks in self._places
            if all(not codes.isdisjoint(wanted) for wanted in filters.values())
        ]


@lru_cache(maxsize=8_192)
def _codes_in(text):
    return frozenset(text.split())


def _wanted(name, rows):
    wanted = {f"{LETTERS[name]}{row.pk}" for row in rows}
    return wanted | {EVERYBODY} if name == "audience" else wanted
