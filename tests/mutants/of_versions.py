"""Mistakes in what is edited from an open page, and in what stays known of it."""

from tests.mutants.mutant import Mutant

WRITING = "portal/acts/writing.py"
HOURS = "portal/acts/hours.py"
DEVICES = "portal/acts/devices.py"
STALE = "tests/portal/test_stale.py::"
PROFILE = "tests/portal/test_profile.py::"
NOTES = "tests/portal/test_notes.py::"
NOTE_EDITS = "tests/portal/test_note_edits.py::"
REQUESTS = "tests/portal/test_requests.py::"
LIST = "tests/administrators/test_list.py::"
REFUSED = "test_a_stale_save_is_refused_shown_and_then_taken_up"

MUTANTS = [
    Mutant(
        "old-page-overwrites",
        WRITING,
        "if fresh.version != version:",
        "if fresh.version < version:",
        "What was changed since the page was shown is not overwritten.",
        f"{STALE}{REFUSED}"
        f" {NOTE_EDITS}test_a_stale_save_shows_both_texts_and_the_second_takes_it_up",
    ),
    Mutant(
        "row-keeps-its-version",
        WRITING,
        "    fresh.version += 1\n",
        "",
        "Each edit of a row gives the next version.",
        STALE + REFUSED,
    ),
    Mutant(
        "old-week-overwrites",
        HOURS,
        "if version != version_of(before):",
        "if version and not before:",
        "A week that was changed since the page was shown is not overwritten.",
        STALE + "test_a_stale_week_is_refused_whole_and_then_taken_up",
    ),
    Mutant(
        "half-a-week-is-compared",
        HOURS,
        "for one in chain(*week[day])]) for day in week)",
        "for one in chain(*week[day])]) for day in week if day < 4)",
        "The whole week is what is compared.",
        STALE + "test_a_change_of_any_day_makes_the_page_old",
    ),
    Mutant(
        "old-profile-overwrites",
        "portal/acts/profile.py",
        "if fresh.version != version:",
        "if fresh.version < version:",
        "A profile that was changed since the page was shown is not overwritten.",
        PROFILE + REFUSED,
    ),
    Mutant(
        "profile-keeps-its-version",
        "permissions/places.py",
        "place.version += 1",
        "place.version += 0",
        "Each edit of an enterprise gives the next version.",
        PROFILE + REFUSED,
    ),
    Mutant(
        "second-save-refused-again",
        "permissions/forms.py",
        'self.data[self.add_prefix("version")] = str(now.pop("version"))',
        'now.pop("version")',
        "The second save takes up what was typed.",
        STALE + REFUSED,
    ),
    Mutant(
        "typed-over-unseen",
        "permissions/forms.py",
        "if current != self.cleaned_data.get(name, current):",
        "if current is None:",
        "Both values are shown before the second save.",
        STALE + REFUSED,
    ),
    Mutant(
        "file-keeps-the-version",
        "portal/imports/writing.py",
        '        written += ["version"] * kind.versioned\n',
        "",
        "A file of the carrier makes open pages old.",
        "tests/portal/test_import.py::test_a_change_makes_open_pages_old",
    ),
    Mutant(
        "requests-go-with-their-device",
        "sites/models/orders.py",
        "on_delete=models.SET_NULL",
        "on_delete=models.CASCADE",
        "What was asked of a device stays known when the device goes.",
        REQUESTS + "test_a_request_outlives_its_device_and_is_answered",
    ),
    Mutant(
        "removed-device-is-still-asked",
        DEVICES,
        'give_up_requests(fresh, _("%(device)s was removed.") % {"device": fresh}, by=by)',
        "fresh.refresh_from_db()",
        "What is asked of a device does not reach it at its next owner's.",
        REQUESTS + "test_what_waits_is_given_up_with_the_device",
    ),
    Mutant(
        "taken-up-is-given-up",
        DEVICES,
        "device.requests.select_for_update().filter(state=State.WAITING)",
        "device.requests.select_for_update()",
        "What the carrier took up is answered by the carrier.",
        REQUESTS + "test_what_the_carrier_took_up_is_kept_as_it_is",
    ),
    Mutant(
        "editor-not-kept",
        "portal/acts/notes.py",
        "editor=by, editor_name",
        "editor_name",
        "The history of a note knows who edited it.",
        NOTE_EDITS + "test_anybody_who_reaches_a_note_edits_it_and_its_history_is_kept",
    ),
    Mutant(
        "editor-named-to-anybody",
        "portal/views/notes.py",
        "known_name(reader, one.editor, one.editor_name)",
        "one.editor_name",
        "Who edited a note is named to who may know them.",
        NOTE_EDITS + "test_editors_are_named_one_by_one_to_who_may_know_them",
    ),
    Mutant(
        "notes-searched-at-their-beginning",
        "sites/models/orders.py",
        'sources=("text",), max_length=None',
        'sources=("text",)',
        "The whole text of a note is searched.",
        NOTES + "test_search_in_the_whole_of_a_long_text",
    ),
    Mutant(
        "mac-by-its-colons",
        "sites/querysets.py",
        "for spelling in spellings(word):",
        "for spelling in spellings(word)[:0]:",
        "A part of a MAC address is found however it is grouped.",
        "tests/portal/test_search_of_devices.py"
        "::test_a_part_of_a_mac_is_found_however_it_is_grouped",
    ),
    Mutant(
        "mac-from-whole-pairs",
        "sites/macs.py",
        'return [_paired(digits), f"{digits[0]}:{_paired(digits[1:])}"]',
        "return [_paired(digits)]",
        "A part of a MAC address may begin in the middle of a pair.",
        "tests/portal/test_search_of_devices.py"
        "::test_a_part_of_a_mac_is_found_however_it_is_grouped",
    ),
    Mutant(
        "all-sites-in-one-list",
        "portal/frame.py",
        "return frame_for(request).site_count > OFFERED",
        "return frame_for(request).site_count > OFFERED + 1",
        "No page lists thousands of sites to choose from.",
        f"{NOTES}test_who_holds_many_sites_chooses_one_first"
        f" {LIST}test_of_many_sites_the_one_of_the_header_is_offered",
    ),
    Mutant(
        "any-site-in-the-address",
        "administrators/filters.py",
        "held = rules.held_sites(request.user).filter(pk__in=named)",
        "held = Site.objects.filter(pk__in=named)",
        "Only sites held are offered by a filter.",
        LIST + "test_of_many_sites_any_one_held_may_stand_in_the_address",
    ),
]
