"""The name of a list: what it holds is chosen elsewhere."""

from django import forms
from django.utils.translation import gettext_lazy as _

from places.domain.text import tidy
from places.models import SharedList


class ListNameForm(forms.ModelForm):
    class Meta:
        model = SharedList
        fields = ["name"]
        error_messages = {"name": {"required": _("Donnez un nom à la liste.")}}

    def clean_name(self):
        return tidy(self.cleaned_data["name"])


class RenameForm(ListNameForm):
    """Of a list that is there already: no other of the same person may have the name."""

    def clean_name(self):
        name, own = super().clean_name(), self.instance
        if SharedList.objects.filter(owner=own.owner_id, name=name).exclude(pk=own.pk).exists():
            raise forms.ValidationError(_("Vous avez déjà une liste de ce nom."))
        return name
