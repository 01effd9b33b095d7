"""Running all checks and keeping what they found, for the carrier to read."""

import time
from typing import Any

from permissions.checks import CHECKS, find_faults
from permissions.models import IntegrityCheck

SHOWN = 200


def run_checks(*, by: Any) -> IntegrityCheck:
    """Ask every rule again of every row; the first `SHOWN` faults are kept in words."""
    start = time.monotonic()
    faults = [str(fault) for fault in find_faults()]
    return IntegrityCheck.objects.create(
        by=by,
        seconds=round(time.monotonic() - start, 2),
        checks=len(CHECKS),
        faults=len(faults),
        report="\n".join(faults[:SHOWN]),
    )
