"""The table of administrators."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django_tables2.utils import A

from administrators.models import Administrator
from sites.lists import ListTable

CELLS = "administrators/cells"


class AdministratorTable(ListTable):
    """All descendants of whoever reads it."""

    name = tables.TemplateColumn(
        template_name=f"{CELLS}/name.html", verbose_name=_("Name"), order_by=("search_key", "pk")
    )
    username = tables.Column(verbose_name=_("Username"))
    state = tables.TemplateColumn(
        template_name=f"{CELLS}/state.html", verbose_name=_("State"), orderable=False
    )
    parent = tables.Column(verbose_name=_("Parent User"), orderable=False)
    sites = tables.TemplateColumn(
        template_name=f"{CELLS}/sites.html", verbose_name=_("Sites"), orderable=False
    )
    features = tables.Column(
        accessor=A("feature_count"), verbose_name=_("Features"), orderable=False
    )
    last_login = tables.TemplateColumn(
        template_name=f"{CELLS}/last_login.html", verbose_name=_("Last sign-in"), orderable=False
    )
    edit = tables.TemplateColumn(
        template_name=f"{CELLS}/edit.html", verbose_name=_("Action"), orderable=False
    )

    class Meta(ListTable.Meta):
        model = Administrator
        fields = ()
        order_by = "name"
        empty_text = _("No administrator yet.")
