"""What the carrier's own system does to the requests: it reads them, and answers.

Nobody is signed in then: `by` is nobody, and the audit says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from permissions import audit
from permissions.acts import act
from sites.models import EquipmentRequest

State = EquipmentRequest.State
ANSWERS = (State.DONE, State.FAILED)


@dataclass(frozen=True)
class Answer:
    """One line of a file of answers."""

    line: int
    reference: UUID
    state: str
    text: str


class Unanswerable(Exception):
    """Answers that cannot be taken; nothing was written. `problems` has one sentence for each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@act
def hand_over(*, by: object = None) -> list[EquipmentRequest]:
    """Every waiting request, oldest first, each handed over once: it is sent from now on."""
    waiting = EquipmentRequest.objects.filter(state=State.WAITING).order_by("pk")
    requests = list(waiting.select_for_update(of=("self",)).select_related("device", "site"))
    entries = [
        entry for one in requests for entry in audit.edits_of(one, {"state": State.SENT}, by=by)
    ]
    EquipmentRequest.objects.bulk_update(requests, ["state"], batch_size=500)
    audit.record_all(entries)
    return requests


@act
def apply_answers(answers: Sequence[Answer], *, by: object = None) -> int:
    """Take all these answers or, raising Unanswerable, none; how many said something new."""
    found = _asked(answer.reference for answer in answers)
    problems = [
        f"line {answer.line}: {problem}"
        for answer in answers
        if (problem := _problem(answer, found))
    ]
    if problems:
        raise Unanswerable(problems)
    new = [one for one in answers if _is_open(found[one.reference])]
    for answer in new:
        _take(answer, found[answer.reference], by=by)
    return len(new)


def _asked(references: Iterable[UUID]) -> dict[UUID, EquipmentRequest]:
    rows = EquipmentRequest.objects.filter(reference__in=list(references)).order_by("pk")
    locked = rows.select_for_update(of=("self",)).select_related("device", "site")
    return {one.reference: one for one in locked}


def _is_open(request: EquipmentRequest) -> bool:
    return request.state in EquipmentRequest.OPEN


def _problem(answer: Answer, found: dict[UUID, EquipmentRequest]) -> str:
    request = found.get(answer.reference)
    if request is None:
        return f"no request has the reference {answer.reference}"
    if request.state == State.WAITING:
        return f"the request {answer.reference} was not exported yet"
    told = (request.state, request.answer)
    if not _is_open(request) and told != (answer.state, answer.text):
        return f"the request {answer.reference} was answered otherwise before"
    return ""


def _take(answer: Answer, request: EquipmentRequest, *, by: object) -> None:
    entries = audit.edits_of(request, {"state": answer.state, "answer": answer.text}, by=by)
    request.answered_at = timezone.now()
    request.save(update_fields=["state", "answer", "answered_at"])
    audit.record_all(entries)
