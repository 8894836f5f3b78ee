"""What another site would show of this one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from places.models import Commune, Neighbourhood, Service, Theme
from places.search import current, territory_named


class EmbedForm(forms.Form):
    VIEWS = [("map", _("La carte et la liste")), ("list", _("La liste des lieux")), ("agenda", _("L’agenda"))]
    SMALLEST_PX, TALLEST_PX, USUAL_PX = 300, 2_000, 640

    view = forms.ChoiceField(label=_("Que montrer\u00a0?"), choices=VIEWS, initial="map")
    where = forms.CharField(
        label=_("Dans quelle ville ou quel quartier\u00a0?"),
        help_text=_("Laissez vide pour toute la France."),
        max_length=100,
        required=False,
    )
    theme = forms.ModelChoiceField(
        Theme.objects.all(),
        label=_("Sur quel axe\u00a0?"),
        to_field_name="code",
        required=False,
        empty_label=_("Tous"),
    )
    service = forms.ModelChoiceField(
        Service.objects.all(),
        label=_("Pour quelle aide\u00a0?"),
        help_text=_("Pour la carte et la liste."),
        to_field_name="code",
        required=False,
        empty_label=_("Toutes"),
    )
    height = forms.IntegerField(
        label=_("Hauteur, en pixels"),
        min_value=SMALLEST_PX,
        max_value=TALLEST_PX,
        initial=USUAL_PX,
        required=False,
        error_messages={
            "invalid": _("Donnez un nombre, par exemple 640."),
            "min_value": _("Donnez 300 au moins."),
            "max_value": _("Donnez 2\u00a0000 au plus."),
        },
    )

    def clean_where(self):
        """A Neighbourhood, a Commune, or None for everywhere."""
        text = self.cleaned_data["where"]
        if not text:
            return None
        communes, neighbourhood = territory_named(text, current())
        if neighbourhood:
            return Neighbourhood.objects.get(pk=neighbourhood)
        if not communes:
            raise forms.ValidationError(
                _("Nous ne connaissons pas ce nom. Essayez celui de la ville, ou son code postal.")
            )
        return Commune.objects.defer(*Commune.OUTLINES).get(pk=communes[0])

    @property
    def query(self):
        """The query string of what is shown: that of the search, or of the agenda."""
        chosen = self.cleaned_data
        query = {}
        if isinstance(chosen["where"], Neighbourhood):
            query["neighbourhood"] = chosen["where"].slug
        elif chosen["where"]:
            query["commune"] = chosen["where"].insee_code
        if chosen["theme"]:
            query["theme"] = chosen["theme"].code
        if chosen["service"] and chosen["view"] != "agenda":
            query["service"] = chosen["service"].code
        return query

    @property
    def height_px(self):
        return self.cleaned_data["height"] or self.USUAL_PX
