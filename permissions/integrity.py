"""Running all checks and keeping what they found, for the carrier to read."""

import time
from itertools import islice
from typing import Any

from permissions.checks import CHECKS, find_faults
from permissions.models import IntegrityCheck

SHOWN = 200


def run_checks(*, by: Any) -> IntegrityCheck:
    """Ask every rule again of every row; the first `SHOWN` faults are kept in words."""
    start = time.monotonic()
    found = find_faults()
    shown = [str(fault) for fault in islice(found, SHOWN)]
    others = sum(1 for _more in found)
    return IntegrityCheck.objects.create(
        by=by,
        seconds=round(time.monotonic() - start, 2),
        checks=len(CHECKS),
        faults=len(shown) + others,
        report="\n".join(shown),
    )
