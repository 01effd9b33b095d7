"""How much the machine did, for the line at the end of the run."""

from dataclasses import dataclass


@dataclass
class Tally:
    """Operations, those that were refused, and people who took part in some run."""

    runs: int = 0
    operations: int = 0
    refused: int = 0
    people: int = 0

    def __str__(self) -> str:
        return (
            f"machine: {self.operations} operations, {self.refused} refused, {self.people} people"
        )


tally = Tally()
