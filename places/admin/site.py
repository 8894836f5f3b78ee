"""The admin as a workplace: what waits comes first, then the lists in the order of the work."""

from django.conf import settings
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .waiting import what_waits

# On the first page and in the side bar, in this order; what is not named here comes last.
SECTIONS = [
    (_("Au quotidien"), ["Correction", "Place", "Workshop", "Occurrence", "Closure"]),
    (_("Le réseau"), ["Partner", "Partnership", "Offer", "Project"]),
    (_("Autour du réseau"), ["PartnerContact", "SharedList", "OrientationCount", "UnmetNeed"]),
    (_("Le territoire"), ["Neighbourhood", "Commune", "Department"]),
    (
        _("Les listes"),
        [
            "Need",
            "Theme",
            "Service",
            "Audience",
            "PlaceKind",
            "AccessMode",
            "SupportMode",
            "Fee",
            "Language",
            "SchoolHoliday",
            "Label",
            "Source",
        ],
    ),
    (_("Les comptes"), ["User", "Group", "AccessAttempt"]),
]


class DirectoryAdminSite(admin.AdminSite):
    index_title = _("Ce qui vous attend")
    index_template = "admin/waiting.html"
    # The lists of every day are in a bar above each page: the side is for the filters.
    enable_nav_sidebar = False
    # An empty cell of a list says nothing wrong.
    empty_value_display = "–"

    def each_context(self, request):
        name = settings.SITE_NAME
        return {**super().each_context(request), "site_header": name, "site_title": name}

    def index(self, request, extra_context=None):
        waiting = what_waits(self, request, at=timezone.now())
        return super().index(request, {"waiting": waiting, **(extra_context or {})})

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        named = [(title, [models.pop(name) for name in names if name in models]) for title, names in SECTIONS]
        sections = [*named, (_("Autres"), list(models.values()))]
        return [_section(title, rows, rank) for rank, (title, rows) in enumerate(sections) if rows]


def _section(title, models, rank):
    return {
        "name": title,
        "app_label": f"section-{rank}",
        "app_url": "",
        "has_module_perms": True,
        "models": models,
    }


site = DirectoryAdminSite(name="admin")
