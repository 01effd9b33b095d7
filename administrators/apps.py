from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from administrators import paths


class AdministratorsConfig(AppConfig):
    """The people: administrators, their tree, and how they sign in."""

    name = "administrators"
    verbose_name = _("Administrators")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        connection_created.connect(paths.teach)
