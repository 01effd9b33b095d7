"""Takes the answers of the carrier's own system to the requests."""

import csv
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.acts.requests import ANSWERS, Answer, Unanswerable, apply_answers
from sites.models import EquipmentRequest

HEAD = ["reference", "state", "answer"]
LONGEST = EquipmentRequest._meta.get_field("answer").max_length


class Command(BaseCommand):
    help = "Take a CSV file of answers to requests, all of it or nothing (docs/requests.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            answers = read(file)
            new = apply_answers(answers)
        except Unanswerable as refused:
            count = len(refused.problems)
            said = "\n".join([*refused.problems, f"{count} problems: nothing was applied"])
            raise CommandError(said) from refused
        self.stdout.write(f"{new} applied, {len(answers) - new} unchanged")


def read(file: Path) -> list[Answer]:
    """The lines of a file. Raises Unanswerable with every problem that there is."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = csv.reader(opened, delimiter=";", strict=True)
            lines = [(rows.line_num, row) for row in rows if row]
    except OSError as error:
        raise Unanswerable([f"{file}: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise Unanswerable(["the file is not UTF-8 text"]) from error
    except csv.Error as error:
        raise Unanswerable([f"line {rows.line_num}: {error}"]) from error
    if not lines or lines[0][1] != HEAD:
        raise Unanswerable([f"line 1: the head must be {';'.join(HEAD)}"])
    return _answers(lines[1:])


def _answers(lines: list[tuple[int, list[str]]]) -> list[Answer]:
    found: dict[UUID, Answer] = {}
    problems = []
    for line, cells in lines:
        try:
            answer = _answer(line, cells)
            if (first := found.setdefault(answer.reference, answer)) is not answer:
                raise ValueError(f"the same reference as line {first.line}")
        except ValueError as error:
            problems.append(f"line {line}: {error}")
    if problems:
        raise Unanswerable(problems)
    return list(found.values())


def _answer(line: int, cells: list[str]) -> Answer:
    if len(cells) != len(HEAD):
        raise ValueError(f"{len(cells)} cells instead of {len(HEAD)}")
    reference, state, text = (cell.strip() for cell in cells)
    if state not in ANSWERS:
        raise ValueError(f"“{state}” is neither {' nor '.join(ANSWERS)}")
    if len(text) > LONGEST or not text.isprintable():
        raise ValueError(f"an answer is one line of at most {LONGEST} characters")
    try:
        return Answer(line, UUID(reference), state, text)
    except ValueError:
        raise ValueError(f"“{reference}” is no reference") from None
