from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The pages around it all: menu, dashboard, what the features open."""

    name = "portal"
    default = True
    verbose_name = _("Portal")


class CarrierAdminConfig(AdminConfig):
    """The Django admin, with the carrier's site as its default."""

    default_site = "portal.admin_site.CarrierAdminSite"
