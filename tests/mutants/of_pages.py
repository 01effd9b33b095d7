"""Mistakes in what pages show and what their forms save."""

from tests.mutants.mutant import Mutant

FILTERS = "administrators/filters.py"
EDIT = "administrators/views/edit.py"
GRANTS = "administrators/grant_forms.py"
PICKERS = "administrators/pickers.py"
MISSING = "tests/matrix/test_matrix.py::test_every_page[A-GET]"
LIST = "tests/administrators/test_list.py::"
PREPARED = "administrators/prepared.py"
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
        LIST + "test_so_is_the_count_of_what_a_filter_finds",
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
        "        if not actor.all_sites and",
        "        if not actor.pk and",
        "All sites are offered only by who holds them.",
        CREATING,
    ),
    Mutant(
        "all-sites-offered-in-edit",
        GRANTS,
        "if not rules.may_hold_all_sites(target) and",
        "if not target.parent_id and",
        "All sites are offered only below who holds them.",
        EDITING + "test_all_sites_is_not_offered_below_who_has_not_got_them",
    ),
    Mutant(
        "holders-of-a-closed-site-are-told",
        GRANTS,
        'holding_any(sites=list(self.removed.values_list("pk", flat=True)))',
        "holding_any(sites=self.picker.removed)",
        "Who holds a closed site is not told.",
        "tests/administrators/test_taking.py::test_a_closed_site_is_not_taken_and_tells_nothing",
    ),
    Mutant(
        "all-sites-dropped-in-silence",
        GRANTS,
        ' and "all_sites" not in self.data:',
        ":",
        "All sites beyond the parent are refused, not ignored.",
        EDITING + "test_all_sites_beyond_the_parent_is_refused",
    ),
    Mutant(
        "shown-ticks-ignored",
        GRANTS,
        'return set(FeatureCode.values).intersection(self.cleaned_data["shown"].split(","))',
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
        "more-than-was-announced",
        GRANTS,
        "agreed = self.losing_count if said is None else said",
        "agreed = self.losing_count",
        "Nothing is taken from more people than the page spoke of.",
        TAKING + "test_more_people_than_were_announced_are_asked_about_again",
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
