"""Mistakes in what asks the rules again: the checks, and the replay of the audit."""

from tests.mutants.mutant import Mutant

CHECKS = "permissions/checks.py"
TESTS = "tests/permissions/test_check_delegation.py::"
FOUND = TESTS + "test_a_fault_is_found_and_no_other"

MUTANTS = [
    Mutant(
        "check-of-containment-asks-roots",
        CHECKS,
        "rows = right.filter(user__parent__isnull=False).exclude(Exists(of_parent))",
        "rows = right.filter(user__parent__isnull=True).exclude(content_object__isnull=False)",
        "A grant beyond the parent is found.",
        FOUND,
    ),
    Mutant(
        "check-of-paths-sees-none",
        CHECKS,
        'rows = below.exclude(found=F("expected"))',
        "rows = below.filter(found=None)",
        "A path that is not the parent's is found.",
        FOUND,
    ),
    Mutant(
        "check-of-all-sites-skips-closed",
        CHECKS,
        "rows = pairs.exclude(Exists(row))",
        "rows = pairs.filter(is_open=True).exclude(Exists(row))",
        "A closed site that a holder of all sites lacks is found.",
        FOUND,
    ),
    Mutant(
        "check-of-enterprises-either",
        CHECKS,
        'of_person & Q(enterprise=F("content_object__enterprise"))',
        'of_person | Q(enterprise=F("content_object__enterprise"))',
        "A grant across enterprises is found.",
        FOUND,
    ),
    Mutant(
        "check-of-enterprises-of-sites-alone",
        CHECKS,
        "in ((SiteGrant, of_site), (FeatureGrant, of_person)):",
        "in ((SiteGrant, of_site),):",
        "A feature that names another enterprise is found.",
        FOUND,
    ),
    Mutant(
        "check-of-enterprises-of-people",
        CHECKS,
        'rows = _children().exclude(enterprise=F("parent__enterprise"))',
        "rows = _children().filter(enterprise=None)",
        "A child in another enterprise than its parent is found.",
        FOUND,
    ),
    Mutant(
        "check-of-bounds-accepts-any",
        CHECKS,
        'rows = model.objects.exclude(bound_id=Coalesce("user__parent_id", "user__id"))',
        "rows = model.objects.filter(bound_id=None)",
        "A grant bound to somebody else than the parent is found.",
        FOUND,
    ),
    Mutant(
        "check-of-all-sites-beyond",
        CHECKS,
        "rows = _children().filter(all_sites=True, parent__all_sites=False)",
        "rows = _children().filter(all_sites=True, parent__all_sites=None)",
        "All sites below a parent who has not got them is found.",
        FOUND,
    ),
    Mutant(
        "check-of-staff-left-out",
        CHECKS,
        "    staff_are_superusers,\n    no_groups,",
        "    no_groups,",
        "Staff who are not superusers are found.",
        FOUND,
    ),
    Mutant(
        "check-of-groups-left-out",
        CHECKS,
        "    no_groups,\n    no_user_permissions,",
        "    no_user_permissions,",
        "Somebody in a group is found.",
        FOUND,
    ),
    Mutant(
        "check-of-superusers-grants",
        CHECKS,
        "rows = model.objects.filter(user__is_superuser=True)",
        "rows = model.objects.filter(user__is_superuser=True, user__is_active=False)",
        "A grant to a superuser is found.",
        FOUND,
    ),
    Mutant(
        "check-succeeds-in-spite",
        "permissions/management/commands/check_delegation.py",
        "            count += 1\n",
        "",
        "The command fails if a fault is found.",
        TESTS + "test_the_command_prints_the_rows_counts_them_and_fails",
    ),
    Mutant(
        "replay-ignores-revocations",
        "permissions/replay.py",
        "act__in=[Act.GRANT, Act.REVOKE]",
        "act__in=[Act.GRANT]",
        "What was taken is no longer held.",
        "tests/permissions/test_replay.py::test_the_replay_is_what_is_stored",
    ),
    Mutant(
        "replay-forgets-features",
        "permissions/replay.py",
        '+ [(user, f"feature:{code}") for user, code in features]',
        "",
        "What is stored is compared whole.",
        "tests/permissions/test_replay.py::test_the_replay_is_what_is_stored",
    ),
]
