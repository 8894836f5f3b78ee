"""Places and sessions chosen for somebody, as an address and a session hold them. Nothing of the person.

In an address: `?places=12.45&occurrences=7`, keys in the order in which they were chosen.
"""

from typing import NamedTuple
from urllib.parse import urlencode

# As many as one can explain to a person, and as fit in a text message's link.
LONGEST = 12
_LARGEST_KEY = 2**63 - 1


class Selection(NamedTuple):
    places: tuple[int, ...] = ()
    occurrences: tuple[int, ...] = ()

    @classmethod
    def read(cls, places: str = "", occurrences: str = "") -> "Selection":
        """What "12.45" and "7" name: once each, LONGEST in all; what is no key is passed over."""
        first = _keys(places)[:LONGEST]
        return cls(first, _keys(occurrences)[: LONGEST - len(first)])

    @property
    def count(self) -> int:
        return len(self.places) + len(self.occurrences)

    @property
    def is_full(self) -> bool:
        return self.count >= LONGEST

    @property
    def address(self) -> dict[str, str]:
        """{"places": "12.45", "occurrences": "7"}, without what is empty: what `read` takes."""
        return {name: ".".join(map(str, keys)) for name, keys in self._asdict().items() if keys}

    @property
    def query(self) -> str:
        """ "?places=12.45&occurrences=7", "" when nothing is chosen."""
        return f"?{urlencode(self.address)}" if self.count else ""

    def with_one(self, kind: str, key: int) -> "Selection":
        """With one more of `kind` ("places" or "occurrences"); the same when it is full, or has it."""
        keys = getattr(self, kind)
        return self if self.is_full or key in keys else self._replace(**{kind: (*keys, key)})

    def without_one(self, kind: str, key: int) -> "Selection":
        return self._replace(**{kind: tuple(other for other in getattr(self, kind) if other != key)})


def _keys(text):
    # `isascii`: "²" is a digit too, and no number.
    numbers = (int(part) for part in text.split(".") if part.isascii() and part.isdigit() and len(part) < 20)
    return tuple(dict.fromkeys(number for number in numbers if 0 < number <= _LARGEST_KEY))
