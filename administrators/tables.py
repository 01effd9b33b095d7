"""The tables of administrators, and of what was done."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from administrators import cells, history_sites
from sites.lists import HtmlColumn, ListTable


class AdministratorTable(ListTable):
    """All descendants of whoever reads it."""

    name = HtmlColumn(cells.name, verbose_name=_("Name"), order_by=("search_key", "pk"))
    username = HtmlColumn(cells.username, verbose_name=_("Username"), order_by=("username",))
    state = HtmlColumn(cells.state, verbose_name=_("State"))
    parent = HtmlColumn(cells.parent, verbose_name=_("Parent User"))
    sites = HtmlColumn(cells.sites, verbose_name=_("Sites"))
    features = HtmlColumn(cells.features, verbose_name=_("Features"))
    last_login = HtmlColumn(cells.last_login, verbose_name=_("Last sign-in"))
    edit = HtmlColumn(cells.edit, verbose_name="")

    class Meta(ListTable.Meta):
        order_by = "name"
        empty_text = _("No administrator yet.")


class HistoryTable(ListTable):
    """What was done to those below the reader, by them and by the reader, newest first.

    `asked` is the site by which the entries were filtered, if they were.
    """

    asked = 0
    at = HtmlColumn(cells.at, verbose_name=_("When"), order_by=("at", "pk"))
    who = HtmlColumn(cells.who, verbose_name=_("By"))
    act = HtmlColumn(cells.act, verbose_name=_("Action"), attrs={"td": {"class": "nowrap"}})
    target_name = HtmlColumn(cells.target, verbose_name=_("Person"))
    what = HtmlColumn(cells.what, verbose_name=_("Item"))
    change = HtmlColumn(cells.change, verbose_name=_("Before → after"))

    class Meta(ListTable.Meta):
        order_by = "-at"
        empty_text = _("Nothing has happened yet.")

    def before_render(self, request: HttpRequest) -> None:
        entries = [row.record for row in self.paginated_rows]
        several = history_sites.first_ids(entries, self.asked)
        seen = history_sites.seen_sites(entries, several, request.user, asked=self.asked)
        request.seen_sites = seen
