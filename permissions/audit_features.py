"""Features that an act gives or takes: a row of the audit for each of each person."""

from typing import Any

from django.db.models import Case, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from permissions.audit_items import FEATURE
from permissions.audit_rows import record_each
from permissions.features import FeatureCode
from permissions.models import Act


def record_features(act: Act, grants: QuerySet, *, by: Any, cause: Any = None) -> None:
    """One row for each of `grants`, in the database itself. Only within an act."""
    rows = grants.order_by("user_id", "content_object_id")
    record_each(rows, act, by=by, person="user", cause=cause, **_texts())


def _texts() -> dict[str, Any]:
    """How the audit names a feature that was given or taken, and calls it."""
    item = Concat(Value(FEATURE), "content_object_id", output_field=TextField())
    labels = [When(content_object=code, then=Value(str(code.label))) for code in FeatureCode]
    name = Case(*labels, default=Value(""), output_field=TextField())
    return {"item": item, "item_name": name}
