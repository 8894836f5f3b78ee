"""vCard 3.0 (RFC 2426), the form of contact that telephones old and new read."""

from collections.abc import Iterable

from .text import tidy

MAX_OCTETS = 75


def text(value: str) -> str:
    """`value` as a text of a property: on one line, its signs escaped."""
    escaped = tidy(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def structured(*parts: str) -> str:
    """The parts of a name or an address, in their order."""
    return ";".join(text(part) for part in parts)


def uri(value: str) -> str:
    """An address or a number, which is not escaped: what could begin a line of its own is taken out."""
    return "".join(tidy(value).split())


def card(properties: Iterable[tuple[str, str]]) -> str:
    """The whole card; (name, value) in order, each value made by one of the functions above, "" left out."""
    lines = ["BEGIN:VCARD", "VERSION:3.0"]
    lines += [f"{name}:{value}" for name, value in properties if value]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCARD"])


def _folded(line):
    """`line` in pieces of 75 octets, each after the first behind a space; no character is cut in two."""
    pieces, piece, size = [], "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > MAX_OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + char, size + octets
    return "\r\n".join([*pieces, piece])
