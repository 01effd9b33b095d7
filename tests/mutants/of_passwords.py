"""Mistakes with passwords, temporary or chosen, and with the mails that bring them."""

from tests.mutants.mutant import Mutant

SERVICES = "administrators/services.py"
WRITING = "administrators/writing.py"
OWN = "administrators/own.py"
EMAILS = "administrators/emails.py"
BACKENDS = "administrators/backends.py"
TESTS = "tests/administrators/test_passwords.py::"
MAILS = "tests/administrators/test_emails.py::"
RESET = TESTS + "test_a_reset_leaves_one_mail_and_one_audit_row"

MUTANTS = [
    Mutant(
        "reset-keeps-the-password",
        WRITING,
        "password=make_password(None),\n        must_change_password=True,",
        "must_change_password=True,",
        "A reset ends the old password at once.",
        TESTS + "test_a_reset_ends_the_password_and_the_sessions_at_once",
    ),
    Mutant(
        "reset-of-the-disabled",
        SERVICES,
        "    if not target.is_active:\n        raise Refused\n",
        "",
        "Somebody disabled is mailed no password.",
        TESTS + "test_somebody_disabled_gets_no_password",
    ),
    Mutant(
        "reset-mails-the-parent",
        WRITING,
        "    post(kind, person)\n",
        "    post(kind, person.parent or person)\n",
        "A new password is mailed to its owner, never to who is above.",
        RESET,
    ),
    Mutant(
        "reset-leaves-two-mails",
        WRITING,
        "    person.mails.filter(sent_at=None, kind__in=PASSWORD_KINDS).delete()\n",
        "",
        "Reset twice, one password leaves.",
        TESTS + "test_reset_twice_leaves_one_mail",
    ),
    Mutant(
        "reset-drops-other-mail",
        WRITING,
        "person.mails.filter(sent_at=None, kind__in=PASSWORD_KINDS)",
        "person.mails.filter(sent_at=None)",
        "A reset loses no other mail.",
        TESTS + "test_reset_keeps_other_mail",
    ),
    Mutant(
        "reset-not-audited",
        SERVICES,
        "    audit.record(Act.RESET, by=by, to=target)\n",
        "",
        "A reset leaves a trace.",
        RESET,
    ),
    Mutant(
        "password-of-another",
        OWN,
        "    if person.pk != by.pk:\n        raise OutOfScope\n    mine",
        "    mine",
        "Nobody sets another person's password.",
        TESTS + "test_nobody_sets_another_persons_password",
    ),
    Mutant(
        "password-overtakes-a-reset",
        OWN,
        "filter(pk=person.pk, password=person.password, is_active=True)",
        "filter(pk=person.pk)",
        "A password chosen on a page that a reset overtook is refused.",
        TESTS + "test_a_change_that_a_reset_or_disable_overtook_is_refused",
    ),
    Mutant(
        "password-not-audited",
        OWN,
        "    audit.record(Act.PASSWORD, by=by, to=person)\n",
        "",
        "Choosing a password leaves a trace.",
        TESTS + "test_change_own_password",
    ),
    Mutant(
        "temporary-password-twice",
        BACKENDS,
        "pk=person.pk, password=person.password, temporary_used=False",
        "pk=person.pk, password=person.password",
        "A temporary password works once.",
        MAILS + "test_the_password_works_once",
    ),
    Mutant(
        "temporary-password-for-ever",
        BACKENDS,
        "(expiry is not None and expiry > timezone.now())",
        "expiry is not None",
        "A temporary password ends when its time is over.",
        MAILS + "test_the_password_lives_24_hours",
    ),
    Mutant(
        "temporary-password-for-days",
        EMAILS,
        "LIFETIME = timedelta(hours=24)",
        "LIFETIME = timedelta(hours=72)",
        "A temporary password lives 24 hours at most.",
        MAILS + "test_the_password_lives_24_hours",
    ),
    Mutant(
        "temporary-password-is-short",
        EMAILS,
        "for _ in range(4)) for _ in range(5))",
        "for _ in range(3)) for _ in range(5))",
        "A temporary password has 80 bits at least.",
        MAILS + "test_each_mail_has_another_password_of_80_bits",
    ),
    Mutant(
        "temporary-password-is-stored",
        EMAILS,
        "        return mail, password\n",
        "        OutgoingMail.objects.filter(pk=mail.pk).update(text=password)\n"
        "        return mail, password\n",
        "A password stands in no table.",
        MAILS + "test_the_password_is_nowhere_in_the_database",
    ),
    Mutant(
        "temporary-password-is-kept",
        "administrators/account_forms.py",
        "if new and may_compare and self.person.check_password(new):",
        "if new and not self.person.must_change_password and self.person.check_password(new):",
        "The temporary password cannot be chosen for good.",
        "tests/administrators/test_account.py::test_the_temporary_password_is_not_kept",
    ),
    Mutant(
        "old-password-not-asked",
        "administrators/account_forms.py",
        "if not self.person.check_password(old):",
        "if not old:",
        "Who changes their password proves that they know the present one.",
        "tests/administrators/test_account.py::test_passwords_refused",
    ),
    Mutant(
        "retry-resets-what-was-chosen",
        EMAILS,
        "is_active=True, must_change_password=True, temporary_used=False",
        "is_active=True",
        "A mail that is tried again undoes no password chosen meanwhile.",
        MAILS + "test_a_retry_resets_nothing_that_was_chosen_meanwhile",
    ),
    Mutant(
        "lost-password-still-works",
        EMAILS,
        "        if had_password:\n",
        "        if had_password and not mail.tries:\n",
        "The password of a mail that may have left is void.",
        MAILS + "test_the_password_of_a_mail_that_may_have_left_is_void",
    ),
    Mutant(
        "mail-to-the-parent",
        EMAILS,
        "else person.email]",
        "else (person.parent or person).email]",
        "A password is mailed to its owner's address only.",
        MAILS + "test_one_mail_to_the_target_alone",
    ),
    Mutant(
        "mail-copied",
        EMAILS,
        "            reply_to=[person.email] if feedback else None,\n",
        "            reply_to=[person.email] if feedback else None,\n"
        "            bcc=[settings.OPERATOR_EMAIL],\n",
        "Nobody else receives a copy of a password.",
        MAILS + "test_one_mail_to_the_target_alone",
    ),
    Mutant(
        "mail-sent-twice",
        EMAILS,
        "due.filter(sent_at=None, due_at__lte=timezone.now())",
        "due.filter(sent_at=None)",
        "A mail that somebody is sending is not taken by another.",
        MAILS + "test_a_sender_that_died_is_taken_up_after_its_lease",
    ),
    Mutant(
        "hash-upgrade-undoes-a-reset",
        "administrators/models/people.py",
        "mine = Administrator.objects.filter(pk=self.pk, password=self.password)",
        "mine = Administrator.objects.filter(pk=self.pk)",
        "The upgrade of a hash never undoes a reset.",
        TESTS + "test_an_upgrade_does_not_undo_a_reset",
    ),
]
