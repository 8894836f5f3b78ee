"""A place or a session on a sheet of paper in big type, for those who go there without a telephone."""

import segno
from django.utils import timezone
from django.utils.safestring import mark_safe

from places.domain import hours
from places.domain.french import SEMICOLON
from places.domain.sketch import sketch


def sheet_of_place(request, place, at):
    """What `place_sheet.html` needs; the place has its territory, short lists and closures."""
    around = place.neighbourhood or place.commune
    page_url = request.build_absolute_uri(place.get_absolute_url())
    return {
        "place": place,
        "hours_lines": _lines_of(hours.sentence(place.opening_hours)),
        "around": around,
        "sketch": _sketch_of(place, around),
        "page_url": page_url,
        "qr": qr_of(page_url),
        "today": timezone.localdate(at, place.timezone),
    }


def sheet_of_occurrence(request, occurrence, at):
    """What `occurrence_sheet.html` needs."""
    page_url = request.build_absolute_uri(occurrence.get_absolute_url())
    return {
        "occurrence": occurrence,
        "page_url": page_url,
        "qr": qr_of(page_url),
        "today": timezone.localdate(at, occurrence.workshop.place.timezone),
    }


def qr_of(url):
    return mark_safe(segno.make(url, error="m").svg_inline(omitsize=True, border=0))


def _lines_of(sentence):
    return [part[:1].upper() + part[1:] for part in sentence.split(SEMICOLON)] if sentence else []


def _sketch_of(place, around):
    """In the outline of the neighbourhood, or else of the commune; None without outline or position."""
    outline = around and (around.display_area if around == place.neighbourhood else around.area)
    if not outline or not place.location:
        return None
    return sketch([ring for polygon in outline.coords for ring in polygon], place.location.coords)
