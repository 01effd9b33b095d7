"""The pages of the documentation, in the order of its table of contents."""

from django.utils.translation import gettext_lazy as _

HELP_PAGES = (
    ("premiers-pas", _("Getting Started")),
    ("gerer-les-administrateurs", _("Manage Admins")),
    ("creer-un-administrateur", _("Create Admin")),
    ("modifier-un-administrateur", _("Edit Admin")),
    ("autorisations-du-site", _("Site Permissions")),
    ("autorisations-des-fonctionnalites", _("Feature Permissions")),
    ("mots-de-passe", _("Passwords")),
    ("mon-compte", _("My Account")),
)
