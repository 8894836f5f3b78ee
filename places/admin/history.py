"""Former states of a row, told in words: labels of choices, Oui and Non, dates as people write them."""

import datetime as dt

from django.contrib.gis.geos import GEOSGeometry, Point
from django.db.models import ManyToManyField
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from simple_history.template_utils import HistoricalRecordContextHelper

NOTHING = "–"


class WordsOfHistory(HistoricalRecordContextHelper):
    def prepare_delta_change_value(self, change, value):
        field = self.model._meta.get_field(change.field)
        if isinstance(field, ManyToManyField):
            return super().prepare_delta_change_value(change, value)
        return in_words(field, value)


def in_words(field, value):
    if field.choices:
        value = dict(field.flatchoices).get(value, value)
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, Point):
        return f"{value.y:.6f} ; {value.x:.6f}"
    if isinstance(value, GEOSGeometry):
        return _("un contour de %(n)d points") % {"n": value.num_points}
    if isinstance(value, dt.datetime):
        return localize(localtime(value))
    if isinstance(value, dt.date | dt.time):
        return localize(value)
    return value
