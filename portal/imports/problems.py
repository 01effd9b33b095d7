"""What is wrong with a file, one line per problem."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SHOWN = 100


@dataclass(frozen=True)
class Problem:
    """What is wrong, on which line and, if one is to blame, in which column."""

    line: int
    message: str
    column: str = ""

    def __str__(self) -> str:
        named = _("line %(line)s, column %(column)s: %(message)s")
        return (named if self.column else _("line %(line)s: %(message)s")) % vars(self)


@dataclass
class Problems:
    """All that is wrong: the first hundred are kept, the others are counted."""

    first: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, line: int, message: str, column: str = "") -> None:
        self.count += 1
        if len(self.first) < SHOWN:
            self.first.append(Problem(line, message, column))

    @property
    def in_order(self) -> list[Problem]:
        """Those that are kept, in the order of the file."""
        return sorted(self.first, key=lambda one: one.line)

    @property
    def others(self) -> str:
        """How many more there are, if there are."""
        others = self.count - len(self.first)
        said = ngettext("and %(count)s other", "and %(count)s others", others)
        return said % {"count": others} if others else ""

    def lines(self) -> list[str]:
        """One for each, and one for the others."""
        lines = [str(problem) for problem in self.in_order]
        return [*lines, self.others] if self.others else lines


class BadFile(Exception):
    """A file of which not even the lines can be read, and all that is wrong with it."""

    def __init__(self, line: int, *messages: str) -> None:
        super().__init__(*messages)
        self.line, self.messages = line, messages
