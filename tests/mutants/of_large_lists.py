"""Mistakes in finding few rows among very many."""

from tests.mutants.mutant import Mutant

SCOPES, ROWS, PAGING = "permissions/scopes.py", "sites/querysets.py", "sites/paging.py"
FAR = "tests/portal/test_far_pages.py::"
PEOPLE = "administrators/querysets.py"

MUTANTS = [
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
        "alias(above=paths.Ancestor(level))",
        "alias(above=paths.Ancestor(level - 1))",
        "Whoever is below is listed, at any depth.",
        FAR + "test_whoever_is_below_is_listed_at_any_depth",
    ),
]
