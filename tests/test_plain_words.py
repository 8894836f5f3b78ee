"""What people read on the public pages is plain: short sentences, short words.

The measure is that of Kandel and Moles (1958), Flesch's for French: 207 − 1.015 × words per sentence
− 73.6 × syllables per word. 70 and more is what a child of eleven reads; a law has 20.
"""

import re
from collections import defaultdict

import pytest

from tests.test_consistency import told_by_templates

PLAIN = 70
LONGEST_SENTENCE = 20
# Fewer words than these make no text: the measure says nothing of three labels.
SHORTEST_TEXT = 40

VOWELS = "aeiouyàâäéèêëîïôöùûüœæ"
_FILLED = re.compile(r"%\(\w+\)s|{{.*?}}|{%.*?%}")


def syllables(word):
    """Groups of vowels, but for the last one when it is silent: "aide", "aides", "aident"."""
    word = word.lower()
    spoken = re.sub(r"(?<=..)(e|es|ent)$", "", word.replace("qu", "q"))
    return max(1, len(re.findall(f"[{VOWELS}]+", spoken)))


def sentences(text):
    """Lists of words."""
    parts = re.split(r"[.!?:;…\n]+", _FILLED.sub("x", text))
    return [words for part in parts if (words := re.findall(r"[\w’'-]*\w", part))]


def kandel_moles(texts):
    said = [words for text in texts for words in sentences(text)]
    words = [word for sentence in said for word in sentence]
    return 207 - 1.015 * len(words) / len(said) - 73.6 * sum(map(syllables, words)) / len(words)


def public_texts():
    texts = defaultdict(list)
    for name, text in told_by_templates():
        if not name.startswith("admin/"):
            texts[name].append(text)
    return texts


TEXTS = public_texts()
LONG = sorted(
    name
    for name, texts in TEXTS.items()
    if sum(len(words) for text in texts for words in sentences(text)) >= SHORTEST_TEXT
)


class TestMeasure:
    @pytest.mark.parametrize(
        ("word", "count"),
        [
            ("aide", 1),
            ("aides", 1),
            ("ordinateur", 4),
            ("où", 1),
            ("le", 1),
            ("quartier", 2),
            ("numérique", 3),
        ],
    )
    def test_counts_syllables_about_as_one_speaks(self, word, count):
        assert syllables(word) == count

    def test_tells_plain_words_from_those_of_an_office(self):
        office = (
            "L’usager est invité à se rapprocher préalablement des services administratifs territorialement "
            "compétents afin d’obtenir communication des modalités d’accompagnement susceptibles de répondre."
        )
        assert kandel_moles(["Venez avec votre papier. On vous aide sur place."]) > PLAIN
        assert kandel_moles([office]) < 30


class TestPublicPages:
    def test_are_read_here(self):
        assert len(LONG) > 20

    @pytest.mark.parametrize("name", LONG)
    def test_are_plain(self, name):
        assert kandel_moles(TEXTS[name]) >= PLAIN

    @pytest.mark.parametrize("name", sorted(TEXTS))
    def test_have_short_sentences(self, name):
        long = [
            " ".join(words)
            for text in TEXTS[name]
            for words in sentences(text)
            if len(words) > LONGEST_SENTENCE
        ]
        assert long == []
