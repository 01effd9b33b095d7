from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitesConfig(AppConfig):
    """What there is: enterprises and their sites. Knows nobody."""

    name = "sites"
    verbose_name = _("Enterprises and sites")
    default_auto_field = "django.db.models.BigAutoField"
