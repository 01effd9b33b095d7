"""Tables of the portal's pages."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from sites.lists import CellColumn, ListTable
from sites.models import Site
from sites.templatetags.phones import phone


class SiteTable(ListTable):
    """Sites that the reader holds."""

    name = tables.LinkColumn(
        "site", args=[tables.A("pk")], verbose_name=_("Name"),
        order_by=("search_key", "pk"), orderable=True,
    )  # fmt: skip
    city = tables.Column(verbose_name=_("City"), order_by=("city", "search_key", "pk"))
    postal_code = tables.Column(verbose_name=_("Postal code"), orderable=False)
    phone = CellColumn(
        "{% load phones %}{{ value|phone }}", verbose_name=_("Phone"), orderable=False
    )

    class Meta(ListTable.Meta):
        order_by = "name"
        empty_text = _("No site yet.")

    def value_phone(self, record: Site) -> str:
        return phone(record.phone)


class SiteChoiceTable(ListTable):
    """Sites to choose from; each is a button."""

    name = CellColumn(
        template_name="portal/cells/choose.html",
        verbose_name=_("Name"),
        order_by=("search_key", "pk"),
        orderable=True,
    )
    city = tables.Column(verbose_name=_("City"), order_by=("city", "search_key", "pk"))

    class Meta(ListTable.Meta):
        order_by = "name"
        empty_text = _("No site has been given to you yet.")
