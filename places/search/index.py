"""From a listing to its terms: what a place is found by, and how much each word says about it."""

from collections import Counter

from django.db import transaction

from places.domain.text import STOP_WORDS, fold, stem, words
from places.models import IndexStamp, Place, Posting, Word
from places.models.place import batched

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


def rebuild():
    """Index all places anew, in one transaction; say how many."""
    with transaction.atomic():
        Posting.objects.all()._raw_delete(Posting.objects.db)
        Word.objects.all()._raw_delete(Word.objects.db)
        counted, vocabulary = 0, Counter()
        for places in batched(_with_links(Place.objects.order_by("pk")).iterator(BATCH), BATCH):
            _add(places, vocabulary)
            counted += len(places)
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
        vocabulary = Counter()
        Posting.objects.filter(place__in=pks).delete()
        _add(_with_links(Place.objects.filter(pk__in=pks)), vocabulary)
        known = set(Word.objects.filter(text__in=list(vocabulary)).values_list("text", flat=True))
        new = [Word(text=text, place_count=count) for text, count in vocabulary.items() if text not in known]
        # A word that two people bring at the same moment is brought once.
        Word.objects.bulk_create(new, ignore_conflicts=True)
        if new:
            IndexStamp.renew()


def _with_links(places):
    return places.select_related("neighbourhood", "commune").prefetch_related(
        "kinds", "labels", "services", "audiences", "languages", "serves"
    )


def _add(places, vocabulary):
    postings = []
    for place in places:
        weights = {}
        for weight, text in _texts(place):
            for word in text:
                if word in STOP_WORDS or len(word) > MAX_TERM:
                    continue
                term = stem(word)
                weights[term] = max(weight, weights.get(term, 0))
        vocabulary.update(set(_telling_words(place)))
        postings += [Posting(place=place, term=term, weight=weight) for term, weight in weights.items()]
    Posting.objects.bulk_create(postings, batch_size=5 * BATCH)


def _texts(place):
    """(weight, words) of all that a place is found by."""
    yield NAME, words(place.name)
    for kind in place.kinds.all():
        yield KIND, words(kind.name)
    yield TOWN, words(f"{place.city} {place.postcode}")
    for neighbourhood in _neighbourhoods(place):
        yield TOWN, words(f"{neighbourhood.name} {neighbourhood.aliases}")
    for label in place.labels.all():
        yield LABEL, words(label.name)
    yield LABEL, words(place.other_labels)
    for service in place.services.all():
        yield SERVICE, words(f"{service.name} {service.label}")
    for field, said in EQUIPMENT.items():
        if getattr(place, field):
            yield SERVICE, said.split()
    yield BODY, words(place.parent_structure)
    for other in (*place.audiences.all(), *place.languages.all()):
        yield BODY, words(other.name)
    yield STREET, words(place.address)
    yield TEXT, words(f"{place.summary} {place.description}")[:MAX_TEXT_WORDS]


def _telling_words(place):
    """The words of a place that a misspelled one may have meant: those of its name, kinds, labels, town."""
    names = [place.name, place.city, *(link.name for link in (*place.kinds.all(), *place.labels.all()))]
    names += [service.name for service in place.services.all()]
    names += [name for one in _neighbourhoods(place) for name in (one.name, one.aliases)]
    for word in fold(" ".join(names)).split():
        if 3 <= len(word) <= MAX_TERM and word not in STOP_WORDS and not word.isdigit():
            yield word


def _neighbourhoods(place):
    return [one for one in (place.neighbourhood, *place.serves.all()) if one is not None]
