"""What a professional says of an orientation: all of it may stay unsaid, none of it is about a person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from places.models import Neighbourhood, Service, Theme, UnmetNeed
from places.search import current, territory_named


class SlipForm(forms.Form):
    """What is counted with a slip."""

    theme = forms.ModelChoiceField(
        Theme.objects.all(),
        label=_("Pour quoi\u00a0?"),
        to_field_name="code",
        required=False,
        empty_label=_("Je ne précise pas"),
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.none(),
        label=_("De quel quartier vient cette personne\u00a0?"),
        to_field_name="slug",
        required=False,
        empty_label=_("Je ne sais pas, ou un autre"),
    )

    def __init__(self, *args, neighbourhoods, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["neighbourhood"].queryset = neighbourhoods


class UnmetNeedForm(forms.Form):
    """A need for which nothing was found."""

    service = forms.ModelChoiceField(
        Service.objects.all(),
        label=_("Quelle aide cherchiez-vous\u00a0?"),
        to_field_name="code",
        empty_label=_("Choisissez"),
        error_messages={"required": _("Choisissez une aide.")},
    )
    where = forms.CharField(
        label=_("Dans quelle ville ou quel quartier\u00a0?"),
        max_length=100,
        error_messages={"required": _("Donnez une ville ou un quartier.")},
    )
    half_day = forms.ChoiceField(label=_("À quel moment\u00a0?"), choices=UnmetNeed.HALF_DAYS, required=False)

    def clean_where(self):
        """{"commune_id": key, "neighbourhood_id": key or None} of the likeliest territory of that name."""
        communes, neighbourhood = territory_named(self.cleaned_data["where"], current())
        if not communes:
            raise forms.ValidationError(
                _("Nous ne connaissons pas ce nom. Essayez celui de la ville, ou son code postal.")
            )
        return {"commune_id": communes[0], "neighbourhood_id": neighbourhood}
