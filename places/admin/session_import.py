"""Sessions from a file: first what it would do, then a button that does it."""

import csv
import io

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from places.importers.files import decoded
from places.importers.lock import only_import
from places.importers.report import FileError
from places.importers.session_table import COLUMNS
from places.importers.sessions import MAX_BYTES, sessions_of
from places.models import Workshop

from .partnership import KnownAutocomplete
from .site import site

# Longer lists are for the file of the report, which the command writes.
SHOWN = 100


class SessionFileForm(forms.Form):
    """The text of the file goes along with the form: what was looked at is what is imported."""

    place = forms.ModelChoiceField(
        queryset=None,
        label=_("Lieu"),
        widget=KnownAutocomplete(Workshop._meta.get_field("place"), site),
    )
    file = forms.FileField(
        label=_("Fichier"),
        required=False,
        help_text=_("Un tableau CSV, ou l’agenda du lieu exporté en .ics."),
        widget=forms.FileInput(attrs={"accept": ".csv,.ics,text/csv,text/calendar"}),
    )
    publishes = forms.BooleanField(
        label=_("Mettre en ligne tout de suite"),
        required=False,
        help_text=_("Sinon, les nouveaux ateliers sont des brouillons, à relire."),
    )
    content = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        self.fields["place"].widget.choices = self.fields["place"].choices

    def clean(self):
        cleaned = super().clean()
        try:
            content = self._content(cleaned)
            self.importer, self.rows = sessions_of(content)
            cleaned["content"] = content
        except FileError as error:
            self.add_error("file", str(error))
        return cleaned

    def _content(self, cleaned):
        file = cleaned.get("file")
        if file and file.size > MAX_BYTES:
            raise FileError(_("Le fichier dépasse %(n)d Mo.") % {"n": MAX_BYTES // 1_000_000})
        if file:
            return decoded(file.read())
        if not cleaned.get("content"):
            raise FileError(_("Choisissez un fichier."))
        return cleaned["content"]


class SessionImport:
    """The page of the import, for the admin of workshops."""

    def get_urls(self):
        upload = site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.import_view))
        example = site.admin_view(require_safe(self.import_example))
        return [
            path("importer/", upload, name="places_workshop_import"),
            path("importer/modele.csv", example, name="places_workshop_import_example"),
            *super().get_urls(),
        ]

    def import_view(self, request):
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        form = SessionFileForm(
            request.POST or None,
            request.FILES or None,
            places=self.formfield_for_foreignkey(Workshop._meta.get_field("place"), request).queryset,
        )
        found = None
        if form.is_valid():
            is_trial = "_import" not in request.POST
            found = self._run(form, is_dry_run=is_trial)
            if found and not is_trial:
                return self._imported(request, form, found)
        context = {
            **site.each_context(request),
            "title": _("Importer des séances"),
            "opts": self.opts,
            "form": form,
            "content": form.cleaned_data["content"] if found else "",
            "found": found,
            "notes": sorted(found.report.entries)[:SHOWN] if found else [],
            "columns": COLUMNS,
            "media": self.media + form.media,
        }
        request.current_app = site.name
        return TemplateResponse(request, "admin/places/workshop/import.html", context)

    @staticmethod
    def _run(form, *, is_dry_run):
        """The importer once it has run, or None and the reason on the form."""
        importer = form.importer(
            place=form.cleaned_data["place"],
            publishes=form.cleaned_data["publishes"],
            at=timezone.now(),
            origin=_("Importation d’un fichier"),
            is_dry_run=is_dry_run,
        )
        try:
            with only_import():
                importer.run(form.rows)
        except FileError as error:
            form.add_error(None, str(error))
            return None
        return importer

    def _imported(self, request, form, found):
        self.message_user(request, " ".join(found.report.summary()), messages.SUCCESS)
        here = reverse("admin:places_workshop_changelist")
        return HttpResponseRedirect(f"{here}?place__id__exact={form.cleaned_data['place'].pk}")

    @staticmethod
    def import_example(request):
        """A table to fill in, that a spreadsheet opens as it is."""
        text = io.StringIO()
        examples = [example for _meaning, example in COLUMNS.values()]
        csv.writer(text, delimiter=";").writerows([COLUMNS.keys(), examples])
        response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="seances.csv"'
        return response
