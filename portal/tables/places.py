"""Tables of the portal's pages."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from sites.lists import CellColumn, ListTable
from sites.templatetags.phones import phone


class SiteTable(ListTable):
    """Sites that the reader holds."""

    name = tables.Column(
        verbose_name=_("Name"),
        order_by=("search_key", "pk"),
        orderable=True,
        linkify=("site", [tables.A("pk")]),
    )
    city = tables.Column(verbose_name=_("City"), order_by=("city", "search_key", "pk"))
    postal_code = tables.Column(verbose_name=_("Postal code"), orderable=False)
    phone = tables.Column(verbose_name=_("Phone"), orderable=False)

    class Meta(ListTable.Meta):
        order_by = "name"
        empty_text = _("No site yet.")

    def render_phone(self, value: object) -> str:
        return phone(value)


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
