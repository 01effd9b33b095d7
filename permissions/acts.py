"""What every act shares: one transaction, few tries, a fresh look at the rules, a trace."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.contrib.auth import get_user_model
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F

from permissions import audit, rules
from permissions.errors import Gone, OutOfScope, Refused, StaleVersion
from permissions.models import Act, AuditEntry

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 3
RETRYABLE = {"40001", "40P01"}  # PostgreSQL: serialization failure, deadlock


def act(function: Callable[P, R]) -> Callable[P, R]:
    """One transaction around an act; a deadlock is tried again, a refusal leaves an audit row.

    The act names who acts as keyword `by`, none for a command, and on whom as first argument.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with audit.one_act():
                return _in_transaction(lambda: function(*args, **kwargs))
        except Refused as refused:
            target = args[0] if args and isinstance(args[0], get_user_model()) else None
            reason = f"{function.__name__}: {type(refused).__name__}"
            words = {"item": reason, "after": refused.message}
            audit.record(Act.REFUSED, by=kwargs.get("by"), to=target, **words)
            raise

    return run


def _in_transaction(work: Callable[[], R]) -> R:
    tries = 1 if connection.in_atomic_block else TRIES
    for left in reversed(range(tries)):
        try:
            with transaction.atomic():
                return work()
        except IntegrityError as error:
            if breaks_a_key(error):
                raise Gone from error
            raise
        except OperationalError as error:
            if not left or getattr(error.__cause__, "sqlstate", None) not in RETRYABLE:
                raise
    raise AssertionError("unreachable")


def breaks_a_key(error: IntegrityError) -> bool:
    """A foreign key refused: what the row refers to was taken away by somebody else meanwhile."""
    sqlstate = getattr(error.__cause__, "sqlstate", None)
    return sqlstate == "23503" or "FOREIGN KEY" in str(error)


def take(target: Any, *, by: Any, version: int | None = None) -> Any:
    """The target as it is now, locked, after checking again that `by` may change it.

    Raises OutOfScope, or StaleVersion if `version` is given and no longer the current one.
    """
    users = get_user_model().objects
    locked = users.select_for_update(of=("self",), no_key=True).select_related("parent")
    fresh = locked.get(pk=target.pk)
    actor = users.get(pk=by.pk)  # after the lock: waiting for it, they may have been disabled
    if not rules.may_change(actor, fresh):
        raise OutOfScope
    if version is not None and version != fresh.version:
        raise changed_meanwhile(audit.last_edit(fresh), reader=actor)
    return fresh


def carrier_only(by: Any) -> None:
    """Raises OutOfScope unless `by`, as they are now, is carrier staff (rule 13)."""
    if not rules.is_carrier(get_user_model().objects.get(pk=by.pk)):
        raise OutOfScope


def changed_meanwhile(last: AuditEntry | None, *, reader: Any) -> StaleVersion:
    """The refusal, with the name of who did the `last` edit if `reader` may know it."""
    known = last is not None and last.actor is not None and rules.may_know(reader, last.actor)
    return StaleVersion(last.actor_name if last is not None and known else "")


def touch(target: Any) -> None:
    """Give the target its next version, so that older pages can no longer be saved."""
    get_user_model().objects.filter(pk=target.pk).update(version=F("version") + 1)
