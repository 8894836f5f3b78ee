"""The form of a workshop, in the words of those who announce it: "chaque mardi, de 14 h à 16 h"."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from places.domain.recurrence import RuleError, dates_from_lines
from places.models import Workshop

from .fields import WeekdaysField
from .widgets import TimeInput

# A session that ends at night is an evening; one that ends after 6 in the morning is a slip of the pen.
LATEST_NIGHT_END = dt.time(6)
SHORTEST_MIN = 5
ANY_DAY = dt.date(2000, 1, 1)


class WorkshopForm(forms.ModelForm):
    weekdays = WeekdaysField(label=_("le"), required=False)
    end_time = forms.TimeField(label=_("à"), widget=TimeInput)

    class Meta:
        labels = {
            "start_time": _("de"),
            "interval": _("une fois sur"),
            "week_of_month": _("rang"),
            "extra_dates": _("Dates choisies, ou en plus"),
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2, "cols": 60}),
            "description": forms.Textarea(attrs={"rows": 6, "cols": 60}),
            "what_to_bring": forms.Textarea(attrs={"rows": 2, "cols": 60}),
            "extra_dates": forms.Textarea(attrs={"rows": 3, "cols": 14, "placeholder": "24/12/2026"}),
            "except_dates": forms.Textarea(attrs={"rows": 3, "cols": 14, "placeholder": "24/12/2026"}),
        }
        help_texts = {
            "interval": _("1 : à chaque fois. 2 : une semaine (ou un mois) sur deux."),
            "starts_on": _("Inutile pour des dates choisies."),
            "extra_dates": _("Une date par ligne : 24/12/2026."),
            "except_dates": _("Une date par ligne : 24/12/2026."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].required = False
        if self.instance.start_time and self.instance.duration_min:
            self.initial["end_time"] = end_of(self.instance.start_time, self.instance.duration_min)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("frequency") == Workshop.Frequency.DATES and not cleaned.get("starts_on"):
            cleaned["starts_on"] = first_of(cleaned.get("extra_dates", ""))
        start, end = cleaned.get("start_time"), cleaned.get("end_time")
        if start and end:
            self.instance.duration_min = self._minutes_between(start, end)
        return cleaned

    def _minutes_between(self, start, end):
        minutes = (minutes_of(end) - minutes_of(start)) % (24 * 60)
        if (end < start and end > LATEST_NIGHT_END) or minutes < SHORTEST_MIN:
            self.add_error("end_time", _("La séance finit avant de commencer, ou dure moins de 5 minutes."))
        return minutes

    def add_error(self, field, error):
        """What the model says of the length is told at the end time; one refusal for a field is enough."""
        if field is not None or not hasattr(error, "error_dict"):
            super().add_error(field, error)
            return
        for name, errors in error.error_dict.items():
            shown_at = "end_time" if name == "duration_min" else name
            if shown_at not in self.errors:
                super().add_error(shown_at, errors)


def copied(workshop):
    """{field of the form: value} for another place or another term: the dates are to be chosen anew."""
    own = ["slug", "starts_on", "until", "extra_dates", "except_dates"]
    return forms.model_to_dict(workshop, exclude=own) | {
        "end_time": end_of(workshop.start_time, workshop.duration_min)
    }


def minutes_of(time):
    return time.hour * 60 + time.minute


def end_of(start, minutes):
    return (dt.datetime.combine(dt.date.min, start) + dt.timedelta(minutes=minutes)).time()


def first_of(dates):
    """The earliest of some chosen dates; any day when they cannot be read, which the rule says itself."""
    try:
        return min(dates_from_lines(dates), default=ANY_DAY)
    except RuleError:
        return ANY_DAY
