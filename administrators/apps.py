from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdministratorsConfig(AppConfig):
    """The people: administrators, their tree, and how they sign in."""

    name = "administrators"
    verbose_name = _("Administrators")
    default_auto_field = "django.db.models.BigAutoField"
