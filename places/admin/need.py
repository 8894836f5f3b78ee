"""Words of residents and the help that answers them: the editors teach the search their own town's words."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from places.domain.text import fold
from places.models import Need

from .base import HistoryAdmin
from .site import site


class NeedForm(forms.ModelForm):
    def clean_words(self):
        words = self.cleaned_data["words"]
        if not fold(words):
            raise forms.ValidationError(_("Écrivez des mots, avec des lettres ou des chiffres."))
        if Need.objects.filter(folded_words=fold(words)).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Ces mots sont déjà dans la liste."))
        return words


@admin.register(Need, site=site)
class NeedAdmin(HistoryAdmin):
    new_title = _("Nouveaux mots de recherche")
    form = NeedForm
    folded_name = "folded_words"
    fields = ["words", "name", "services", "themes", "terms"]
    checkboxes = ["services", "themes"]
    list_display = ["words", "name", "answers", "terms"]
    list_filter = ["services", "themes"]
    search_fields = ["folded_words"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("services", "themes")

    @admin.display(description=_("répond par"))
    def answers(self, need):
        return ", ".join(row.name for row in [*need.services.all(), *need.themes.all()]) or None
