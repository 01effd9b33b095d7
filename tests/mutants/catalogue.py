"""Mistakes on purpose: single changes of the portal's own code, each noticed by the tests.

What is not here because it would change nothing that anybody can see, another guard standing
behind it:
- no ceiling at all in `change_features` or `_grant_sites`: the composite keys refuse the rows;
- `create_root` by anybody: `grant_root`, in the same transaction, asks the same;
- `below` and `is_below` without the enterprise: a path begins with the id of one root;
- `owe_password` without a new epoch: the session hash changes with the password that it ends;
- the search for a person in the history without its scope: the entries found are scoped again;
- the site of an assignee in `assign`: the composite key refuses another site;
- the admin site's own `has_permission`: the access rule of every URL below it refuses before.
"""

from tests.mutants import (
    of_access,
    of_carrier,
    of_checks,
    of_delegation,
    of_history,
    of_imports,
    of_inventory,
    of_large_lists,
    of_open_pages,
    of_operations,
    of_pages,
    of_passwords,
    of_people,
    of_replica,
    of_rules,
    of_sign_in,
    of_versions,
)
from tests.mutants.mutant import Mutant

MUTANTS: list[Mutant] = [
    *of_rules.MUTANTS,
    *of_large_lists.MUTANTS,
    *of_delegation.MUTANTS,
    *of_checks.MUTANTS,
    *of_people.MUTANTS,
    *of_passwords.MUTANTS,
    *of_sign_in.MUTANTS,
    *of_access.MUTANTS,
    *of_carrier.MUTANTS,
    *of_pages.MUTANTS,
    *of_history.MUTANTS,
    *of_inventory.MUTANTS,
    *of_imports.MUTANTS,
    *of_versions.MUTANTS,
    *of_open_pages.MUTANTS,
    *of_replica.MUTANTS,
    *of_operations.MUTANTS,
]
