"""Many rows of the audit at once, written by the database from the rows that they are about.

An act on a branch concerns a hundred thousand grants: none of them is read into memory.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Case, F, Field, Model, QuerySet, Value, When
from django.utils import timezone

from permissions.audit import entry
from permissions.models import Act, AuditEntry


def record_each(
    rows: QuerySet, act: Act, *, by: Any, person: str = "", cause: Any = None, **texts: Any
) -> None:
    """One row of the audit for each of `rows`, in their order.

    `person` is the relation from them to whom it was done to, "" if they are the people. `texts`
    are expressions for `item`, `item_name` and `site_ids`; `cause` as in `audit.entry`.
    """
    sample = entry(act, by=by, to=None, cause=cause)
    prefix = f"{person}__" if person else ""
    sample.at = timezone.now()
    columns: dict[str, Any] = {field.attname: _same(field, sample) for field in _fields()}
    columns["enterprise_id"] = F("enterprise_id")
    columns["target_id"] = F(f"{prefix}pk")
    columns["path"] = get_user_model().child_path_in(prefix)  # type: ignore[attr-defined]
    columns["target_name"] = get_user_model().name_in(prefix)  # type: ignore[attr-defined]
    if cause is not None:
        themselves = When(**{f"{prefix}pk": cause.pk}, then=Value(None))
        columns["cause_id"] = Case(themselves, default=Value(cause.pk))
        themselves = When(**{f"{prefix}pk": cause.pk}, then=Value(""))
        columns["cause_name"] = Case(themselves, default=Value(str(cause)))
    insert(AuditEntry, rows, columns | texts)


def _fields() -> list[Field]:
    return [field for field in AuditEntry._meta.concrete_fields if not field.primary_key]


def _same(field: Any, sample: AuditEntry) -> Value:
    """What all the rows have in this column."""
    kind = field.target_field if field.is_relation else field
    return Value(getattr(sample, field.attname), output_field=kind.__class__())


def insert(
    model: type[Model], rows: QuerySet, columns: Mapping[str, Any], *, once: bool = False
) -> None:
    """A row of `model` for each of `rows`; with `once`, but for those that are there already."""
    selected = rows.annotate(**{f"new_{name}": value for name, value in columns.items()})
    sql, values = selected.values_list(*(f"new_{n}" for n in columns)).query.sql_with_params()
    quote = connection.ops.quote_name
    names = ", ".join(quote(model._meta.get_field(name).column) for name in columns)
    ending = " ON CONFLICT DO NOTHING" if once else ""
    with connection.cursor() as cursor:
        table = quote(model._meta.db_table)
        cursor.execute(f"INSERT INTO {table} ({names}) {sql}{ending}", values)
