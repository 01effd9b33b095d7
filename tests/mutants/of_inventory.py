"""Mistakes in what stands at the sites: scope, the chosen site, assignments."""

from tests.mutants.mutant import Mutant

SCOPES = "permissions/scopes.py"
ACT = "portal/acts/assignments.py"
TESTS = "tests/permissions/test_scopes.py::"
PAGES = "tests/portal/test_scope_of_pages.py::"
NUMBERS = "tests/portal/test_numbers.py::"

MUTANTS = [
    Mutant(
        "site-without-feature",
        SCOPES,
        "if by not in self.features or not rules.may_act(self.actor):",
        "if not rules.may_act(self.actor):",
        "Rows at a site open with their feature only.",
        TESTS + "test_site_and_feature",
    ),
    Mutant(
        "inactive-reads-the-inventory",
        SCOPES,
        "if by not in self.features or not rules.may_act(self.actor):",
        "if by not in self.features:",
        "Who may not act reads nothing.",
        TESTS + "test_site_and_feature",
    ),
    Mutant(
        "feature-without-site",
        SCOPES,
        "return rows if self.actor.all_sites else self._granted_among(rows)",
        "return rows",
        "Rows open at the sites held only.",
        TESTS + "test_site_and_feature",
    ),
    Mutant(
        "any-feature-for-any-row",
        SCOPES,
        "if by not in OPENED_BY[model]:",
        "if by not in F:",
        "A page cannot read rows by a feature that does not open them.",
        TESTS + "test_no_other_feature_opens_it",
    ),
    Mutant(
        "chosen-site-does-not-narrow",
        SCOPES,
        "return held if self.site is None else held.filter(pk=self.site)",
        "return held",
        "The chosen site narrows every page.",
        TESTS + "test_a_chosen_site_narrows_and_opens_nothing",
    ),
    Mutant(
        "chosen-site-opens",
        SCOPES,
        "return held if self.site is None else held.filter(pk=self.site)",
        "return held if self.site is None else Site.objects.filter(pk=self.site)",
        "A site that is not held is not opened by choosing it.",
        TESTS + "test_a_chosen_site_narrows_and_opens_nothing",
    ),
    Mutant(
        "any-site-is-chosen",
        "portal/views/choices.py",
        "held = request.scope.everywhere().sites()",
        "held = request.scope.sites().model.objects.all()",
        "Only a site held can be chosen.",
        PAGES + "test_a_site_not_held_cannot_be_chosen",
    ),
    Mutant(
        "lost-site-stays-chosen",
        "portal/frame.py",
        "    del request.session[CHOSEN], request.frame\n",
        "    del request.frame\n",
        "A chosen site that was lost is forgotten.",
        PAGES + "test_a_site_lost_meanwhile_falls_back_to_all_and_says_so",
    ),
    Mutant(
        "taken-from-the-page",
        SCOPES,
        "rows = scope_of(by).of(type(row), feature).select_for_update(",
        "rows = type(row).objects.select_for_update(",
        "An act asks again whether the row is in scope.",
        TESTS + "test_taking_a_row_asks_again",
    ),
    Mutant(
        "assigned-twice",
        ACT,
        "    if fresh.assignee is not None:\n        raise AlreadyAssigned\n",
        "",
        "A number is assigned once.",
        NUMBERS + "test_a_number_is_assigned_once",
    ),
    Mutant(
        "more-numbers-than-lines",
        ACT,
        "assignee.numbers.count() >= assignee.model.lines:",
        "assignee.numbers.count() > assignee.model.lines:",
        "A device has no more numbers than lines.",
        NUMBERS + "test_a_device_has_no_more_numbers_than_lines",
    ),
    Mutant(
        "number-that-nobody-answers",
        ACT,
        "if isinstance(assignee, Service) and not assignee.answers:",
        "if isinstance(assignee, Service) and not assignee:",
        "No number leads to a service that takes no call.",
        "tests/portal/test_assignable.py::test_only_services_that_answer_get_a_number",
    ),
    Mutant(
        "history-of-sites-lost",
        "permissions/querysets.py",
        'Q(site__in=Site.objects.held_by(reader).order_by().values("pk"))',
        "Q(site__isnull=False)",
        "What was done at a site is read by who holds the site.",
        "tests/administrators/test_history_of_sites.py::test_who_lost_the_site_reads_it_no_more",
    ),
    Mutant(
        "history-without-the-feature",
        "permissions/scopes.py",
        "if not showing.isdisjoint(features)]",
        "]",
        "What was done at a site is read by who holds a feature that opens it.",
        "tests/administrators/test_history_of_sites.py::test_who_lost_the_feature_reads_it_no_more",
    ),
    Mutant(
        "note-written-twice",
        "portal/acts/notes.py",
        "    if same is not None:\n        return same\n",
        "",
        "A button pressed twice writes one remark.",
        "tests/portal/test_notes.py::test_a_button_pressed_twice_writes_one_note",
    ),
    Mutant(
        "form-refusal-without-trace",
        "permissions/forms.py",
        "            self.record_refusals()\n",
        "",
        "An id that was not offered leaves a trace.",
        "tests/portal/test_refused_choices.py::test_it_leaves_a_trace",
    ),
]
