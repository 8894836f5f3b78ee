"""From a listing to its terms: what a place is found by, and how much each word says about it."""

from collections import Counter, defaultdict
from functools import lru_cache

from django.db import connection, transaction

from places.domain.text import STOP_WORDS, stem, words
from places.models import (
    Audience,
    Fee,
    FilterCodes,
    IndexStamp,
    Label,
    Language,
    Neighbourhood,
    Place,
    PlaceKind,
    Posting,
    Service,
    State,
    Word,
)
from places.models.place import batched

from .facets import codes_of

# How much a word says, by where it stands; of a word that stands in several, the most telling counts.
NAME, KIND, TOWN, LABEL, SERVICE, BODY, STREET, TEXT = 12, 8, 7, 6, 5, 4, 3, 1

# Enough of a presentation to know what it is about; the rest is detail.
MAX_TEXT_WORDS = 120
MAX_TERM = 60
BATCH = 1_000

# Facts that residents ask for in their own words, and the words that the index then holds.
EQUIPMENT = {
    "has_printing": "imprimer imprimante impression photocopie",
    "has_scanning": "scanner numeriser numerisation",
    "has_wifi": "wifi internet",
    "has_webcam_booth": "visio webcam",
    "computer_count": "ordinateur ordinateurs internet",
}
LISTS = {
    "kinds": (PlaceKind, KIND),
    "labels": (Label, LABEL),
    "services": (Service, SERVICE),
    "audiences": (Audience, BODY),
    "languages": (Language, BODY),
    "fees": (Fee, BODY),
}
TELLING = {NAME, KIND, LABEL, SERVICE}
FIELDS = (
    *("pk", "name", "state", "city", "postcode", "commune__name", "neighbourhood", "other_labels"),
    *("parent_structure", "address", "summary", "description"),
    *EQUIPMENT,
)


def rebuild():
    """Index all places anew, in one transaction; say how many."""
    with transaction.atomic():
        Posting.objects.all()._raw_delete(Posting.objects.db)
        FilterCodes.objects.all()._raw_delete(FilterCodes.objects.db)
        Word.objects.all()._raw_delete(Word.objects.db)
        counted, vocabulary = 0, Counter()
        for pks in batched(Place.objects.order_by("pk").values_list("pk", flat=True), BATCH):
            vocabulary.update(_add(pks))
            counted += len(pks)
        Word.objects.bulk_create(
            (Word(text=text, place_count=count) for text, count in sorted(vocabulary.items())),
            batch_size=BATCH,
        )
        IndexStamp.renew()
    return counted


def reindex(places):
    """Index these places anew: after an edit, or after the name of something that they show has changed."""
    with transaction.atomic():
        pks = [place.pk for place in places]
        Posting.objects.filter(place__in=pks).delete()
        FilterCodes.objects.filter(place__in=pks).delete()
        vocabulary = _add(pks)
        known = dict(Word.objects.filter(text__in=list(vocabulary)).values_list("text", "place_count"))
        new = [Word(text=text, place_count=count) for text, count in vocabulary.items() if text not in known]
        # A word that two people bring at the same moment is brought once.
        Word.objects.bulk_create(new, ignore_conflicts=True)
        telling = [text for text, count in vocabulary.items() if count and known.get(text) == 0]
        Word.objects.filter(text__in=telling).update(place_count=1)
        IndexStamp.renew(IndexStamp.Part.PLACES, *([IndexStamp.Part.WORDS] if new or telling else []))


def _add(pks):
    """Write the postings of these places, and give their words: {word: published places it tells apart}."""
    listing = _Listings(pks)
    postings, vocabulary = [], Counter()
    for row in Place.objects.filter(pk__in=pks).values(*FIELDS):
        weights, telling = {}, set()
        own_territory = set(listing.territory(row))
        for weight, said in listing.texts(row):
            for word in said:
                if word in STOP_WORDS or len(word) > MAX_TERM:
                    continue
                weights[word] = max(weight, weights.get(word, 0))
                if weight in TELLING and word not in own_territory and not word.isdigit():
                    telling.add(word)
        vocabulary.update(dict.fromkeys(weights, 0))
        if row["state"] == State.PUBLISHED:
            vocabulary.update(telling)
        terms = {}
        for word, weight in weights.items():
            term = stem(word)
            terms[term] = max(weight, terms.get(term, 0))
        postings += [(row["pk"], term, weight) for term, weight in terms.items()]
    FilterCodes.objects.bulk_create(
        FilterCodes(place_id=pk, codes=codes_of(listing.links(pk), listing.themes)) for pk in pks
    )
    with connection.cursor() as cursor:  # four times faster than instances, on both databases
        columns = ", ".join(connection.ops.quote_name(name) for name in ("place_id", "term", "weight"))
        table = connection.ops.quote_name(Posting._meta.db_table)
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES (%s, %s, %s)", postings)
    return vocabulary


class _Listings:
    """What these places show besides their own columns, read at once."""

    def __init__(self, pks):
        self._links = {name: self._linked(name, pks) for name in (*LISTS, "serves")}
        self._names = {name: _names_of(model) for name, (model, _weight) in LISTS.items()}
        self.themes = defaultdict(list)
        for service, theme in Service.themes.through.objects.values_list("service", "theme"):
            self.themes[service].append(theme)
        near = Neighbourhood.objects.filter(places__in=pks) | Neighbourhood.objects.filter(
            pk__in={pk for linked in self._links["serves"].values() for pk in linked}
        )
        self._neighbourhoods = {
            pk: _words(f"{name} {aliases}") for pk, name, aliases in near.values_list("pk", "name", "aliases")
        }

    def _linked(self, name, pks):
        field = Place._meta.get_field(name)
        links = defaultdict(list)
        rows = field.remote_field.through.objects.filter(place__in=pks)
        for place, value in rows.values_list("place", field.m2m_reverse_field_name()):
            links[place].append(value)
        return links

    def links(self, place):
        """{field: primary keys of what the place `place` is linked with}."""
        return {name: links.get(place, ()) for name, links in self._links.items()}

    def territory(self, row):
        """The words of the names of where the place `row` is, and of what it serves."""
        said = list(_words(row["city"])) + list(_words(row["commune__name"] or ""))
        for pk in (row["neighbourhood"], *self._links["serves"].get(row["pk"], ())):
            said += self._neighbourhoods.get(pk, ())
        return said

    def texts(self, row):
        """(weight, words) of all that the place `row` is found by."""
        yield NAME, words(row["name"])
        yield TOWN, [*self.territory(row), row["postcode"]]
        for name, (_model, weight) in LISTS.items():
            for pk in self._links[name].get(row["pk"], ()):
                yield weight, self._names[name][pk]
        yield LABEL, words(row["other_labels"])
        for field, said in EQUIPMENT.items():
            if row[field]:
                yield SERVICE, said.split()
        yield BODY, words(row["parent_structure"])
        yield STREET, words(row["address"])
        yield TEXT, words(f"{row['summary']} {row['description']}")[:MAX_TEXT_WORDS]


def _names_of(model):
    """{pk: words of its name and of its official label, which holds the short form: EPN, CCAS}."""
    rows = model.objects.values_list("pk", "name", "label")
    return {pk: _words(f"{name} {label}") for pk, name, label in rows}


@lru_cache(maxsize=5_000)
def _words(text):
    return tuple(words(text))
