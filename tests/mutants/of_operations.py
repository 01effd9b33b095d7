"""Mistakes in what operating needs: probes, metrics, what a restore ends."""

from tests.mutants.mutant import Mutant

PROBES = "portal/views/probes.py"
METRICS = "portal/metrics.py"
FIGURES = "portal/figures.py"
RESTORING = "administrators/restoring.py"
HEALTH = "tests/portal/test_health.py::"
OF_METRICS = "tests/portal/test_metrics.py::"
AFTER = "tests/administrators/test_after_restore.py::"
INTERPRETER = "tests/portal/test_interpreter.py::"

MUTANTS = [
    Mutant(
        "no-room-for-frames",
        "portal/interpreter.py",
        "ROOM = 2**15",
        "ROOM = 2**9",
        "No loop of a page asks the system for memory at each turn.",
        INTERPRETER + "test_no_loop_asks_for_memory_at_each_turn",
    ),
    Mutant(
        "a-server-that-is-not-settled",
        "portal/wsgi.py",
        "settle()",
        "settle",
        "What was loaded is not searched for garbage again.",
        INTERPRETER + "test_the_server_has_both",
    ),
    Mutant(
        "ready-without-migrations",
        PROBES,
        'return "" if _needed() <= applied else "migrations"',
        'return "" if applied else "migrations"',
        "A machine whose tables are too old is not ready.",
        HEALTH + "test_a_missing_migration_is_said_without_its_name",
    ),
    Mutant(
        "not-ready-during-an-upgrade",
        PROBES,
        "_needed() <= applied",
        "_needed() == applied",
        "The tables of the next version do the old one no harm.",
        HEALTH + "test_a_migration_of_the_next_version_does_no_harm",
    ),
    Mutant(
        "ready-says-why",
        PROBES,
        "    except Error:\n        return",
        "    except Error as error:\n        return str(error) or",
        "A probe tells no name.",
        HEALTH + "test_a_lost_database_is_said_without_its_name",
    ),
    Mutant(
        "metrics-without-a-setting",
        PROBES,
        "if not token or not",
        "if not",
        "Without the setting nobody reads the metrics.",
        OF_METRICS + "test_without_the_setting_there_is_no_such_page",
    ),
    Mutant(
        "metrics-for-half-a-token",
        PROBES,
        'constant_time_compare(sent, f"Bearer {token}")',
        'constant_time_compare(sent[: len(token) + 7], f"Bearer {token}")',
        "The whole token opens the metrics, nothing else.",
        OF_METRICS + "test_without_the_token_there_is_no_such_page",
    ),
    Mutant(
        "metrics-by-path",
        METRICS,
        "view = match.view_name if",
        "view = request.path if",
        "No id is a label.",
        OF_METRICS + "test_labels_are_bounded",
    ),
    Mutant(
        "metrics-by-any-method",
        METRICS,
        'method = request.method if request.method in METHODS else "other"',
        "method = request.method",
        "What somebody sends is no label.",
        OF_METRICS + "test_labels_are_bounded",
    ),
    Mutant(
        "attempts-of-all-times",
        FIGURES,
        "AuditEntry.objects.filter(at__gt=now - LATELY)",
        "AuditEntry.objects.all()",
        "Only the last minutes are counted.",
        OF_METRICS + "test_refused_and_failed_of_the_last_minutes",
    ),
    Mutant(
        "sent-mails-wait",
        FIGURES,
        "OutgoingMail.objects.filter(sent_at=None)",
        "OutgoingMail.objects.all()",
        "A mail that left no longer waits.",
        OF_METRICS + "test_mails_that_wait",
    ),
    Mutant(
        "restored-sessions-live",
        RESTORING,
        "Session.objects.all().delete()[0]",
        "Session.objects.count()",
        "No session outlives a restore.",
        AFTER + "test_no_session_is_left",
    ),
    Mutant(
        "restored-signatures-count",
        RESTORING,
        '    Administrator.objects.update(session_epoch=F("session_epoch") + 1)\n',
        "",
        "What was signed before a restore counts no more.",
        AFTER + "test_a_session_that_comes_back_is_no_longer_signed",
    ),
    Mutant(
        "restored-temporary-passwords",
        RESTORING,
        "password=make_password(None), password_expires_at=timezone.now(), temporary_used=True",
        "version=1",
        "No temporary password outlives a restore.",
        AFTER + "test_a_temporary_password_opens_nothing",
    ),
    Mutant(
        "restored-mails-leave-again",
        RESTORING,
        "waiting.update(sent_at=timezone.now(), last_error",
        "waiting.update(last_error",
        "A mail is not sent a second time.",
        AFTER + "test_mails_that_waited_are_kept_back",
    ),
    Mutant(
        "restore-leaves-no-trace",
        RESTORING,
        "audit.record_all([*resets, said])",
        "audit.record_all([said])",
        "Whose password ended stands in the audit.",
        AFTER + "test_the_audit_says_so",
    ),
    Mutant(
        "restoring-unasked",
        "administrators/management/commands/after_restore.py",
        'if input(question).strip().lower() != "y":',
        "if not question:",
        "Nobody ends the sessions of the database in use by mistake.",
        AFTER + "test_it_asks_first_and_names_the_database",
    ),
]
