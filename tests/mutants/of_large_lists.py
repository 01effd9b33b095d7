"""Mistakes in finding few rows among very many."""

from tests.mutants.mutant import Mutant

SCOPES, ROWS, PAGING = "permissions/scopes.py", "sites/querysets.py", "sites/paging.py"
FAR = "tests/portal/test_far_pages.py::"
KEPT = "tests/portal/test_fragments.py::"
PEOPLE = "administrators/querysets.py"
ENTERPRISES = (
    "tests/permissions/test_audit_enterprises.py"
    "::test_an_entry_names_the_enterprise_that_it_is_about"
)

MUTANTS = [
    Mutant(
        "grants-without-the-enterprise",
        "permissions/querysets.py",
        "of_kind.filter(enterprise=enterprise, user=user)",
        "of_kind.filter(user=user)",
        "Somebody's grants are asked by the columns of their key.",
        "tests/portal/test_tenancy.py::test_grants_are_asked_by_the_columns_of_their_key",
    ),
    Mutant(
        "audit-of-the-actors-enterprise",
        "permissions/audit.py",
        "_enterprise_of(to) or _enterprise_of(of) or _enterprise_of(by)",
        "_enterprise_of(by)",
        "An entry is found by the enterprise that it is about.",
        ENTERPRISES,
    ),
    Mutant(
        "rows-of-the-actors-enterprise",
        "permissions/audit_rows.py",
        '    columns["enterprise_id"] = F("enterprise_id")\n',
        "",
        "An entry is found by the enterprise that it is about.",
        ENTERPRISES,
    ),
    Mutant(
        "cause-of-oneself",
        "permissions/audit_rows.py",
        'columns["cause_name"] = Case(themselves, default',
        'columns["cause_name"] = Case(default',
        "Nobody is the cause of what was taken from them.",
        "tests/permissions/test_audit_rows.py::test_the_same_as_one_by_one",
    ),
    Mutant(
        "name-without-middle",
        "administrators/models.py",
        '("first_name", "middle_name", "last_name"))\n        parts',
        '("first_name", "last_name"))\n        parts',
        "The audit calls people as the portal does.",
        "tests/permissions/test_audit_rows.py::test_the_same_as_one_by_one",
    ),
    Mutant(
        "closed-sites-counted",
        SCOPES,
        "open_ = rows.exclude(site__in=self._closed())",
        "open_ = rows",
        "What is counted is what is read: nothing at a closed site.",
        FAR + "test_what_is_counted_is_what_is_read",
    ),
    Mutant(
        "everything-counted",
        SCOPES,
        "if self.actor.all_sites:\n            return open_",
        "if self.actor:\n            return open_",
        "What is counted is what is read: only what stands at the sites held.",
        FAR + "test_what_is_counted_is_what_is_read",
    ),
    Mutant(
        "near-is-enough",
        ROWS,
        "if len(keys) < last - first:",
        "if not keys:",
        "A page is whole, wherever its rows are found.",
        FAR + "test_each_page_of_what_is_held",
    ),
    Mutant(
        "near-from-the-other-end",
        ROWS,
        "'gte' if order[0] == '-' else 'lte'",
        "'lte' if order[0] == '-' else 'gte'",
        "Near is where the order begins.",
        FAR + "test_each_page_of_what_is_held",
    ),
    Mutant(
        "far-pages-one-row-late",
        PAGING,
        'keys = list(rows.values_list("pk", flat=True)[first:last])',
        'keys = list(rows.values_list("pk", flat=True)[first + 1 : last + 1])',
        "No row is left out between two pages.",
        FAR + "test_each_page_of_the_people",
    ),
    Mutant(
        "file-of-one-page",
        PAGING,
        "shown = BoundRows(rows.filter(pk__in=keys), self.object_list.table)",
        "shown = self.object_list.data.data = rows.filter(pk__in=keys)",
        "A file holds all rows of the list.",
        FAR + "test_a_file_holds_all_that_is_held_not_a_page_of_it",
    ),
    Mutant(
        "branch-of-another-level",
        PEOPLE,
        "alias(above=paths.Ancestor(branch.level))",
        "alias(above=paths.Ancestor(branch.level - 1))",
        "Whoever is below is listed, at any depth.",
        FAR + "test_whoever_is_below_is_listed_at_any_depth",
    ),
    Mutant(
        "menu-kept-without-its-counts",
        "portal/navigation.py",
        "{'*' * one.current}{one.count}",
        "{'*' * one.current}",
        "A menu that is kept shows the counts of now.",
        KEPT + "test_the_badge_of_the_menu_counts_afresh",
    ),
    Mutant(
        "menu-kept-without-where-one-is",
        "portal/navigation.py",
        "{'*' * one.current}{one.count}",
        "{one.count}",
        "A menu that is kept marks the page on which one is.",
        KEPT + "test_the_page_on_which_one_is_is_marked",
    ),
    Mutant(
        "filters-kept-without-their-choices",
        "sites/filters.py",
        "return str([(name, one.help_text, _choices(one)) for name, one in fields])",
        "return str([(name, one.help_text) for name, one in fields])",
        "A filter form that is kept offers nobody else's sites and people.",
        KEPT + "test_each_is_offered_their_own_sites_and_parents",
    ),
    Mutant(
        "pages-kept-without-their-count",
        "templates/components/pagination.html",
        "page.number page.paginator.per_page page.paginator.counted using",
        "page.number page.paginator.per_page using",
        "A line of pages that is kept says how many rows there are now.",
        KEPT + "test_the_line_of_pages_says_how_many_there_are_now",
    ),
    Mutant(
        "profile-menu-kept-without-the-theme",
        "templates/components/profile_menu.html",
        '"profile-menu" language theme menu.key',
        '"profile-menu" language menu.key',
        "A menu that is kept shows the theme that was chosen.",
        KEPT + "test_each_sees_their_own_theme",
    ),
    Mutant(
        "side-menu-kept-without-the-language",
        "templates/components/side_menu.html",
        '"side-menu" language menu.key',
        '"side-menu" menu.key',
        "A menu that is kept speaks the reader's language.",
        KEPT + "test_a_menu_speaks_the_language_that_was_chosen",
    ),
    Mutant(
        "addresses-moved-by-a-header",
        "portal/settings.py",
        'FORCE_SCRIPT_NAME = ""',
        "FORCE_SCRIPT_NAME = None",
        "What a header says about the path is kept for nobody.",
        KEPT + "test_no_header_moves_the_addresses",
    ),
    Mutant(
        "long-addresses-kept",
        "templates/components/filters.html",
        "QUERY_STRING|length < 200",
        "QUERY_STRING|length < 2000",
        "Nobody can fill the memory with addresses.",
        KEPT + "test_long_addresses_are_not_kept",
    ),
]
