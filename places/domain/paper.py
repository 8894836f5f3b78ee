"""How large the type of a sheet of A4 may be so that all of it stands on the one page."""

from collections.abc import Iterable, Sequence

# Of the sheet of a month, in points: two columns 86 mm wide, and the height that head and foot leave them,
# less what it takes to say that some sessions are left out.
MONTH_SIZES = (17, 15, 13, 12, 11, 10, 9, 8)
_COLUMNS, _COLUMN_MM, _HEIGHT_MM, _LEFT_OUT_MM = 2, 86, 165, 12
_POINT_MM = 0.3528
_LINE_EM = 1.3
# How wide characters are in DejaVu Sans, among the widest of the fonts of systems, in em.
_WIDTHS = {
    **dict.fromkeys("ijlI", 0.29),
    **dict.fromkeys(" \u00a0.,:;’'!", 0.32),
    **dict.fromkeys("ftr()-", 0.4),
    **dict.fromkeys("mwMW", 0.95),
}
_CAPITAL_EM, _OTHER_EM = 0.68, 0.61
# Hours are bold: half an em more, at most.
_BOLD_EM = 0.7
# The date stands in a margin of its own; the line between two days, with its air, is worth half a line.
_DATE_EM, _DAY_LINES, _SESSION_LINES = 4.6, 0.5, 0.1
# What is lost where a session does not part between two columns.
_FILLED = 0.94

# Of a poster: the name of the size, for a title and a text of so many characters at most.
_POSTERS = (("xl", 24, 150), ("l", 48, 260), ("m", 90, 420))


def poster_size(title: str, texts: Iterable[str]) -> str:
    """ "xl", "l", "m" or "s": the more a poster says, the smaller its type."""
    said = sum(map(len, texts))
    return next((name for name, long, much in _POSTERS if len(title) <= long and said <= much), "s")


def month_fit(days: Sequence[Sequence[str]]) -> tuple[int, int]:
    """(the largest of MONTH_SIZES at which the sheet holds `days`, how many of them it holds from the first).

    `days` are the texts of the sessions of each day; the smallest size may leave the last ones out.
    """
    for size in MONTH_SIZES:
        if _fits(days, size):
            return size, len(days)
    kept = len(days) - 1
    while kept and not _fits(days[:kept], MONTH_SIZES[-1], _HEIGHT_MM - _LEFT_OUT_MM):
        kept -= 1
    return MONTH_SIZES[-1], kept


def _fits(days, size, height=_HEIGHT_MM):
    room = _COLUMNS * height * _FILLED / (size * _LINE_EM * _POINT_MM)
    return sum(_DAY_LINES + _lines(day, size) for day in days) <= room


def _lines(texts, size):
    width = _COLUMN_MM / (size * _POINT_MM) - _DATE_EM
    return sum(_wrapped(text, width) + _SESSION_LINES for text in texts)


def _wrapped(text, width_em):
    """In how many lines `text` is set, words kept whole."""
    count, filled = 1, _BOLD_EM
    for word in text.split(" "):
        wide = sum(map(_width, word))
        if filled and filled + wide > width_em:
            count, filled = count + 1, 0
        filled += wide + _WIDTHS[" "]
    return count


def _width(char):
    return _WIDTHS.get(char, _CAPITAL_EM if char.isupper() else _OTHER_EM)
