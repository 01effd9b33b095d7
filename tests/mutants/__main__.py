"""Makes each mistake of the catalogue, one by one in a copy of the portal, and says who noticed.

`python3 run.py mutants` makes all of them, `python3 run.py mutants or-for-and` only those named.
With `--fast` only the tests that should notice are asked, not all the others after them.
It fails if one survives, or if its text no longer stands in the source.
"""

import signal
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.catalogue import MUTANTS
from tests.mutants.mutant import Mutant
from tests.mutants.trial import CAUGHT, SURVIVED, Trial, ask, copy_to, try_out

AT_ONCE = 2
FAST = "--fast"
STOPPED = 130


def main(arguments: list[str]) -> int:
    chosen = choose([word for word in arguments if word != FAST])
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies = [copy_to(Path(folder) / str(number)) for number in range(AT_ONCE)]
        refuse_a_faulty_portal(copies[0], chosen)
        trials = try_all(chosen, copies, fast=FAST in arguments)
    survivors = [trial for trial in trials if trial.outcome != CAUGHT]
    print(table(trials), summary(trials), sep="\n\n")
    return 1 if survivors else 0


def choose(ids: list[str]) -> list[Mutant]:
    known = {mutant.id for mutant in MUTANTS}
    if unknown := [name for name in ids if name not in known]:
        sys.exit(f"No such mistake: {', '.join(unknown)}")
    return [mutant for mutant in MUTANTS if not ids or mutant.id in ids]


def refuse_a_faulty_portal(copy: Path, chosen: list[Mutant]) -> None:
    """A test that fails without any mistake would notice every one of them."""
    tests = sorted({test for mutant in chosen for test in mutant.tests.split()})
    print(f"{len(chosen)} mistakes. First {len(tests)} tests without any ...", flush=True)
    outcome, by = ask(copy, tests)
    if outcome != SURVIVED:
        sys.exit(f"Without any mistake this fails already: {by}")


def try_all(chosen: list[Mutant], copies: list[Path], *, fast: bool) -> list[Trial]:
    """As many at once as there are copies; each is said as it ends."""
    free: SimpleQueue[Path] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def one(mutant: Mutant) -> Trial:
        copy = free.get()
        try:
            trial = try_out(mutant, copy, fast=fast)
        finally:
            free.put(copy)
        print(f"  {trial.outcome:<9} {mutant.id:<34} {trial.seconds:6.1f} s", flush=True)
        return trial

    with ThreadPoolExecutor(max_workers=len(copies)) as pool:
        return list(pool.map(one, chosen))


def table(trials: list[Trial]) -> str:
    """id, file, what no longer holds, which test said so, how long it took."""
    head = "| id | file | what it breaks | caught by | s |\n|---|---|---|---|---|"
    lines = [
        f"| {t.mutant.id} | {t.mutant.file} | {t.mutant.breaks} | {said(t)} | {t.seconds:.1f} |"
        for t in trials
    ]
    return "\n".join(["", head, *lines])


def said(trial: Trial) -> str:
    words = trial.by if trial.outcome == CAUGHT else f"{trial.outcome}: {trial.by}"
    return words.replace("|", "\\|")


def summary(trials: list[Trial]) -> str:
    counts = Counter(trial.outcome for trial in trials)
    return f"{len(trials)} mistakes: " + ", ".join(f"{n} {name}" for name, n in counts.items())


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, interrupt)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(STOPPED)
