"""Paths of the tree in hexadecimal digits, which both databases can join and compare."""

from typing import Any

from django.db.models import Func, TextField


class HexPath(Func):
    """The bytes of a path."""

    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "encode(%(expressions)s, 'hex')"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="lower(hex(%(expressions)s))", **context)


class HexStep(Func):
    """An id as it stands in a path: 8 bytes, big-endian."""

    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "lpad(to_hex(%(expressions)s), 16, '0')"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "printf('%%%%016x', %(expressions)s)"
        return self.as_sql(compiler, connection, template=template, **context)
