"""What stands in each column of a kind of file, told from the kind itself."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField
from django.utils.text import capfirst

from portal.imports.formats import KINDS
from portal.imports.kinds import Column, Kind
from sites import files


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
    if column.to:
        return f"{column.to.form} ({column.to.model._meta.verbose_name_plural})"
    if isinstance(field, BooleanField):
        return "oui, non"
    return ", ".join(str(value) for value, _label in field.flatchoices)
