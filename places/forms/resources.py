"""What the actors of a neighbourhood lend one another, and what they made together."""

from django import forms
from django.utils.translation import gettext_lazy as _

from places.domain.text import tidy
from places.models import Commune, Neighbourhood, Offer, Partner, Place, Theme


class _Around(forms.Form):
    """Words, and the neighbourhood, the place or the actor whose they are."""

    q = forms.CharField(label=_("Mot, quartier ou ville"), max_length=100, required=False)
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.current(), label=_("Quartier"), to_field_name="slug", required=False
    )
    place = forms.ModelChoiceField(
        Place.objects.published(), label=_("Lieu"), to_field_name="slug", required=False
    )
    partner = forms.ModelChoiceField(
        Partner.objects.published(), label=_("Partenaire"), to_field_name="slug", required=False
    )

    def clean_q(self):
        return tidy(self.cleaned_data["q"])


class OfferSearchForm(_Around):
    kind = forms.MultipleChoiceField(label=_("Type de ressource"), choices=Offer.Kind.choices, required=False)
    commune = forms.ModelChoiceField(
        Commune.objects.all(), label=_("Ville"), to_field_name="insee_code", required=False
    )


class ProjectSearchForm(_Around):
    theme = forms.ModelMultipleChoiceField(
        Theme.objects.all(), label=_("Axe"), to_field_name="code", required=False
    )
