"""People who work here, what each group may do, and logins that were refused too often."""

from axes.models import AccessAttempt
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group, Permission, User
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from places.models.professional import PERMISSION

from .base import DirectoryAdmin, ShortListSearch
from .site import site
from .widgets import Checkboxes

VERBS = {"view": _("voir"), "add": _("ajouter"), "change": _("modifier"), "delete": _("supprimer")}


class PermissionsField(forms.ModelMultipleChoiceField):
    """What may be done to each list of the admin, in French, list by list."""

    widget = Checkboxes

    def __init__(self, **kwargs):
        super().__init__(Permission.objects.select_related("content_type"), **kwargs)
        self.choices = self.grouped

    def grouped(self):
        """[(name of the list, [(pk, verb), …]), …]: the lists that this admin shows, and no other."""
        groups = {model: [] for model in site._registry}
        for permission in self.queryset.order_by("pk"):
            model = permission.content_type.model_class()
            if model in groups:
                groups[model].append((permission.pk, self.verb(permission)))
        return [
            (model._meta.verbose_name_plural.capitalize(), choices)
            for model, choices in groups.items()
            if choices
        ]

    @staticmethod
    def verb(permission):
        return (
            VERBS.get(permission.codename.partition("_")[0]) if _is_usual(permission) else _(permission.name)
        )


def _is_usual(permission):
    return permission.codename.partition("_")[2] == permission.content_type.model


class GroupForm(forms.ModelForm):
    permissions = PermissionsField(label=_("Ce que ses membres peuvent faire"), required=False)

    class Meta:
        model = Group
        fields = ["name", "permissions"]


@admin.register(Group, site=site)
class GroupAdmin(ShortListSearch, DirectoryAdmin):
    new_title = _("Nouveau groupe")
    form = GroupForm
    search_fields = ["name"]
    list_display = ["name", "members"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("user_set")

    @admin.display(description=_("membres"))
    def members(self, group):
        return ", ".join(user.get_full_name() or user.username for user in group.user_set.all())


def enters_the_admin(groups):
    """Whether somebody of these groups has something to do here; all of no group have, with what they keep.

    Who may only read what professionals read signs in on the public site.
    """
    rights = Permission.objects.filter(group__in=groups).exclude(codename=PERMISSION)
    return not groups or rights.exists()


@admin.register(User, site=site)
class AccountAdmin(ShortListSearch, DirectoryAdmin, auth_admin.UserAdmin):
    """Who is not a superuser can make and unmake editors, and nobody more powerful than they are."""

    new_title = _("Nouveau compte")
    checkboxes = ["groups"]
    filter_horizontal = []
    list_display = ["username", "full_name", "email", "group_names", "is_active", "last_login"]
    list_filter = ["groups", "is_active", "is_superuser"]
    search_help_text = _("Un nom ou un courriel.")
    readonly_fields = ["last_login", "date_joined", "places_kept"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("La personne"), {"fields": [("first_name", "last_name"), "email"]}),
        (_("Ce qu’elle peut faire"), {"fields": ["groups", "places_kept", "is_active", "is_superuser"]}),
        (_("Dates"), {"fields": [("last_login", "date_joined")]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "password1", "password2"]}),
        (_("La personne"), {"fields": [("first_name", "last_name"), "email"]}),
        (_("Ce qu’elle peut faire"), {"fields": ["groups"]}),
    ]

    def get_queryset(self, request):
        rows = super().get_queryset(request).prefetch_related("groups")
        return rows if request.user.is_superuser else rows.filter(is_superuser=False)

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        return fixed if request.user.is_superuser else [*fixed, "is_superuser"]

    def save_model(self, request, obj, form, change):
        obj.is_staff = obj.is_superuser or enters_the_admin(form.cleaned_data["groups"])
        super().save_model(request, obj, form, change)

    @admin.display(description=_("nom"), ordering="last_name")
    def full_name(self, user):
        return user.get_full_name() or None

    @admin.display(description=_("groupes"))
    def group_names(self, user):
        return ", ".join(group.name for group in user.groups.all()) or None

    @admin.display(description=_("lieux tenus"))
    def places_kept(self, user):
        return ", ".join(place.name for place in user.kept_places.all()) or site.empty_value_display


@admin.register(AccessAttempt, site=site)
class RefusedLoginAdmin(admin.ModelAdmin):
    """Somebody calls because the door stays shut: one sees why here, and opens it."""

    list_display = ["username", "ip_address", "attempt_time", "failures", "is_locked"]
    list_display_links = None
    search_fields = ["username", "ip_address"]
    actions = ["unlock"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        """The list says all there is to say: a row has no page of its own."""
        return obj is None and super().has_view_permission(request)

    def has_delete_permission(self, request, obj=None):
        return obj is None and super().has_delete_permission(request)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Connexions refusées")})

    def action_checkbox(self, obj):
        """The library gives its rows an English name, which a screen reader would read."""
        box = forms.CheckboxInput(
            {"class": "action-select", "aria-label": obj.username}, lambda _value: False
        )
        return box.render(ACTION_CHECKBOX_NAME, str(obj.pk))

    def get_actions(self, request):
        return {name: action for name, action in super().get_actions(request).items() if name == "unlock"}

    @admin.display(description=_("mots de passe refusés"), ordering="failures_since_start")
    def failures(self, attempt):
        return attempt.failures_since_start

    @admin.display(description=_("compte bloqué"), boolean=True)
    def is_locked(self, attempt):
        return attempt.failures_since_start >= settings.AXES_FAILURE_LIMIT

    @admin.action(description=_("Débloquer"), permissions=["delete"])
    def unlock(self, request, queryset):
        n = queryset.count()
        queryset.delete()
        self.message_user(
            request,
            ngettext("%(n)d connexion débloquée.", "%(n)d connexions débloquées.", n) % {"n": n},
        )
