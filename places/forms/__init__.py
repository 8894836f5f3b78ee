"""Strings in, values of the domain out; every refusal is a short sentence in French."""

import datetime as dt

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from places.domain.coverage import ANY, EVENING, STEP_FREE
from places.domain.period import When
from places.domain.text import tidy
from places.models import (
    Audience,
    Commune,
    Correction,
    Department,
    Fee,
    Language,
    Neighbourhood,
    Partner,
    Service,
    Theme,
    Workshop,
)

from .position import PositionForm


class SomeOf(forms.SelectMultiple):
    """Several choices; an empty one, which a list that unfolds sends, is none."""

    def value_from_datadict(self, data, files, name):
        return [value for value in super().value_from_datadict(data, files, name) or [] if value]


class AgendaForm(PositionForm):
    """Which sessions: what, where, when, for whom. The page, the calendars and the paper read it alike."""

    LATEST_YEAR = 2100
    A_DATE = _("Choisissez une date, par exemple 24/12/2026.")
    A_MONTH = _("Choisissez un mois, par exemple 2026-12.")

    q = forms.CharField(label=_("Votre recherche"), max_length=200, required=False)
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.current(), label=_("Quartier"), to_field_name="slug", required=False
    )
    commune = forms.ModelChoiceField(
        Commune.objects.select_related("department"),
        label=_("Ville"),
        to_field_name="insee_code",
        required=False,
    )
    when = forms.ChoiceField(
        label=_("Quand"),
        choices=[
            ("", _("Toutes les dates")),
            (When.TODAY, _("Aujourd’hui")),
            (When.TOMORROW, _("Demain")),
            (When.WEEK, _("Cette semaine")),
            (When.NEXT_WEEK, _("La semaine prochaine")),
        ],
        required=False,
    )
    day = forms.DateField(
        label=_("Un jour précis"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": A_DATE},
    )
    month = forms.DateField(
        label=_("Mois"), required=False, input_formats=["%Y-%m"], error_messages={"invalid": A_MONTH}
    )
    moment = forms.MultipleChoiceField(
        label=_("Moment"),
        choices=[("evening", _("Le soir, à partir de 17\u00a0h")), ("saturday", _("Le samedi"))],
        required=False,
    )
    free = forms.BooleanField(label=_("Sans les séances complètes"), required=False)
    theme = forms.ModelMultipleChoiceField(
        Theme.objects.all(), label=_("Axe"), to_field_name="code", required=False
    )
    audience = forms.ModelMultipleChoiceField(
        Audience.objects.all(),
        label=_("Public"),
        to_field_name="code",
        required=False,
        widget=SomeOf,
    )
    level = forms.MultipleChoiceField(
        label=_("Niveau"),
        choices=[row for row in Workshop.Level.choices if row[0] != Workshop.Level.ANY],
        required=False,
    )
    language = forms.ModelMultipleChoiceField(
        Language.objects.all(),
        label=_("Langue"),
        to_field_name="code",
        required=False,
        widget=SomeOf,
    )
    fee = forms.ModelMultipleChoiceField(
        Fee.objects.all(), label=_("Tarif"), to_field_name="code", required=False
    )

    def clean_q(self):
        return tidy(self.cleaned_data["q"])

    def clean_day(self):
        return self._within_reach(self.cleaned_data["day"], self.A_DATE)

    def clean_month(self):
        return self._within_reach(self.cleaned_data["month"], self.A_MONTH)

    @property
    def asked(self):
        """All but the month, which says how the sessions are shown."""
        return {name: value for name, value in self.cleaned_data.items() if name != "month"}

    def _within_reach(self, day, message):
        if day and not 2000 <= day.year < self.LATEST_YEAR:
            raise forms.ValidationError(message)
        return day


class NeighbourhoodSearchForm(forms.Form):
    q = forms.CharField(label=_("Nom du quartier ou de la ville"), max_length=100, required=False)
    department = forms.SlugField(max_length=3, required=False, widget=forms.HiddenInput)


class PartnerSearchForm(forms.Form):
    q = forms.CharField(label=_("Nom, quartier ou ville"), max_length=100, required=False)
    kind = forms.MultipleChoiceField(label=_("Type d’acteur"), choices=Partner.Kind.choices, required=False)
    theme = forms.ModelMultipleChoiceField(
        Theme.objects.all(), label=_("Axe"), to_field_name="code", required=False
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.current(), label=_("Quartier"), to_field_name="slug", required=False
    )
    commune = forms.ModelChoiceField(
        Commune.objects.all(), label=_("Ville"), to_field_name="insee_code", required=False
    )

    def clean_q(self):
        return tidy(self.cleaned_data["q"])


class CoverageForm(forms.Form):
    """Of which territory, for what, in which order. Without a territory: all départements."""

    # Of neighbourhoods, and of départements: either table passes over what it has no column for.
    SORTS = ["name", "distance", "reach", "hours", "axes", "count", "median"]

    department = forms.ModelChoiceField(
        Department.objects.with_neighbourhoods(),
        label=_("Département"),
        to_field_name="code",
        required=False,
        empty_label=_("Toute la France"),
    )
    epci = forms.RegexField(r"^\d{9}$", required=False, widget=forms.HiddenInput)
    commune = forms.ModelChoiceField(
        Commune.objects.all(), to_field_name="insee_code", required=False, widget=forms.HiddenInput
    )
    measure = forms.ChoiceField(label=_("Le lieu le plus proche pour"), required=False)
    sort = forms.ChoiceField(
        choices=[(sign + name, name) for name in SORTS for sign in ("", "-")], required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = measure_choices()

    @property
    def territory(self):
        """The smallest of what is named: {"commune": …}, {"epci": …}, {"department": …}, or {}."""
        chosen = self.cleaned_data if self.is_valid() else {}
        return next(
            ({name: chosen[name]} for name in ("commune", "epci", "department") if chosen.get(name)), {}
        )

    @property
    def measure_code(self):
        return self.cleaned_data["measure"] if self.is_valid() else ANY

    @property
    def measure_name(self):
        """In words; "" for any place."""
        return self.measure_code and self.measure_names[self.measure_code]

    @property
    def measure_names(self):
        """{measure: name}, the groups of the choices as one."""
        names = {}
        for value, name in self.fields["measure"].choices:
            names |= dict(name) if isinstance(name, list) else {value: name}
        return names


def measure_choices():
    """For what the nearest place can be asked, in groups: any help, an axis, a kind of help, an audience."""
    groups = [("theme", _("Pour un axe"), Theme), ("service", _("Pour une aide"), Service)]
    groups.append(("audience", _("Pour un public, là où le lieu le nomme"), Audience))
    return [
        (ANY, _("Tous les lieux")),
        (EVENING, _("Ouvert le soir")),
        (STEP_FREE, _("Accessible de plain-pied")),
        *(
            (title, [(f"{name}:{row.code}", row.name) for row in model.objects.all()])
            for name, title, model in groups
        ),
    ]


class CorrectionForm(forms.ModelForm):
    """What a visitor reports. A field that people do not see, and time, keep machines out quietly."""

    # A person needs longer than this to read the form and write; a machine does not.
    SHORTEST_FILL = dt.timedelta(seconds=3)
    LONGEST_FILL = dt.timedelta(days=1)
    SALT = "correction-form"

    website = forms.CharField(required=False, label=_("Laissez ce champ vide"))
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Correction
        fields = ["kind", "message", "reply_to"]
        widgets = {"kind": forms.RadioSelect, "message": forms.Textarea(attrs={"rows": 5})}
        error_messages = {
            "kind": {"required": _("Dites-nous ce qui ne va pas.")},
            "message": {"required": _("Écrivez en quelques mots ce qu’il faudrait corriger.")},
        }

    def __init__(self, *args, at, **kwargs):
        self.at = at
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Correction.Kind.choices
        self.fields["opened"].initial = signing.dumps(at.timestamp(), salt=self.SALT)

    def open_again(self):
        """Shown again with what was typed, it counts as opened now: a page kept for days can be sent."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data["opened"] = self.fields["opened"].initial

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("website"):
            raise forms.ValidationError(_("Ce message ressemble à un envoi automatique."), code="robot")
        if not self._took_a_human_time(cleaned.get("opened", "")):
            raise forms.ValidationError(
                _("Vérifiez votre texte, puis envoyez-le de nouveau."), code="too_fast"
            )
        return cleaned

    def _took_a_human_time(self, opened):
        try:
            seconds = self.at.timestamp() - signing.loads(opened, salt=self.SALT)
        except (signing.BadSignature, TypeError):
            return False
        return self.SHORTEST_FILL.total_seconds() <= seconds <= self.LONGEST_FILL.total_seconds()
