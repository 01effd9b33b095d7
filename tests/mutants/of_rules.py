"""Mistakes in the rules, and in the scopes that say the same to a database."""

from tests.mutants.mutant import Mutant

RULES = "permissions/rules.py"
PEOPLE = "administrators/querysets.py"
TESTS = "tests/permissions/test_rules.py::"
LIST = "tests/administrators/test_list.py::"
SCOPES = "tests/permissions/test_rules.py::"
CREATE = "tests/administrators/test_create.py::"
BELOW = "return self.inside(paths.branch_below(actor))"
STRICT = "and target.is_below(actor)"

MUTANTS = [
    Mutant(
        "or-for-and",
        RULES,
        "may and holds(actor, site) and holds(actor, Feature(code=feature))",
        "may and (holds(actor, site) or holds(actor, Feature(code=feature)))",
        "A page about a site needs the site and the feature, never one of them.",
        TESTS + "test_may_open",
    ),
    Mutant(
        "closed-site-opens",
        RULES,
        "may = may_act(actor) and site.is_open",
        "may = may_act(actor)",
        "A closed site opens to nobody.",
        TESTS + "test_may_open",
    ),
    Mutant(
        "owing-may-act",
        RULES,
        "bool(actor.is_active and not actor.must_change_password)",
        "bool(actor.is_active)",
        "Who owes a password change may not act.",
        TESTS + "test_may_open",
    ),
    Mutant(
        "disabled-may-act",
        RULES,
        "bool(actor.is_active and not actor.must_change_password)",
        "not actor.must_change_password",
        "Who is disabled may not act.",
        TESTS + "test_manages",
    ),
    Mutant(
        "manages-without-feature",
        RULES,
        "\n        and FeatureCode.MANAGE_ADMINISTRATORS in held_features(actor)",
        "",
        "Only who holds manage_administrators manages anybody.",
        TESTS + "test_manages",
    ),
    Mutant(
        "manages-oneself",
        RULES,
        STRICT,
        "and (target.pk == actor.pk or target.is_below(actor))",
        "Nobody manages themselves.",
        TESTS + "test_manages",
    ),
    Mutant(
        "manages-siblings",
        RULES,
        STRICT,
        "and (target.pk != actor.pk and actor.parent_id == target.parent_id is not None"
        " or target.is_below(actor))",
        "Nobody manages their siblings.",
        TESTS + "test_manages",
    ),
    Mutant(
        "manages-ancestors",
        RULES,
        STRICT,
        "and (actor.is_below(target) or target.is_below(actor))",
        "Nobody manages those above.",
        TESTS + "test_manages",
    ),
    Mutant(
        "manages-the-enterprise",
        RULES,
        STRICT,
        "and target.pk != actor.pk and target.enterprise_id == actor.enterprise_id",
        "To be of the same enterprise is not to be below.",
        TESTS + "test_manages",
    ),
    Mutant(
        "staff-changes-staff",
        RULES,
        "return may_act(actor) and not target.is_superuser",
        "return may_act(actor)",
        "Carrier staff changes no carrier staff.",
        TESTS + "test_may_change",
    ),
    Mutant(
        "ceiling-is-the-enterprise",
        RULES,
        "return held_sites(target.parent if target.parent_id else target)",
        "return Site.objects.open().filter(enterprise=target.enterprise_id)",
        "No more sites may be granted than the target's parent holds.",
        TESTS + "test_grantable",
    ),
    Mutant(
        "ceiling-is-oneself",
        RULES,
        "return held_sites(target.parent if target.parent_id else target)",
        "return held_sites(target)",
        "The ceiling is what the target's parent holds, not what the target has already.",
        TESTS + "test_grantable",
    ),
    Mutant(
        "every-feature-is-grantable",
        RULES,
        "return held_features(target.parent) if target.parent_id else frozenset(FeatureCode)",
        "return frozenset(FeatureCode)",
        "No more features may be granted than the target's parent holds.",
        TESTS + "test_grantable",
    ),
    Mutant(
        "names-of-all-above-are-known",
        RULES,
        "return person.pk in {reader.pk, reader.parent_id} or person.is_below(reader)",
        "return reader.is_below(person) or person.pk == reader.pk or person.is_below(reader)",
        "Of those above, one knows the name of one's parent alone.",
        "tests/administrators/test_history.py::"
        "test_a_grandparent_and_a_lost_site_are_not_named_to_who_may_not_see_them",
    ),
    Mutant(
        "all-sites-without-the-parents",
        RULES,
        "return bool(not target.parent_id or target.parent.all_sites)",
        "return True",
        "All sites may be held by a child only if its parent holds them.",
        TESTS + "test_grantable",
    ),
    Mutant(
        "staff-holds-everything",
        "permissions/guardian.py",
        "return not administrator.is_superuser and administrator.has_perm(permission, thing)",
        "return administrator.has_perm(permission, thing)",
        "Carrier staff stands outside the tree and holds nothing.",
        TESTS + "test_may_open",
    ),
    Mutant(
        "closed-site-is-held",
        "sites/querysets.py",
        "return self.open().granted_to(administrator)",
        "return self.granted_to(administrator)",
        "A closed site disappears for everybody.",
        TESTS + "test_held",
    ),
    Mutant(
        "no-site-means-all",
        "sites/querysets.py",
        "return self.open().granted_to(administrator)",
        "held = self.open().granted_to(administrator)\n"
        "        own = self.open().filter(enterprise=administrator.enterprise_id)\n"
        "        return held if held.exists() else own",
        "No site ticked means no site, never all.",
        TESTS + "test_held",
    ),
    Mutant(
        "held-by-anybody",
        "sites/querysets.py",
        "given = grant.objects.given_to(administrator)",
        "given = grant.objects.all()",
        "A site is held by whom it was granted to, not by everybody.",
        TESTS + "test_held",
    ),
    Mutant(
        "listed-oneself",
        PEOPLE,
        BELOW,
        "return self.branch_of(actor)",
        "Below somebody are the others, never themselves.",
        SCOPES + "test_the_scopes_say_the_same_as_the_rules",
    ),
    Mutant(
        "below-without-end",
        PEOPLE,
        BELOW,
        "return self.filter(enterprise=actor.enterprise_id, path__gt=bytes(actor.path))",
        "What stands behind somebody's branch in the index is not below them.",
        SCOPES + "test_the_scopes_say_the_same_as_the_rules",
    ),
    Mutant(
        "branch-of-the-next",
        "administrators/paths.py",
        "path, own, after = bytes(person.path), step(person.pk), step(person.pk + 1)",
        "path, own, after = bytes(person.path), step(person.pk), step(person.pk + 2)",
        "The children of a sibling are not below.",
        SCOPES + "test_the_scopes_say_the_same_as_the_rules",
    ),
    Mutant(
        "below-one-level-only",
        "administrators/models/people.py",
        "return same and other.pk in self.above",
        "return same and other.pk == self.parent_id",
        "An ancestor at any depth is above.",
        TESTS + "test_manages",
    ),
    Mutant(
        "deeper-than-can-be-taken-back",
        "administrators/services.py",
        "if child.level > paths.DEEPEST:",
        "if child.level > 10 * paths.DEEPEST:",
        "Nobody is created so deep that no right could be taken back.",
        CREATE + "test_nobody_is_created_deeper_than_can_be_taken_back",
    ),
    Mutant(
        "a-level-too-few",
        "administrators/services.py",
        "if child.level > paths.DEEPEST:",
        "if child.level >= paths.DEEPEST:",
        "The deepest level may be reached.",
        CREATE + "test_the_deepest_is_created",
    ),
    Mutant(
        "branch-without-its-head",
        PEOPLE,
        "inside = Q(path__gte=branch.first, path__lt=branch.end) | Q(pk=person.pk)",
        "inside = Q(path__gte=branch.first, path__lt=branch.end)",
        "A branch begins with the person whose it is.",
        TESTS + "test_the_scopes_say_the_same_as_the_rules",
    ),
]
