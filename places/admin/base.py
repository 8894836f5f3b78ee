"""What every list and form of the admin shares."""

from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.gis.db import models
from django.db import transaction
from django.db.models import Case, F, IntegerField, Value, When
from django.forms import SplitDateTimeField
from django.http import HttpResponseRedirect
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.utils import bulk_update_with_history

from places.domain.text import fold

from . import once
from .fields import AreaField, PointField
from .history import WordsOfHistory
from .widgets import Checkboxes, DateInput, DateTimeInput, TimeInput, YesNoUnknown


class FriendlyForms:
    """Fields that need no explanation: Oui / Non / Ne sait pas, native dates, our own maps."""

    formfield_overrides = {
        models.PointField: {"form_class": PointField},
        models.MultiPolygonField: {"form_class": AreaField},
        models.DateField: {"widget": DateInput},
        models.TimeField: {"widget": TimeInput},
        models.DateTimeField: {"form_class": SplitDateTimeField, "widget": DateTimeInput},
    }
    # Short lists, all in sight, in the order in which people should meet them.
    checkboxes = ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.BooleanField) and db_field.null:
            kwargs["widget"] = YesNoUnknown
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Five small icons beside each choice help nobody; each list has its own page.
            field.widget = field.widget.widget
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.checkboxes:
            kwargs["widget"] = Checkboxes
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class FoldedSearch:
    """Search without accents or capitals, in columns that are folded; the nearest name comes first."""

    # The folded column that holds the name of a row.
    folded_name = None

    def get_search_results(self, request, queryset, search_term):
        term = fold(search_term)
        found, may_have_duplicates = super().get_search_results(request, queryset, term)
        if term and self.folded_name and "o" not in request.GET:
            found = self._nearest_name_first(found, term)
        return found, may_have_duplicates

    def _nearest_name_first(self, found, term):
        closeness = Case(
            When(**{self.folded_name: term}, then=Value(0)),
            When(**{f"{self.folded_name}__startswith": term}, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        # A column of its own: where rows are told apart, PostgreSQL orders by nothing else.
        return found.annotate(closeness=closeness).order_by("closeness", F(self.folded_name), "pk")


class ShortListSearch:
    """The same for short tables that have no folded column: their words are folded here, row by row."""

    def get_search_results(self, request, queryset, search_term):
        words = fold(search_term).split()
        if not words:
            return queryset, False
        rows = queryset.order_by().values_list("pk", *self.search_fields)
        texts = ((pk, fold(" ".join(filter(None, values)))) for pk, *values in rows)
        found = [pk for pk, text in texts if all(word in text for word in words)]
        return queryset.filter(pk__in=found), False


class DirectoryAdmin(FriendlyForms, FoldedSearch, admin.ModelAdmin):
    list_per_page = 50
    # Counting 35,000 rows twice on each page helps nobody.
    show_full_result_count = False
    # The title of the page that adds a row.
    new_title = None

    def view_on_site(self, obj):
        """Its public page, when it has one that people can see."""
        return obj.get_absolute_url() if self.is_public(obj) else None

    def is_public(self, obj):
        return hasattr(obj, "get_absolute_url")

    def after_save(self, request, obj):
        """What follows from a row once it and its lists are saved: from a form, or from its history."""

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        self.after_save(request, obj)
        return response

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        self.after_save(request, obj)
        return response

    def changelist_view(self, request, extra_context=None):
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The title is the name of what is on the page."""
        new = self.new_title or _("Ajouter : %(name)s") % {"name": self.opts.verbose_name}
        context |= {"title": str(obj) if obj else new, "subtitle": None}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """One sending of a form, one save."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            once.wait_for_own_turn(request)
            if url := once.saved_before(request):
                self.message_user(request, _("C’est enregistré."), messages.SUCCESS)
                return HttpResponseRedirect(url)
            response = super().changeform_view(request, object_id, form_url, extra_context)
            if response.status_code == 302:
                once.remember(request, response.url)
            return response

    def get_deleted_objects(self, objs, request):
        """What people know by name: links between tables and words of the index go without being told."""
        rows, counts, *refusals = super().get_deleted_objects(objs, request)
        known = {model._meta.verbose_name_plural for model in self.admin_site._registry}
        return only_links(rows), {name: n for name, n in counts.items() if name in known}, *refusals

    def tell_public_page(self, request, obj):
        if self.is_public(obj):
            text = format_html(
                '{} <a href="{}">{}</a>',
                _("C’est en ligne."),
                obj.get_absolute_url(),
                _("Voir la page publique"),
            )
            self.message_user(request, text, messages.SUCCESS)


def only_links(rows):
    """`rows`, strings nested in lists, without those that lead to no page, nor what hangs on them."""
    kept, is_known = [], False
    for row in rows:
        if isinstance(row, list):
            if is_known:
                kept.append(only_links(row))
        elif is_known := "<a " in row:
            kept.append(row)
    return kept


class HistoryAdmin(DirectoryAdmin, SimpleHistoryAdmin):
    """A form whose every former state can be read and brought back."""

    object_history_list_template = "admin/history_list.html"

    def get_historical_record_context_helper(self, request, historical_record):
        return WordsOfHistory(self.model, historical_record)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if request.method != "POST":
            return super().history_form_view(request, object_id, version_id, extra_context)
        with transaction.atomic():
            return super().history_form_view(request, object_id, version_id, extra_context)

    def save_all(self, request, rows, **values):
        """Set `values` on `rows`, each with a line in its history; say how many."""
        rows = list(rows)
        for row in rows:
            for name, value in values.items():
                setattr(row, name, value)
        return self.save_rows(request, rows, list(values))

    def save_rows(self, request, rows, fields):
        bulk_update_with_history(rows, self.model, fields, batch_size=500, default_user=request.user)
        return len(rows)


class StackedInline(FriendlyForms, admin.StackedInline):
    """Rows of a form, one below the other: a table would not fit a phone."""

    extra = 0
