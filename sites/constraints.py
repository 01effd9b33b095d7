"""Foreign keys over several columns, which Django has not."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


class CompositeForeignKey(models.BaseConstraint):
    """(fields) → (to_fields) of `to_table`; a row goes with the row that it refers to.

    Declared in `Meta.constraints`, so it stands in CREATE TABLE: SQLite has it too and keeps it
    when Django remakes the table. `to_fields` must carry a unique constraint. The database
    alone checks it; `validate` has nothing to add.
    """

    template = "CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (%s)%s DEFERRABLE INITIALLY IMMEDIATE"

    def __init__(
        self,
        *,
        name: str,
        fields: Sequence[str],
        to_table: str,
        to_fields: Sequence[str],
        cascade: bool = True,
    ) -> None:
        super().__init__(name=name)
        self.fields, self.to_table, self.to_fields = list(fields), to_table, list(to_fields)
        self.cascade = cascade

    def constraint_sql(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> str:
        quote = editor.quote_name
        columns = ", ".join(quote(model._meta.get_field(f).column) for f in self.fields)
        to_columns = ", ".join(quote(column) for column in self.to_fields)
        rule = " ON DELETE CASCADE" if self.cascade else ""
        return self.template % (
            quote(self.name), columns, quote(self.to_table), to_columns, rule,
        )  # fmt: skip

    def create_sql(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> str:
        table = editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, editor)}"

    def remove_sql(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> str:
        table = editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} DROP CONSTRAINT {editor.quote_name(self.name)}"

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Left to the database, which alone sees the other rows without a race."""

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, Any]]:
        names = ("name", "fields", "to_table", "to_fields", "cascade")
        path = f"{self.__class__.__module__}.{self.__class__.__name__}"
        return path, (), {name: getattr(self, name) for name in names}

    def __eq__(self, other: object) -> bool:
        if isinstance(other, CompositeForeignKey):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)
