"""Mistakes in what pages show and what their forms save."""

from tests.mutants.mutant import Mutant

FILTERS = "administrators/filters.py"
HISTORY = "administrators/views/history.py"
EDIT = "administrators/views/edit.py"
GRANTS = "administrators/grant_forms.py"
PICKERS = "administrators/pickers.py"
MISSING = "tests/matrix/test_matrix.py::test_every_page[A-GET]"
LIST = "tests/administrators/test_list.py::"
PREPARED = "administrators/prepared.py"
TESTS = "tests/administrators/test_history.py::"
EDITING = "tests/administrators/test_edit.py::"
CREATING = "tests/administrators/test_create.py::test_only_what_can_be_given_is_offered"
TAKING = "tests/administrators/test_taking.py::"

MUTANTS = [
    Mutant(
        "anybody-of-the-enterprise",
        EDIT,
        "people = Administrator.objects.below(request.user)",
        "people = Administrator.objects.filter(enterprise=request.user.enterprise)",
        "Whoever is not below the reader does not exist for them.",
        MISSING,
    ),
    Mutant(
        "list-of-the-enterprise",
        "administrators/views/lists.py",
        "return Administrator.objects.listed_below(self.request.user)",
        "return Administrator.objects.filter(enterprise=self.request.user.enterprise)",
        "A search finds those below the reader and nobody else.",
        LIST + "test_filters",
    ),
    Mutant(
        "first-page-of-the-enterprise",
        PREPARED,
        "return Administrator.objects.listed_in(branch).shown()",
        "return Administrator.objects.filter(enterprise=branch.enterprise).shown()",
        "The list holds those below the reader and nobody else.",
        LIST + "test_all_below_and_only_those",
    ),
    Mutant(
        "length-of-the-enterprise",
        "administrators/views/lists.py",
        "below = Administrator.objects.below(self.request.user)",
        "below = Administrator.objects.filter(enterprise=self.request.user.enterprise)",
        "How many there are says nothing of whoever is not below the reader.",
        LIST + "test_the_count_is_that_of_those_below",
    ),
    Mutant(
        "parents-of-the-enterprise",
        PREPARED,
        "parents = Administrator.objects.listed_in(branch).parents()",
        "parents = Administrator.objects.filter(enterprise=branch.enterprise).parents()",
        "A filter offers no parent whom the reader may not see.",
        LIST + "test_only_parents_in_scope_are_offered",
    ),
    Mutant(
        "sites-of-the-enterprise",
        "permissions/scopes.py",
        'return rules.held_sites(who).values("pk", "name")[:count]',
        'return Site.objects.filter(enterprise=who.enterprise_id).values("pk", "name")[:count]',
        "A filter offers no site that the reader does not hold.",
        LIST + "test_only_open_sites_held_are_offered",
    ),
    Mutant(
        "any-site-opens",
        "portal/views/places.py",
        "get_object_or_404(with_schedule(scope.sites(), scope), pk=pk)",
        "get_object_or_404(with_schedule(Site.objects.all(), scope), pk=pk)",
        "A site that the reader does not hold does not exist for them.",
        MISSING,
    ),
    Mutant(
        "list-of-all-sites",
        "portal/views/places.py",
        "return rules.held_sites(self.request.user)",
        "return Site.objects.filter(enterprise=self.request.user.enterprise)",
        "The sites listed are those held.",
        "tests/portal/test_pages.py::test_the_sites_listed_are_those_held",
    ),
    Mutant(
        "holders-out-of-scope",
        "portal/views/places.py",
        "Administrator.objects.below(request.user).holding_site(held)",
        "Administrator.objects.holding_site(held)",
        "A site names the reader's descendants who hold it, nobody else.",
        "tests/portal/test_pages.py::test_a_site_names_the_descendants_who_hold_it",
    ),
    Mutant(
        "holders-without-the-feature",
        "portal/views/places.py",
        "manages = FeatureCode.MANAGE_ADMINISTRATORS in request.features",
        "manages = True",
        "Who does not manage administrators sees none.",
        "tests/portal/test_pages.py::test_who_does_not_manage_sees_no_holder",
    ),
    Mutant(
        "history-of-oneself",
        "permissions/querysets.py",
        "_named_if_few(people.below(reader))",
        "_named_if_few(people.branch_of(reader))",
        "What was done to oneself by those above is not to be read.",
        TESTS + "test_a_history_is_of_those_below_and_not_of_oneself",
    ),
    Mutant(
        "history-of-everybody",
        "permissions/querysets.py",
        'below("target") | (theirs & held & of_these)',
        "Q(target__enterprise=reader.enterprise_id) | (theirs & held & of_these)",
        "The history is of those below the reader.",
        TESTS + "test_nobody_reads_of_people_outside_their_scope",
    ),
    Mutant(
        "history-of-another-person",
        HISTORY,
        "return super().get_queryset().concerning(self.person)",
        "return super().get_queryset()",
        "The history of a person is of that person.",
        TESTS + "test_the_history_of_a_person_is_theirs_alone",
    ),
    Mutant(
        "carrier-in-the-history",
        "permissions/querysets.py",
        "Q(enterprise=None) | Q(pk=reader.pk)",
        "Q(pk=reader.pk)",
        "Below a root is everybody else of the enterprise, and nobody of the carrier.",
        TESTS + "test_the_history_of_many_is_that_of_few",
    ),
    Mutant(
        "first-of-many-in-the-history",
        "permissions/querysets.py",
        "return ids if len(ids) <= FEW else people.order_by()",
        "return ids[:FEW] if ids else people.order_by()",
        "A history of many is whole.",
        TESTS + "test_the_history_of_many_is_that_of_few",
    ),
    Mutant(
        "export-of-everything",
        HISTORY,
        "entries = readable(request)",
        "entries = AuditEntry.objects.all()",
        "An export holds no more than the page.",
        TESTS + "test_the_export_is_of_those_below",
    ),
    Mutant(
        "export-not-audited",
        HISTORY,
        '    audit.record(Act.EXPORT, by=request.user, item="history")\n',
        "",
        "Each export leaves a trace.",
        TESTS + "test_the_export_holds_what_the_page_holds",
    ),
    Mutant(
        "export-with-formulas",
        "sites/exports.py",
        'return f"\'{text}" if text.lstrip("\'").startswith(LIVE) else text',
        "return text",
        "No cell is a formula.",
        TESTS + "test_a_formula_in_a_cell_is_defused",
    ),
    Mutant(
        "names-above-are-shown",
        "administrators/history.py",
        "if rules.may_know(reader, person):",
        "if person.pk:",
        "The name of somebody above the parent is not shown.",
        TESTS + "test_a_grandparent_and_a_lost_site_are_not_named_to_who_may_not_see_them",
    ),
    Mutant(
        "lost-sites-are-named",
        "administrators/history.py",
        "return entry.item_name if _number(item) in held else",
        "return entry.item_name if item else",
        "The name of a site that the reader does not hold is not shown.",
        TESTS + "test_a_grandparent_and_a_lost_site_are_not_named_to_who_may_not_see_them",
    ),
    Mutant(
        "refused-attempts-are-told",
        "administrators/history.py",
        '    if entry.act == Act.REFUSED:\n        return ""\n',
        "    if entry.act == Act.REFUSED:\n        return entry.item\n",
        "A refused attempt says nothing of what was attempted.",
        TESTS + "test_a_refused_attempt_says_nothing_more",
    ),
    Mutant(
        "picker-takes-unshown-ticks",
        PICKERS,
        'before = _ids(data.get("picker-was", ""))',
        'before = set(self.held.values_list("pk", flat=True))',
        "A save changes only ticks that were shown.",
        "tests/administrators/test_picker.py::test_ticks_survive_a_search",
    ),
    Mutant(
        "picker-offers-everything",
        PICKERS,
        "return cls(rules.held_sites(parent), Site.objects.none(), data)",
        "sites = Site.objects.filter(enterprise=parent.enterprise)\n"
        "        return cls(sites, Site.objects.none(), data)",
        "Only what can be given is offered.",
        CREATING,
    ),
    Mutant(
        "all-sites-offered-in-creation",
        "administrators/forms.py",
        "        if not actor.all_sites:\n            del",
        "        if not actor.pk:\n            del",
        "All sites are offered only by who holds them.",
        CREATING,
    ),
    Mutant(
        "all-sites-offered-in-edit",
        GRANTS,
        "if not rules.may_hold_all_sites(target):",
        "if not target.parent_id:",
        "All sites are offered only below who holds them.",
        EDITING + "test_all_sites_is_not_offered_below_who_has_not_got_them",
    ),
    Mutant(
        "shown-ticks-ignored",
        GRANTS,
        'return set(filter(None, self.cleaned_data["shown"].split(",")))',
        "return set(rules.held_features(self.target))",
        "What another person changed meanwhile is kept.",
        EDITING + "test_another_persons_change_of_other_features_is_kept",
    ),
    Mutant(
        "taking-without-asking",
        EDIT,
        "elif isinstance(form, TakingForm) and form.to_confirm():",
        "elif isinstance(form, TakingForm) and not target and form.to_confirm():",
        "Before something is taken from people below, that is said and confirmed.",
        TAKING + "test_what_others_lose_too_is_said_first",
    ),
    Mutant(
        "taking-all-sites-without-asking",
        GRANTS,
        "return losing | self.below.filter(all_sites=True) if self.ends_all_sites else losing",
        "return losing",
        "Who loses all sites with the target is said first.",
        TAKING + "test_what_others_lose_too_is_said_first",
    ),
]
