"""The catalogues of the other languages: none breaks a page, and what is served is what is written."""

import gettext
import re

import pytest

from tests.messages import LANGUAGES, PLURALS, catalogue, missing, path_of

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")
MARKUP = re.compile(r"</?\w+")


def placeholders(text):
    return {found[0] for found in PLACEHOLDER.finditer(text)}


def says_the_same(msgid, plural, text, *, is_last):
    """All placeholders of the message, none of its own; but a form for one or two may say so in words."""
    may_lack = 1 if plural and not is_last else 0
    added = placeholders(text) - placeholders(msgid + plural)
    return not added and len(placeholders(plural or msgid) - placeholders(text)) <= may_lack


@pytest.mark.parametrize("language", LANGUAGES)
class TestCatalogue:
    def test_lacks_nothing_that_visitors_read(self, language):
        assert missing(language) == []

    def test_says_each_message_with_its_own_placeholders(self, language):
        wrong = [
            (msgid, text)
            for (msgid, plural, _context), strings in catalogue(language).items()
            for number, text in enumerate(strings)
            if text and not says_the_same(msgid, plural, text, is_last=number == len(strings) - 1)
        ]
        assert wrong == []

    def test_keeps_the_markup_of_each_message(self, language):
        wrong = [
            (msgid, text)
            for (msgid, plural, _context), strings in catalogue(language).items()
            for text in filter(None, strings)
            if not plural and sorted(MARKUP.findall(text)) != sorted(MARKUP.findall(msgid))
        ]
        assert wrong == []

    def test_has_all_the_plurals_of_the_language(self, language):
        forms, _rule = PLURALS[language]
        assert [
            key for key, strings in catalogue(language).items() if len(strings) != (forms if key[1] else 1)
        ] == []

    def test_is_served_as_it_is_written(self, language):
        with path_of(language).with_suffix(".mo").open("rb") as file:
            served = gettext.GNUTranslations(file)
        wrong = [
            msgid
            for (msgid, plural, context), strings in catalogue(language).items()
            if all(strings) and not plural
            if (served.pgettext(context, msgid) if context else served.gettext(msgid)) != strings[0]
        ]
        assert wrong == []
        forms = served._catalog  # the only way to each form of a plural
        for (msgid, plural, _context), strings in catalogue(language).items():
            if plural and all(strings):
                assert [forms[(msgid, number)] for number in range(len(strings))] == strings, msgid
