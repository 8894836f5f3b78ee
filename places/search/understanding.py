"""What was meant: needs, places on the ground, and words to look for. Pure but for its vocabulary."""

import re
from dataclasses import dataclass, field

from places.domain.identifiers import department_of
from places.domain.text import STOP_WORDS, fold, stem, words

from .senses import STREET_WORDS, Senses
from .vocabulary import Kind, Vocabulary
from .where import Where, settle

MAX_WORDS = 16
MAX_WORD = 60

_POSTCODE = re.compile(r"\d{5}")
_GLUED_POSTCODE = re.compile(r"\b(\d{5})(?=[^\W\d])")
# What the mail wants and nobody looks for: "Nantes cedex 2", "BP 108".
_MAIL = re.compile(r"\b(?:cedex(?: \d{1,2})?|(?:bp|cs|tsa) \d+)\b")
_SHORT_LINKS = {"s": "sur", "ss": "sous"}


@dataclass(frozen=True)
class Group:
    """One thing asked for: any of the terms, or of the services or themes, answers it."""

    label: str
    typed: str
    terms: frozenset[str]
    services: frozenset[int] = frozenset()
    themes: frozenset[int] = frozenset()


@dataclass
class Understanding:
    groups: list[Group] = field(default_factory=list)
    where: Where | None = None
    postcode: str = ""
    corrected: list[tuple[str, str]] = field(default_factory=list)  # (as typed, as read)


def understand(query: str, vocabulary: Vocabulary, *, corrects: bool = True) -> Understanding:
    """What `query` means. Words that mean nothing here are left as words to look for, never an error.

    With `corrects` off every word is taken as it is written.
    """
    said, postcode = words_of(query)
    path = Senses(said, vocabulary).likeliest(corrects=corrects)
    where, used = settle(path, said, postcode, vocabulary)
    if where is None and postcode and postcode not in vocabulary.postcodes:
        where = _department_of(postcode, vocabulary)
    understood = Understanding(where=where, postcode=postcode)
    for sense in path:
        typed = " ".join(said[sense.start : sense.end])
        free = [n for n in range(sense.start, sense.end) if n not in used]
        if sense.names:
            understood.groups += [_words_group(said[n]) for n in free if said[n] not in STOP_WORDS]
            is_read = sense.meant and len(free) < sense.length
            meant = where.names[0].full_label if is_read else ""
        elif free and (sense.terms or sense.meaning):
            understood.groups.append(_group(sense, typed))
            meant = sense.meant
        else:
            meant = ""
        if meant:
            understood.corrected.append((typed, meant))
    understood.groups = _without_noise(understood)
    return understood


def words_of(query):
    """(folded words, postcode or "")."""
    text = _MAIL.sub(" ", _GLUED_POSTCODE.sub(r"\1 ", fold(query)))
    said = [word[:MAX_WORD] for word in words(text)[:MAX_WORDS]]
    postcode = next((word for word in said if _POSTCODE.fullmatch(word)), "")
    if postcode:
        said.remove(postcode)
    inner = range(1, len(said) - 1)
    return [_SHORT_LINKS.get(word, word) if n in inner else word for n, word in enumerate(said)], postcode


def _department_of(postcode, vocabulary):
    """A postcode that no commune has, of a large company or of "cedex": its département."""
    name = vocabulary.departments.get((department_of(postcode) or "").casefold())
    return Where(postcode, (name,)) if name else None


def _words_group(word):
    return Group(word, word, frozenset({stem(word)}))


def _group(sense, typed):
    if need := sense.meaning:
        return Group(need.name, typed, need.terms | sense.terms, need.services, need.themes)
    return Group(sense.meant or typed, typed, sense.terms)


def _without_noise(understood):
    """Each thing asked for once; numbers and words like "rue" only when nothing else is asked for."""
    groups = list({group.terms: group for group in understood.groups}.values())
    telling = [group for group in groups if not (group.label in STREET_WORDS or group.label.isdigit())]
    return telling if telling or understood.where or understood.postcode else groups


def territory_named(text: str, vocabulary: Vocabulary) -> tuple[tuple[int, ...], int | None]:
    """(keys of communes, key of the neighbourhood or None) that `text` names; ((), None) for no name."""
    understood = understand(text, vocabulary)
    if understood.where is None:
        return tuple(vocabulary.postcodes.get(understood.postcode, ())), None
    name = understood.where.names[0]
    return name.communes, name.pk if name.kind is Kind.NEIGHBOURHOOD else None
