"""Mistakes in the carrier's import: who may, what is kept of a trial, what is kept of a file."""

from tests.mutants.mutant import Mutant

PAGE = "tests/portal/test_import_admin.py::"
ROWS = "tests/portal/test_inventory_admin.py::"

RESOLVING = "portal/imports/resolving.py"
LEAVING = "portal/imports/leaving.py"
MOVING = "tests/portal/test_import_moving.py::"

MUTANTS = [
    Mutant(
        "anybody-imports",
        "portal/imports/writing.py",
        "if by is not None:",
        "if False:",
        "Only carrier staff, or the carrier's command, imports a file.",
        PAGE + "test_the_act_itself_knows_who_may",
    ),
    Mutant(
        "trial-is-kept",
        "portal/views/importing.py",
        'dry_run = "import" not in request.POST',
        "dry_run = False",
        "A trial run keeps nothing.",
        PAGE + "test_a_trial_says_how_much_and_keeps_nothing",
    ),
    Mutant(
        "files-of-anybody",
        "portal/uploads.py",
        'if not getattr(user, "is_superuser", False):',
        "if False:",
        "A file that is not the carrier's is not kept.",
        PAGE + "test_files_of_others_are_not_kept_at_all",
    ),
    Mutant(
        "files-without-end",
        "portal/uploads.py",
        "if start + len(raw_data) <= MOST_BYTES:",
        "if True:",
        "No more is kept of a file than the limit.",
        PAGE + "test_no_more_is_kept_of_a_large_file_than_the_limit",
    ),
    Mutant(
        "anybody-approves-models",
        "portal/acts/models.py",
        "    carrier_only(by)\n",
        "",
        "Only the carrier approves models of devices.",
        ROWS + "test_only_the_carrier_approves_models",
    ),
    Mutant(
        "recordings-hold-a-user-back",
        LEAVING,
        "kept.update(user_name=Subquery(owner.values_list(name)), subscriber=None)",
        "kept.count()",
        "Recordings stay at the site of a user who moves.",
        MOVING + "test_recordings_stay_with_the_name_of_who_left",
    ),
    Mutant(
        "an-old-file-is-refused",
        RESOLVING,
        "if line.values.get(key) in there:",
        "if False:",
        "A file from before a move does not name who has left.",
        MOVING + "test_a_file_from_before_the_move_may_come_again",
    ),
    Mutant(
        "nobody-is-looked-for",
        LEAVING,
        'kept.exclude(user_name="").values_list',
        "kept.values_list",
        "Only a recording that keeps a name names nobody else.",
        MOVING + "test_only_who_has_left_is_not_looked_for",
    ),
    Mutant(
        "recordings-forget-who-left",
        LEAVING,
        "user_name=Subquery(owner.values_list(name)), subscriber=None",
        "subscriber=None",
        "A recording says whose it was.",
        MOVING + "test_recordings_stay_with_the_name_of_who_left",
    ),
    Mutant(
        "a-device-that-moved-is-still-asked",
        LEAVING,
        "give_up_requests(device, text, by=by)",
        "device.refresh_from_db()",
        "What is asked of a device does not reach it at another site.",
        MOVING + "test_what_was_asked_of_a_device_stays_with_its_address",
    ),
    Mutant(
        "everybody-leaves-recordings",
        "portal/imports/writing.py",
        "[one.row.pk for one in pending if one.moves]",
        "[one.row.pk for one in pending if not one.is_new]",
        "Who stays at the site keeps the recordings.",
        MOVING + "test_a_user_who_stays_keeps_the_recordings",
    ),
    Mutant(
        "sites-of-a-file-are-nobody's",
        "portal/imports/writing.py",
        "if rows and done.kind.add is not None:",
        "if False:",
        "A site of a file appears for all who hold all sites.",
        "tests/portal/test_import_sites.py"
        "::test_they_appear_for_who_holds_all_sites_and_nobody_else",
    ),
    Mutant(
        "sites-of-a-file-share-a-name",
        "permissions/delegation.py",
        "    places.refuse_imitations(sites, enterprise=owner)\n",
        "",
        "No site is called like another of its enterprise.",
        "tests/portal/test_import_sites.py::test_no_site_is_called_like_another",
    ),
]
