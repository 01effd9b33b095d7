"""What stands in each column of a kind of file, told from the kind itself."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, EmailField, IntegerField, TimeField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.imports import cells
from portal.imports.formats import KINDS
from portal.imports.kinds import Column, Kind
from sites import files

# How a cell is written, by what reads it; if nothing does that says it, by the field.
OF_CELLS: dict[Any, Any] = {
    cells.user_id: gettext_lazy("such as name@example.com, without accents"),
    cells.extension: gettext_lazy("2 to 8 digits: 204"),
    cells.phone: gettext_lazy("01 99 00 12 34, or +33199001234"),
    cells.mac: "00:15:65:a1:b2:c3",
    cells.day: gettext_lazy("2026-03-12, or 12/03/2026"),
    cells.past: gettext_lazy("2026-03-12 08:30:15, or 12/03/2026 08:30, French time"),
}
OF_FIELDS: dict[Any, Any] = {
    TimeField: "08:30",
    EmailField: gettext_lazy("such as name@example.com"),
    IntegerField: gettext_lazy("a whole number"),
}


@dataclass(frozen=True)
class Described:
    """A column in words: its name, whether it is always filled, what it says, in which form."""

    name: str
    required: bool
    about: str
    form: str


def labels() -> list[tuple[str, str]]:
    """Each kind and its name, in the order in which they are imported."""
    return [(kind, capfirst(files.label(kind))) for kind in KINDS]


def verdict(problems: int, *, dry_run: bool) -> str:
    """How many problems there are, and what follows."""
    if dry_run:
        said = ngettext(
            "%(n)s problem. Nothing would be imported.",
            "%(n)s problems. Nothing would be imported.",
            problems,
        )
    else:
        said = ngettext(
            "%(n)s problem. Nothing was imported.",
            "%(n)s problems. Nothing was imported.",
            problems,
        )
    return said % {"n": problems}


def without_problems(added: int, changed: int) -> str:
    """What the other lines of the file would do."""
    additions = ngettext("%(n)s addition", "%(n)s additions", added) % {"n": added}
    changes = ngettext("%(n)s change", "%(n)s changes", changed) % {"n": changed}
    said = _("Without these problems: %(additions)s, %(changes)s.")
    return said % {"additions": additions, "changes": changes}


def columns(kind: Kind) -> list[Described]:
    """Every column, in the order in which exports write them."""
    return [_described(column, kind.field(column)) for column in kind.columns]


def key(kind: Kind) -> str:
    """The columns that tell a row from another."""
    names = {kind.field(column).attname: column.name for column in kind.columns}
    return ", ".join(names[kind.model._meta.get_field(name).attname] for name in kind.key)


def _described(column: Column, field: Any) -> Described:
    about = capfirst(str(field.verbose_name))
    return Described(column.name, column.required, about, _form(column, field))


def _form(column: Column, field: Any) -> str:
    """In words or by an example; nothing of what is free text."""
    if column.to:
        return column.to.in_words
    if isinstance(field, BooleanField):
        return "oui, non"
    if field.flatchoices and not column.form:
        return ", ".join(str(value) for value, _label in field.flatchoices)
    kinds = [form for kind, form in OF_FIELDS.items() if isinstance(field, kind)]
    return str(column.form or OF_CELLS.get(column.read, *kinds[:1] or [""]))
