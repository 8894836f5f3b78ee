"""How well and how fast the search understands: query sets in, figures by class of spelling out.

Recognised by their columns: `query, expected` (an Insee code, or the slug of a place or neighbourhood; with a
`class` or without), spellings of communes (`graphie, code_insee, categorie`), their former names
(`ancien_nom, code_insee`), and the queries of geocoder-tester (`query, expected_city, expected_postcode…`).
"""

import time
from collections import defaultdict
from itertools import groupby
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from places.domain.text import words
from places.importers.files import read_text
from places.importers.report import FileError
from places.importers.rows import csv_rows
from places.models import Commune, FormerName, Place
from places.search import search

# Alone, and as a resident would ask.
PREFIXES = ("", "epn ")
# So much of the name of a town must be in a query that names it: slips are what is measured.
NAMED = 85
DEPTH = 10
FILTERS = ("service", "theme", "audience", "kind", "fee")


class Question(NamedTuple):
    group: str
    query: str
    expected: frozenset[str]  # Insee codes or slugs, any of which is right


class Command(BaseCommand):
    help = _("Mesure la recherche sur des jeux de requêtes : justesse et durée, par classe.")

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar=_("FICHIER.csv"))
        parser.add_argument(
            "--misses", type=int, default=0, metavar="N", help=_("montrer N erreurs par classe")
        )

    def handle(self, *, files, misses, **options):
        if settings.ADDRESS_URL:
            raise CommandError(_("Relancez avec ADDRESS_URL= : le service d’adresses serait interrogé."))
        territory = Territory()
        questions = [question for path in files for question in self.questions(path, territory)]
        now = timezone.now()
        ask("", now)  # the first search of a process reads the vocabulary
        self.stdout.write(line(_("classe"), _("requêtes"), "hit@1", "hit@3", "MRR", _("méd. ms"), "p95 ms"))
        by_group = sorted(questions, key=lambda question: question.group)
        for group, asked in groupby(by_group, key=lambda question: question.group):
            measured = [(question, *measure(question, now, territory)) for question in asked]
            self.stdout.write(figures(group, measured))
            missed = [question for question, rank, _ms in measured if rank != 1]
            for question in missed[:misses]:
                self.stdout.write(f"    {question.query} → {', '.join(sorted(question.expected)[:3])}")

    def questions(self, path, territory):
        try:
            return read_questions(Path(path), territory)
        except FileError as error:
            self.stderr.write(f"{path}\u00a0: {error}")
            return []


def measure(question, now, territory):
    """(rank of the first right answer or None, milliseconds of the whole search)."""
    started = time.perf_counter()
    results = ask(question.query, now)
    milliseconds = (time.perf_counter() - started) * 1_000
    found = enumerate(led_to(results, territory), start=1)
    return next((rank for rank, codes in found if codes & question.expected), None), milliseconds


def ask(query, now):
    """A search with the counts of all filters, as a page shows it."""
    results = search(Place.objects.published(), at=now, q=query)
    for name in FILTERS:
        results.facets.counts(name, ())
    return results


def led_to(results, territory):
    """Sets of codes, best first: of the ground that was understood, else of the places that were found."""
    understood = results.understood
    if understood.where:
        return [territory.codes_of(name.code) for name in understood.where.names[:DEPTH]]
    if understood.postcode:
        return [territory.by_postcode[understood.postcode]]
    slugs = dict(Place.objects.filter(pk__in=results.pks[:DEPTH]).values_list("pk", "slug"))
    return [{slugs[pk]} for pk in results.pks[:DEPTH]]


def figures(group, measured):
    ranks = [rank for _question, rank, _ms in measured]
    milliseconds = [ms for _question, _rank, ms in measured]
    hits = [sum(rank is not None and rank <= most for rank in ranks) / len(ranks) for most in (1, 3)]
    reciprocal = sum(1 / rank for rank in ranks if rank) / len(ranks)
    slow = quantiles(milliseconds, n=20)[-1] if len(milliseconds) > 1 else milliseconds[0]
    shares = (f"{hit:.1%}" for hit in hits)
    return line(group, len(ranks), *shares, f"{reciprocal:.3f}", f"{median(milliseconds):.1f}", f"{slow:.1f}")


def line(group, *cells):
    return f"{group[:47]:48}" + "".join(f"{cell:>9}" for cell in cells)


class Territory:
    """Codes of communes by name and postcode; the city of a borough is right where the borough is."""

    def __init__(self):
        self.by_name, self.by_postcode = defaultdict(set), defaultdict(set)
        self._names, self._cities = defaultdict(set), {}
        columns = ("insee_code", "name", "postcodes", "parent__insee_code")
        for code, name, postcodes, city in Commune.objects.values_list(*columns):
            self._call(code, name)
            self._cities[code] = city
            for postcode in postcodes.split("|"):
                self.by_postcode[postcode].add(code)
        for code, name in FormerName.objects.values_list("commune__insee_code", "name"):
            self._call(code, name)

    def _call(self, code, name):
        key = " ".join(words(name))
        self.by_name[key].add(code)
        self._names[code].add(key)

    def codes_of(self, code):
        return {code, self._cities.get(code)} - {None}

    def is_named(self, codes, query):
        said = " ".join(words(query))
        return any(
            fuzz.partial_ratio(name, said) >= NAMED
            for code in codes
            for name in self._names[code]
            if len(name) <= len(said)
        )


def read_questions(path, territory):
    rows = [row.cells for row in csv_rows(read_text(path), set())]
    for column, reader in READERS.items():
        if column in rows[0]:
            return [question for row in rows for question in reader(row, territory)]
    raise FileError(_("aucune des colonnes attendues."))


def _spelling(row, territory):
    for prefix in PREFIXES:
        group = f"{prefix}{row['categorie']}"
        yield Question(group, prefix + row["graphie"], frozenset(territory.codes_of(row["code_insee"])))


def _former_name(row, territory):
    yield Question(_("ancien nom"), row["ancien_nom"], frozenset({row["code_insee"]}))


def _given(row, territory):
    expected = frozenset(territory.codes_of(row["expected"]))
    yield Question(row.get("class") or _("requêtes"), row["query"], expected)


def _geocoded(row, territory):
    """A query of geocoder-tester, when it says which town it expects."""
    postcode = row.get("expected_postcode", "").zfill(5)
    town = row.get("expected_city") or (row.get("expected_name", "") if postcode == "00000" else "")
    codes = territory.by_postcode.get(postcode, set())
    named = territory.by_name.get(" ".join(words(town)), set())
    codes = codes & named or codes or named
    query = row.get("query", "")
    if not codes or not query:
        return
    if postcode != "00000" and postcode in query:
        group = _("adresse avec code postal")
    else:
        group = _("adresse, ville nommée") if territory.is_named(codes, query) else _("adresse sans ville")
    yield Question(group, query, frozenset(codes).union(*map(territory.codes_of, codes)))


# The first of these columns that a file has tells what it is.
READERS = {"graphie": _spelling, "ancien_nom": _former_name, "expected": _given, "query": _geocoded}
