"""Services, and who belongs to them."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from portal.cells import page_from_list
from portal.tables.users import listed
from sites.lists import CellColumn, ListTable
from sites.models import Service

CELLS = "portal/cells"


class ServiceColumns(ListTable):
    """What both lists of services show."""

    name = tables.Column(
        verbose_name=_("Name"),
        order_by=("search_key", "pk"),
        orderable=True,
        linkify=page_from_list,
    )
    kind = tables.Column(verbose_name=_("Type"), order_by=("kind", "search_key", "pk"))
    site = tables.Column(verbose_name=_("Site"), order_by=("site__search_key", "search_key", "pk"))
    extension = tables.Column(verbose_name=_("Extension"), orderable=False)
    numbers = CellColumn(
        template_name=f"{CELLS}/numbers.html", verbose_name=_("Numbers"), orderable=False
    )

    class Meta(ListTable.Meta):
        order_by = "name"
        empty_text = _("No service at your sites yet.")

    def value_numbers(self, record: Service) -> str:
        return listed(record.joined_numbers)


class ServiceTable(ServiceColumns):
    """Services to manage. `member_count` comes with the rows."""

    member_count = tables.Column(verbose_name=_("Members"), orderable=False)
    is_active = CellColumn(
        template_name=f"{CELLS}/is_active.html", verbose_name=_("Status"), orderable=False
    )

    class Meta(ServiceColumns.Meta):
        pass

    def value_is_active(self, value: bool) -> str:
        return str(_("Active") if value else _("Inactive"))


class AssignmentTable(ServiceColumns):
    """List by service: what is assigned to each."""

    members = CellColumn(
        template_name=f"{CELLS}/members.html", verbose_name=_("Members"), orderable=False
    )

    class Meta(ServiceColumns.Meta):
        pass

    def value_members(self, record: Service) -> str:
        return ", ".join(str(member.subscriber) for member in record.members.all())


class MemberTable(tables.Table):
    """Who belongs to a service, in the order in which it rings."""

    labelled_by = "members"
    subscriber = tables.Column(verbose_name=_("User"), orderable=False)
    position = tables.Column(verbose_name=_("Position"), orderable=False)
    extension = tables.Column(
        accessor="subscriber__extension", verbose_name=_("Extension"), orderable=False
    )
    actions = CellColumn(
        template_name=f"{CELLS}/member_actions.html", verbose_name="", orderable=False
    )

    class Meta:
        template_name = "components/table.html"
        empty_text = _("Nobody belongs to this service yet.")
