"""One text message: what to send of a place or a session to a telephone, however old.

A message holds 160 characters of the GSM alphabet (3GPP TS 23.038, formerly GSM 03.38), where é, è, à
and ù have their place but ê, ç and the typographic apostrophe do not. With one character from outside,
the whole message falls to 70: what can be written otherwise is.
"""

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote

MAX_SEPTETS = 160
MAX_UTF16_UNITS = 70
LONGEST_TITLE = 60

# Languages of the site that the alphabet has no letters for: their messages are in French, as listings are.
LANGUAGES_OUTSIDE = frozenset({"ar", "uk"})

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")  # each behind an escape: two places
_ALPHABET = _BASIC | _EXTENDED

_WRITTEN = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‑": "-",
        "…": "...",
        "·": "-",
        "•": "-",
        "ı": "i",
        "œ": "oe",
        "Œ": "OE",
        "×": "x",
        "\u00a0": " ",
        "\u202f": " ",
        "\t": " ",
        "\r": None,
    }
)


def length(text: str) -> int | None:
    """In places of the GSM alphabet; None when `text` has a character from outside."""
    if not _ALPHABET.issuperset(text):
        return None
    return len(text) + sum(char in _EXTENDED for char in text)


def fits(text: str) -> bool:
    """Whether `text` goes in one message."""
    places = length(text)
    if places is None:
        return len(text.encode("utf-16-le", "surrogatepass")) <= 2 * MAX_UTF16_UNITS
    return places <= MAX_SEPTETS


def shorten(parts: Sequence[str]) -> str:
    """One message with `parts`, a line each, in the GSM alphabet: those that it holds, the first ones first.

    The first, a name or a title, is cut at a word past 60; the others come whole or not at all, since half
    a telephone number or half an address misleads. Empty parts are left out.
    """
    title, *others = [_plain(part) for part in parts] or [""]
    lines = [_cut(title)] if title else []
    for part in others:
        if part and fits("\n".join([*lines, part])):
            lines.append(part)
    return "\n".join(lines)


def link(text: str) -> str:
    """The address that opens the telephone's messages with `text` written, its recipient to be chosen."""
    # "?&": Android reads the address from "?", iOS from "&".
    return f"sms:?&body={quote(text, safe='')}"


def _plain(text):
    """`text` on one line in the GSM alphabet: its own accents kept, others taken off, signs left out."""
    quoted = re.sub(r"«\s*|\s*»", '"', text)
    written = unicodedata.normalize("NFC", quoted).translate(_WRITTEN)
    plain = "".join(char if char in _ALPHABET else _bare(char) for char in written)
    return " ".join(plain.split())


def _bare(char):
    base = unicodedata.normalize("NFKD", char)
    return "".join(part for part in base if part in _ALPHABET)


def _cut(title):
    if len(title) <= LONGEST_TITLE:
        return title
    kept = title[: LONGEST_TITLE - 3]
    if not title[LONGEST_TITLE - 3].isspace() and " " in kept:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip(" ,;:-(") + "..."
