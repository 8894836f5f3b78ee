"""Which places answer the words of a search: by a word of the index, or by a service."""

from collections import defaultdict
from math import log

from django.db.models import Exists, OuterRef, Q, Value

from places.models import Among, Place, Posting, Service

# What a service or a theme that answers a need weighs beside the words of the index.
SERVICE_WEIGHT = 5

# Beyond this many keys, a list of them in a query costs more than reading the whole table.
FEW_KEYS = 5_000


def answers_of(groups, pks):
    """[{pk: weight} of the places that answer it], for each group: by a word of the index, or by a service.

    Among the places `pks`, a sized container; None is everywhere.
    """
    if not groups or (pks is not None and not pks):
        return [{} for _group in groups]
    many = pks is not None and len(pks) > FEW_KEYS
    answers, answered = [], defaultdict(list)
    for number, group in enumerate(groups):
        answers.append({})
        for term in (*group.terms, number_of(number)):
            answered[term].append(answers[number])
    for pk, term, weight in _postings(groups, None if many else pks):
        for answer in answered[term]:
            if weight > answer.get(pk, 0):
                answer[pk] = weight
    return answers


def _postings(groups, pks):
    """(pk, term, weight), read at once: words of the index, and services, under the number of their group.

    Of the places `pks`; None is everywhere.
    """
    parts = _parts(groups)
    if pks is not None:
        parts = [part.filter(Among("place", pks)) for part in parts]
    first, *others = (part.values_list("place", "term", "weight") for part in parts)
    return first.union(*others, all=True)


def _parts(groups):
    """A query for the words of the index, and one for the services of each group."""
    terms = sorted(set().union(*(group.terms for group in groups)))
    parts = [Posting.objects.filter(term__in=terms)]
    for number, group in enumerate(groups):
        if group.services or group.themes:
            term, weight = Value(number_of(number)), Value(SERVICE_WEIGHT)
            parts.append(_offers(group).annotate(term=term, weight=weight))
    return parts


def _offers(group):
    """The links of places to the services that answer `group`."""
    offered = Service.objects.filter(Q(pk__in=group.services) | Q(themes__in=group.themes))
    return Place.services.through.objects.filter(service__in=offered.values("pk"))


def answering(places, groups):
    """Those of `places` (a PlaceQuerySet) that answer each group."""
    for group in groups:
        said = Posting.objects.filter(place=OuterRef("pk"), term__in=sorted(group.terms))
        # Asked of each place: a plan that PostgreSQL keeps for any box and any words takes 5 ms so, where one
        # for "place in these" took 140.
        places = places.filter(Exists(said) | Exists(_offers(group).filter(place=OuterRef("pk"))))
    return places


def number_of(group):
    """A term that no word makes."""
    return f"#{group}"


def scores_of(answers, rows):
    """{pk: score} of the places among `rows` that answer every group, or, if none does, as many as one can.

    None when nothing is asked for. A rare word says more than a common one.
    """
    if not answers:
        return None
    best = {}
    for answer in answers:
        here = {pk: weight for pk, weight in answer.items() if pk in rows}
        rarity = log(1 + 10_000 / (1 + len(here)))
        for pk, weight in here.items():
            count, score = best.get(pk, (0, 0.0))
            best[pk] = (count + 1, score + weight * rarity)
    most = max((count for count, _score in best.values()), default=0)
    return {pk: round(score, 6) for pk, (count, score) in best.items() if count == most}
