from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from .checks import require_libraries


class PlacesConfig(AppConfig):
    name = "places"
    verbose_name = _("Annuaire")

    def __init__(self, app_name, app_module):
        require_libraries()
        super().__init__(app_name, app_module)
