"""Projects of a neighbourhood, and how one becomes the draft of the next."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from places.models import Project

from .base import HistoryAdmin
from .site import site
from .workshop import whole_number


class ProjectForm(forms.ModelForm):
    class Meta:
        widgets = {
            name: forms.Textarea(attrs={"rows": rows, "cols": 60})
            for name, rows in {
                "summary": 2, "story": 6, "people": 2, "time": 2, "equipment": 2, "cost": 2, "steps": 6,
            }.items()
        }  # fmt: skip


@admin.register(Project, site=site)
class ProjectAdmin(HistoryAdmin):
    form = ProjectForm
    new_title = _("Nouveau projet de quartier")
    autocomplete_fields = ["places", "partners", "neighbourhoods"]
    fieldsets = [
        (_("L’essentiel"), {"fields": ["title", "theme", "is_published", "summary"]}),
        (_("Qui, où, quand"), {
            "fields": ["neighbourhoods", "places", "partners", ("started_on", "ended_on")],
        }),
        (_("Ce qui s’est passé"), {"fields": ["story"]}),
        (_("Ce qu’il a fallu"), {"fields": ["people", "time", "equipment", "cost"]}),
        (_("Le refaire"), {"fields": ["steps"]}),
        (_("La fiche"), {"classes": ["collapse"], "fields": ["source", "slug"]}),
    ]  # fmt: skip
    list_display = ["title", "theme", "started_on", "is_published"]
    list_filter = ["theme", "is_published"]
    list_select_related = ["theme"]
    search_fields = ["folded_text", "places__folded_name", "neighbourhoods__folded_name"]
    search_help_text = _("Un titre, un lieu ou un quartier.")

    def get_changeform_initial_data(self, request):
        """Of a copy, what others will need again: not who did it, nor where and when."""
        initial = super().get_changeform_initial_data(request)
        source = Project.objects.filter(pk=whole_number(initial.pop("copie", ""))).first()
        if source is None:
            return initial
        kept = ["title", "theme", "summary", "people", "time", "equipment", "cost", "steps"]
        return initial | forms.model_to_dict(source, fields=kept) | {"is_published": False}

    def is_public(self, obj):
        return obj.is_published
