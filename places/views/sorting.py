"""Tables that are sorted by a link on the head of a column: no script, an address that can be shared."""

from urllib.parse import urlencode


class Column:
    """The head of a column. `aria`: what it says to a screen reader when the table is sorted by it."""

    def __init__(self, name, label, query, chosen, *, largest_first):
        self.name, self.label = name, label
        self.is_chosen = chosen.removeprefix("-") == name
        first, other = (f"-{name}", name) if largest_first else (name, f"-{name}")
        self.aria = ("descending" if chosen.startswith("-") else "ascending") if self.is_chosen else ""
        self.url = "?" + urlencode([*query, ("sort", other if chosen == first else first)])


def columns(query, chosen, labels, *, largest_first=()):
    """The heads of `labels` ({name: label}); the first click on `largest_first` puts large values on top."""
    kept = [
        (name, value) for name, values in query.lists() for value in values if name not in ("sort", "page")
    ]
    return [
        Column(name, label, kept, chosen, largest_first=name in largest_first)
        for name, label in labels.items()
    ]


def sorted_rows(rows, chosen, value_of):
    """`rows` by the value that `value_of` gives, in the direction of `chosen`; unknown ones (None) last."""
    known = [row for row in rows if value_of(row) is not None]
    unknown = [row for row in rows if value_of(row) is None]
    return sorted(known, key=value_of, reverse=chosen.startswith("-")) + unknown
