"""How far a long file is."""

from typing import TextIO

WIDTH = 40


class Bar:
    """A bar on a terminal, drawn anew for each hundredth; nothing anywhere else."""

    def __init__(self, total: int, stream: TextIO) -> None:
        self.total, self.stream = max(total, 1), stream
        self.done = self.shown = 0

    def advance(self, size: int) -> None:
        self.done += size
        percent = self.done * 100 // self.total
        if percent != self.shown and self.stream.isatty():
            self.shown = percent
            filled = "#" * (percent * WIDTH // 100)
            self.stream.write(f"\r[{filled:<{WIDTH}}] {percent:3} %")
            self.stream.flush()

    def end(self) -> None:
        """Leave the line to what is said next."""
        if self.shown:
            self.stream.write("\n")
