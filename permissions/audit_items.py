"""What a row of the audit is about (`AuditEntry.item`): how it is written, and read again.

"site:12", or "sites:3" of several, which `site_ids` names; "feature:notes"; "all_sites"; "email", a
field of the person; "device:7", a row, and "device:7:name", a field of it; "import:numbers", a kind
of file; "restore". Of an export it says of what, of a refusal what was tried.
"""

from typing import Any

SITE, SITES, FEATURE = "site:", "sites:", "feature:"
ENTERPRISE, IMPORT, FORM = "enterprise:", "import:", "form:"
ALL_SITES, RESTORE = "all_sites", "restore"


def of_site(pk: int | str) -> str:
    return f"{SITE}{pk}"


def of_feature(code: str) -> str:
    return f"{FEATURE}{code}"


def of_import(kind: str) -> str:
    return f"{IMPORT}{kind}"


def of_model(model: Any) -> str:
    """How the items of all rows of a model begin."""
    return f"{model._meta.model_name}:"


def of_row(row: Any) -> str:
    return f"{of_model(row)}{row.pk}"


def of_field(row: Any, field: str) -> str:
    return f"{of_row(row)}:{field}"


def site_of(item: str) -> int | None:
    """The id in "site:7" or "site:7:name"; None of anything else."""
    pk = item.removeprefix(SITE).partition(":")[0]
    return int(pk) if item.startswith(SITE) and pk.isdecimal() else None


def site_count(item: str) -> int:
    """How many sites it is about, if it is about several; 0 of anything else."""
    return int(item.removeprefix(SITES)) if item.startswith(SITES) else 0


def feature_of(item: str) -> str:
    """The code in "feature:notes"; nothing of anything else."""
    return item.removeprefix(FEATURE) if item.startswith(FEATURE) else ""


def imported(item: str) -> str:
    """The kind of file in "import:numbers"; nothing of anything else."""
    return item.removeprefix(IMPORT) if item.startswith(IMPORT) else ""


def field_of(item: str) -> tuple[str, str]:
    """The model and the field in "device:7:name"; no field in "device:7"."""
    model, _pk, field = [*item.split(":"), "", ""][:3]
    return model, field
