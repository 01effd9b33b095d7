"""The pages of the documentation, in the order of its table of contents."""

from django.utils.translation import gettext_lazy as _

HELP_PAGES = (
    ("premiers-pas", _("Getting Started")),
    ("tableau-de-bord", _("Dashboard")),
    ("choisir-un-site", _("Choose a site")),
    ("numeros-appareils-utilisateurs", _("Numbers, Devices and Users")),
    ("services-et-horaires", _("Services and Opening Hours")),
    ("rapports-et-analyse", _("Reports, Analytics and Recordings")),
    ("remarques-et-commandes", _("Notes and Orders")),
    ("profil-de-l-entreprise", _("Company Profile")),
    ("gerer-les-administrateurs", _("Manage Admins")),
    ("creer-un-administrateur", _("Create Admin")),
    ("modifier-un-administrateur", _("Edit Admin")),
    ("autorisations-du-site", _("Site Permissions")),
    ("autorisations-des-fonctionnalites", _("Feature Permissions")),
    ("mots-de-passe", _("Passwords")),
    ("mon-compte", _("My Account")),
)
