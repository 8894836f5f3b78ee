"""What an import did, row by row and in sum, for the person who launched it."""

import csv
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext, ngettext

from places.opendata.cells import Outcome
from places.opendata.tables import harmless

MAX_VALUE = 200


class FileError(ValueError):
    """The whole file is refused; the message is one line in French."""


class Entry(NamedTuple):
    line: int
    column: str
    value: str
    reason: str
    outcome: Outcome


class Report:
    HEADER = ("ligne", "colonne", "valeur", "motif", "suite")

    def __init__(self):
        self.entries = []
        self.created = self.updated = self.unchanged = 0

    def note(self, line, column, value, reason, outcome):
        self.entries.append(Entry(line, column, str(value)[:MAX_VALUE], str(reason), outcome))

    def refuse(self, line, column, value, reason):
        self.note(line, column, value, reason, Outcome.REFUSED)

    def conflict(self, line, column, value):
        reason = gettext("Modifié sur le site depuis la dernière importation : la valeur du site est gardée.")
        self.note(line, column, value, reason, Outcome.CONFLICT)

    @property
    def rejected(self):
        return len({entry.line for entry in self.entries if entry.outcome == Outcome.REFUSED})

    def count(self, outcome):
        return sum(entry.outcome == outcome for entry in self.entries)

    def write_csv(self, path):
        """One line an entry, in the order of the file; safe to open in a spreadsheet."""
        with Path(path).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(self.HEADER)
            for entry in sorted(self.entries, key=lambda entry: entry.line):
                cells = (entry.column, entry.value, entry.reason, entry.outcome.label)
                writer.writerow([entry.line, *map(harmless, cells)])

    def summary(self):
        """A few lines in French: counts first, then what deserves a look."""
        counts = (
            ngettext("%(n)s créé", "%(n)s créés", self.created) % {"n": number(self.created)},
            ngettext("%(n)s mis à jour", "%(n)s mis à jour", self.updated) % {"n": number(self.updated)},
            ngettext("%(n)s inchangé", "%(n)s inchangés", self.unchanged) % {"n": number(self.unchanged)},
            ngettext("%(n)s rejeté", "%(n)s rejetés", self.rejected) % {"n": number(self.rejected)},
        )
        lines = [", ".join(counts) + "."]
        noted = Counter(entry.outcome for entry in self.entries if entry.outcome != Outcome.REFUSED)
        if noted:
            told = (f"{number(noted[outcome])} « {outcome.label} »" for outcome in Outcome if noted[outcome])
            lines.append(gettext("À relire : %(what)s.") % {"what": ", ".join(told)})
        return lines


def number(count):
    """ "34 980", as French writes it."""
    return f"{count:,}".replace(",", "\u202f")
