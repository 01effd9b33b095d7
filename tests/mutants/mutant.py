"""One mistake that somebody could make."""

from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Mutant(NamedTuple):
    """A single change of one file: `old`, which stands there exactly once, becomes `new`.

    `breaks` is the rule that no longer holds; `tests` are the tests that should say so first.
    """

    id: str
    file: str
    old: str
    new: str
    breaks: str
    tests: str

    def source(self, root: Path = ROOT) -> str:
        """The file as it is."""
        return (root / self.file).read_text(encoding="utf-8")

    def fits(self, root: Path = ROOT) -> bool:
        """Whether the mistake can still be made in exactly one place."""
        path = root / self.file
        return path.is_file() and self.source(root).count(self.old) == 1
