"""Files of the carrier, for the tests: written, given to the import, and compared."""

from pathlib import Path
from typing import Any

from portal.imports.exporting import rows_of
from portal.imports.formats import KINDS
from portal.imports.writing import Import, import_file
from sites import models
from sites.models import Site
from tests import inventory
from tests.world import World

HOLIDAYS = "site;day;name\nParis;2027-05-01;Mai\n"
# What must be there before what names it.
ORDER = (
    "sites", "models", "stations", "users", "devices", "services", "members", "trunks", "numbers",
    "hours", "holidays", "handling", "orders", "order_items", "order_steps", "calls", "recordings",
)  # fmt: skip


class Files:
    """Files for enterprise E, with its site Paris furnished."""

    def __init__(self, world: World, folder: Path) -> None:
        self.owner = world["R"].enterprise
        self.folder = folder
        self.site = Site.objects.get(name="Paris", enterprise=self.owner)
        self.rows = inventory.furnish_one(self.site, author=world["R"])
        order = self.rows["order"]
        models.OrderItem.objects.create(order=order, label="=SUM(A1)", quantity=2)
        models.OrderStep.objects.create(order=order, status="received", on=order.ordered_on)

    def path(self, content: str | bytes) -> Path:
        path = self.folder / "file.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def give(self, kind: str, content: str | bytes, **options: Any) -> Import:
        return import_file(kind, self.path(content), self.owner, **options)

    def said(self, kind: str, content: str | bytes) -> list[tuple[int, str]]:
        """The line and the column of each problem."""
        return [(one.line, one.column) for one in self.give(kind, content).problems.first]

    def exported(self, kind: str) -> str:
        lines = rows_of(KINDS[kind], self.owner)
        return "\n".join(";".join(f'"{cell}"' for cell in row) for row in lines)


def stored(kind: str) -> list[dict[str, Any]]:
    model = KINDS[kind].model
    return list(model.objects.order_by("pk").values())


def without_ids(kind: str) -> list[dict[str, str]]:
    """The rows as they are written in a file, and how they are found in a search."""
    found = KINDS[kind].model.objects.order_by("pk")
    rows = [(getattr(row, "search_key", ""), row) for row in found]
    names = [column.name for column in KINDS[kind].columns]
    return [{"key": key} | {name: str(getattr(row, name)) for name in names} for key, row in rows]
