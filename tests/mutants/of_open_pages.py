"""Mistakes in what an open page showed: from whom a thing is taken, how calls are handled."""

from tests.mutants.mutant import Mutant

WRITING = "portal/acts/writing.py"
DEVICES = "portal/acts/devices.py"
QUICK = "portal/acts/quick.py"
FILTERS = "administrators/filters.py"
TAKING_BACK = "tests/portal/test_taking_back.py::"
CALLS = "tests/portal/test_stale_calls.py::"
PARENTS = "tests/administrators/test_list_of_parents.py::"

MUTANTS = [
    Mutant(
        "taken-from-anybody",
        WRITING,
        "if holder_of(row) != holder:",
        "if holder_of(row) == NOBODY != holder:",
        "What is taken is taken from whom the page named.",
        TAKING_BACK + "test_the_new_holder_keeps_it_and_is_shown",
    ),
    Mutant(
        "nothing-said-is-enough",
        WRITING,
        "if holder_of(row) != holder:",
        "if holder and holder_of(row) != holder:",
        "A page says from whom it takes.",
        TAKING_BACK + "test_only_from_whom_the_page_named",
    ),
    Mutant(
        "one-id-for-all-kinds",
        WRITING,
        'return next((f"{name}:{pk}" for',
        'return next((f"subscriber:{pk}" for',
        "A user and a device with one id are told apart.",
        TAKING_BACK + "test_a_user_a_device_a_service_and_a_trunk_are_told_apart",
    ),
    Mutant(
        "number-taken-from-anybody",
        "portal/acts/assignments.py",
        "        check_holder(fresh, holder)\n",
        "",
        "A number is taken from whom the page named.",
        TAKING_BACK + "test_the_act_judges_for_itself",
    ),
    Mutant(
        "device-taken-from-anybody",
        DEVICES,
        "        check_holder(fresh, holder)\n        before",
        "        before",
        "A device is taken from whom the page named.",
        TAKING_BACK + "test_the_act_judges_for_itself",
    ),
    Mutant(
        "device-removed-from-anybody",
        DEVICES,
        "    check_holder(fresh, holder)\n    if",
        "    if",
        "A device is removed from whom the page named.",
        TAKING_BACK + "test_a_device_that_was_given_to_somebody_meanwhile_stays",
    ),
    Mutant(
        "old-calls-overwrite",
        QUICK,
        "if versions != {name: version_of(held, present.get(name)) for name in names}:",
        "if not versions:",
        "How calls are handled is not overwritten unseen.",
        CALLS + "test_a_stale_save_is_refused_shown_and_then_taken_up",
    ),
    Mutant(
        "one-situation-is-compared",
        QUICK,
        "names = CallHandling.Situation.values",
        'names, versions = ["open"], {"open": versions["open"]}',
        "All situations of the page are compared.",
        CALLS + "test_any_situation_makes_the_page_old",
    ),
    Mutant(
        "whom-it-rings-is-not-compared",
        QUICK,
        'return f"{site.pk}:{row.action}:{to}"',
        'return f"{site.pk}:{row.action}"',
        "Who or what rings is compared too.",
        CALLS + "test_who_or_what_is_rung_makes_the_page_old_and_is_named",
    ),
    Mutant(
        "calls-of-another-site",
        QUICK,
        'return f"{site.pk}:"',
        'return ":"',
        "What was typed for one site is not saved at another.",
        CALLS + "test_what_was_typed_for_one_site_is_not_saved_at_another",
    ),
    Mutant(
        "all-parents-in-one-list",
        FILTERS,
        "if many or len(offered) > OFFERED:",
        "if many or len(offered) > OFFERED + 1:",
        "No page lists thousands of people to choose from.",
        PARENTS + "test_of_more_none_is_offered_and_the_page_says_where_they_are",
    ),
    Mutant(
        "any-parent-in-the-address",
        FILTERS,
        "parents = Administrator.objects.branch_of(request.user).parents().named()",
        "parents = Administrator.objects.parents().named()",
        "Only parents below the reader are offered by a filter.",
        PARENTS + "test_of_more_nobody_else_may_stand_in_the_address",
    ),
    Mutant(
        "an-old-page-of-the-carrier-opens-a-site",
        "permissions/admin_forms.py",
        "if self.instance.pk is None or kept not in self.data:",
        "if self.instance.pk is None or kept:",
        "An old page of the carrier's writes only what was changed there.",
        "tests/administrators/test_admin_old_pages.py::test_an_old_page_writes_what_was_changed_there",
    ),
]
