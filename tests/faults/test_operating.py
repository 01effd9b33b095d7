"""What operating needs: probes that tell the truth, and counts that workers share."""

import os
import signal
import time
from pathlib import Path
from urllib.request import Request, urlopen

from prometheus_client.parser import text_string_to_metric_families as parse

from tests.faults.browser import NoAnswer
from tests.faults.cluster import Cluster
from tests.faults.conftest import DATABASE
from tests.faults.processes import PATIENCE, Portal, portal

TOKEN = "jeton-42"
ASKED = 30


def asked(running: Portal) -> float:
    """How often the privacy page was answered, as Prometheus is told by whichever worker."""
    url = f"http://127.0.0.1:{running.port}/metrics"
    request = Request(url, headers={"Authorization": f"Bearer {TOKEN}", "Host": "10.1.2.3"})
    text = urlopen(request, timeout=PATIENCE).read().decode()
    samples = [sample for family in parse(text) for sample in family.samples]
    counts = [one for one in samples if one.name == "portal_request_seconds_count"]
    return sum(one.value for one in counts if one.labels["view"] == "privacy")


def answers(running: Portal, path: str) -> tuple[int, bytes]:
    answer = running.browser().get(path)
    return answer.status, answer.content


def test_workers_count_together(scratch: Cluster, tmp_path: Path) -> None:
    """What a worker counted outlives it."""
    folder = {"METRICS_TOKEN": TOKEN, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "counts")}
    with portal(scratch.url(DATABASE), tmp_path, **folder) as running:
        for number in range(ASKED):
            assert running.browser().get("/privacy/").status == 200
            if number == ASKED // 2:
                os.kill(running.workers()[0], signal.SIGKILL)
                ask_until_answered(running)
        assert {asked(running) for _ in range(4)} == {ASKED}
        writers = {path.stem.rpartition("_")[2] for path in (tmp_path / "counts").iterdir()}
        assert len(writers) > 1, "one worker alone answered everything"


def ask_until_answered(running: Portal) -> None:
    """The killed worker may take the request in its backlog with it."""
    while True:
        try:
            running.browser().get("/healthz")
        except NoAnswer:
            time.sleep(0.05)
        else:
            return


def test_probes_while_the_database_is_down(scratch: Cluster, running: Portal) -> None:
    assert answers(running, "/readyz") == (200, b"ready\n")
    scratch.crash()
    try:
        assert answers(running, "/readyz") == (503, b"not ready: database\n")
        assert answers(running, "/healthz") == (200, b"ok\n")
    finally:
        scratch.start()
    assert answers(running, "/readyz") == (200, b"ready\n")
