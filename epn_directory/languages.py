"""The same page in the other languages: the prefix of an address says its language."""

from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language, get_language_info

PREFIXES = {code: "" if code == settings.LANGUAGE_CODE else f"/{code}" for code, _name in settings.LANGUAGES}


class Language(NamedTuple):
    code: str
    name: str  # as its speakers write it
    url: str  # of the same page
    is_current: bool


def languages_of(request):
    """All languages in which the page that is asked for can be read, with its query."""
    current = get_language() or settings.LANGUAGE_CODE
    path = request.get_full_path().removeprefix(PREFIXES.get(current, ""))
    return [
        Language(code, name, f"{PREFIXES[code]}{path}", code == current) for code, name in settings.LANGUAGES
    ]


def is_right_to_left():
    return get_language_info(get_language() or settings.LANGUAGE_CODE)["bidi"]
