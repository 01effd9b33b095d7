"""Mistakes in what the carrier's Django admin asks, says and narrows."""

from tests.mutants.mutant import Mutant

ASKING = "tests/administrators/test_admin_confirming.py::"
ACTING = "tests/administrators/test_admin_acts.py::"
JOURNAL = "tests/administrators/test_admin_journal.py::"

MUTANTS = [
    Mutant(
        "a-new-site-imitates-another",
        "permissions/delegation.py",
        "    places.refuse_imitation(site)\n",
        "",
        "No site is called as another of its enterprise, whoever calls the act.",
        "tests/administrators/test_admin_places.py::"
        "test_the_act_refuses_a_name_that_was_taken_meanwhile",
    ),
    Mutant(
        "admin-asks-nothing",
        "permissions/admin_forms.py",
        "if not self.errors and self.to_confirm():",
        "if False:",
        "What reaches people below is said before the carrier saves it.",
        ASKING + "test_what_people_below_lose_is_said_first",
    ),
    Mutant(
        "suspended-without-a-question",
        "permissions/admin_place_forms.py",
        'return self.ends and "confirmed" not in self.data',
        "return False",
        "How many are shut out is said before an enterprise is suspended.",
        ASKING + "test_suspending_says_how_many_are_shut_out",
    ),
    Mutant(
        "root-takes-what-is-kept",
        "administrators/admin_forms.py",
        'return set(self.initial["features"])',
        "return set()",
        "Who loses what is compared with what the root holds.",
        ASKING + "test_what_people_below_lose_is_said_first",
    ),
    Mutant(
        "journal-of-everybody",
        "permissions/admin_filters.py",
        "return queryset.about(self.row)",
        "return queryset",
        "The history of a person is theirs.",
        JOURNAL + "test_of_a_person_it_says_what_they_did_and_what_was_done_to_them",
    ),
    Mutant(
        "journal-without-its-last-day",
        "permissions/admin_filters.py",
        "after = self._begin(self.until + timedelta(days=1))",
        "after = self._begin(self.until)",
        "Both days of a period belong to it.",
        JOURNAL + "test_it_is_narrowed_to_days",
    ),
    Mutant(
        "disabled-already-told-as-done",
        "administrators/admin_acts.py",
        "            if changed == 0:",
        "            if False:",
        "An act that changed nothing does not say that it did.",
        ACTING + "test_what_changed_nothing_says_so",
    ),
    Mutant(
        "rooted-enterprises-offered",
        "permissions/admin_places.py",
        'if request.GET.get("model_name") == "administrator":',
        "if False:",
        "A root is offered to enterprises that have none.",
        "tests/administrators/test_admin_setting_up.py::"
        "test_a_root_is_offered_to_enterprises_without_one",
    ),
    Mutant(
        "calls-of-tomorrow",
        "portal/imports/cells.py",
        "if at > timezone.now() + CLOCKS:",
        "if False:",
        "A call was, or it is refused.",
        "tests/portal/test_import_refusals.py::test_what_was_is_not_in_the_future",
    ),
]
