"""What a kind of file is made of: columns, references to other rows, a key, a check."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from django.utils.translation import gettext as _

from portal.imports import cells
from portal.imports.cells import BadCell
from sites.models import Device, DeviceModel, Enterprise, Site

Key = tuple[Any, ...]
Check = Callable[[Any], Iterable[tuple[str, str]]]
Outlived = Callable[[Collection[str], Enterprise], set[str]]
After = tuple[str, Callable[[Enterprise], Iterable[Any]], Callable[[Any], str]]


@dataclass(frozen=True)
class Reference:
    """Another row, named in the cell by `names`; with a `site`, one at the site of this row."""

    model: type[Model]
    names: tuple[str, ...]
    same_site: bool = True
    read: Callable[[str], str] = cells.text

    @property
    def form(self) -> str:
        """How a cell names such a row: these columns of it, with a colon between them."""
        return ":".join(self.names)

    @property
    def in_words(self) -> str:
        """The same for people: "name (site)", "type:name (service)"."""
        fields = (self.model._meta.get_field(name) for name in self.names)
        names = ":".join(str(field.verbose_name) for field in fields)
        return f"{names} ({self.model._meta.verbose_name})"

    def key(self, cell: str) -> Key:
        """What the cell names; several names stand with a colon between them."""
        parts = cell.split(":", len(self.names) - 1) if len(self.names) > 1 else [cell]
        if len(parts) < len(self.names):
            raise BadCell(_("“%(value)s” is not of the form %(form)s."), cell, form=self.form)
        return tuple(self.read(part.strip()) for part in parts)

    def find(self, keys: Iterable[Key], enterprise: Enterprise) -> dict[Key, int]:
        """The ids of these rows, in one query; before the names the site, if that matters."""
        fields = ("site_id", *self.names) if self.same_site else self.names
        wanted = {f"{self.names[-1]}__in": {key[-1] for key in keys}, "enterprise": enterprise}
        rows = self.model._default_manager.filter(**wanted).values_list("pk", *fields)
        return {tuple(key): pk for pk, *key in rows}

    def write(self, row: Model | None) -> str:
        return ":".join(str(getattr(row, name)) for name in self.names) if row else ""


@dataclass(frozen=True)
class ModelReference(Reference):
    """A model, approved or no longer, as maker and name in one cell; there are few."""

    @property
    def form(self) -> str:
        return "maker name"

    @property
    def in_words(self) -> str:
        return _("maker and model, with a space between them: Yealink T54W")

    def find(self, keys: Iterable[Key], enterprise: Enterprise) -> dict[Key, int]:
        return {(str(one),): one.pk for one in DeviceModel.objects.all()}

    def write(self, row: Model | None) -> str:
        return str(row or "")


@dataclass(frozen=True)
class Column:
    """A column, named like the field that it fills; a required one is in every file and filled.

    `form` says how it is written, where neither the field nor what reads it does.
    `outlived` says which rows, of those with these keys, have outlived what the column named: the
    cell is then as good as not there.
    """

    name: str
    required: bool = False
    read: Callable[[str], Any] = cells.text
    to: Reference | None = None
    outlived: Outlived | None = None
    form: Any = ""

    def value(self, cell: str, field: Field) -> Any:
        """What the cell says, judged by the field. Raises BadCell."""
        if not cell and self.required:
            raise BadCell(_("The cell is empty."))
        if not cell:
            return _empty(field)
        if self.to:
            return self.to.key(cell)
        try:
            return field.clean(self.read(cell), None)
        except ValidationError as error:
            said = _("“%(value)s”: %(problem)s")
            raise BadCell(said, cell, problem=" ".join(error.messages)) from error


@dataclass(frozen=True)
class Kind:
    """A kind of file: the rows of `model`, told apart by `key`.

    `key` names fields; the rows of a kind whose key is `worldwide` are unique over all enterprises.
    `check` is asked of each row, `after` at the end: a column, the rows that are wrong in it,
    and what to say of each. A file without that column that moves no row does not answer for it.
    `add` is how rows are added that are more than rows, after the actor was judged; of `traced`
    ones the audit tells each change.
    Of the model `locked` an act locks a row before it compares or adds what stands there; so does
    a file.
    """

    model: type[Model]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    worldwide: bool = False
    check: Check = lambda row: ()
    related: tuple[str, ...] = ()  # what the search key reads
    after: After | None = None
    locked: type[Site | Device] | None = None
    add: Callable[..., None] | None = None
    traced: bool = False
    leave: Callable[..., None] | None = None  # what stays behind of rows that move

    @property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def placed(self) -> bool:
        """Whether these rows are sites, or stand at one."""
        return self.model is Site or "site" in self.by_name

    @property
    def owned(self) -> bool:
        """Whether these rows belong to an enterprise: at its sites, or parts of its orders."""
        return self.placed or "order" in self.by_name

    @property
    def versioned(self) -> bool:
        """Whether an open page knows by a version that the row was changed."""
        return any(field.name == "version" for field in self.model._meta.fields)

    def field(self, column: Column) -> Field:
        return self.model._meta.get_field(column.name)

    def tells_apart(self, column: Column) -> bool:
        """Whether the column is a part of the key."""
        return self.field(column).attname in self.key

    def attnames(self, names: Iterable[str]) -> Iterator[str]:
        """The attributes that these columns fill."""
        return (self.model._meta.get_field(name).attname for name in names)


def _empty(field: Field) -> Any:
    """What stands for nothing: the default, or no row, or an empty text."""
    return field.get_default() if field.has_default() else None if field.null else ""


SITE = Column("site", True, to=Reference(Site, ("name",), same_site=False))
