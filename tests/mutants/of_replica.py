"""Mistakes in reading lists from a replica that may be late."""

from tests.mutants.mutant import Mutant

REPLICA = "permissions/replica.py"
TESTS = "tests/permissions/test_replica.py::"

MUTANTS = [
    Mutant(
        "late-replica-read",
        REPLICA,
        "here and here == self.counts_there()",
        "here and self.counts_there()",
        "A replica that lacks an act is not read.",
        TESTS + "test_other_counts_are_not",
    ),
    Mutant(
        "sums-are-compared",
        REPLICA,
        "here == self.counts_there()",
        "sum(here.values()) == sum(self.counts_there().values())",
        "As many acts are not the same acts.",
        TESTS + "test_other_counts_are_not",
    ),
    Mutant(
        "carrier-not-waited-for",
        REPLICA,
        "enterprise__in=[ActCount.CARRIER, enterprise]",
        "enterprise__in=[enterprise]",
        "What the carrier did is in the next list too.",
        TESTS + "test_ones_own_and_the_carriers_count",
    ),
    Mutant(
        "replica-asked-first",
        REPLICA,
        "        here = self.counts_here()\n        try:\n            return",
        "        try:\n            there, here = self.counts_there(), self.counts_here()\n"
        "            self.counts_there = lambda: there\n            return",
        "What is committed between two questions makes the answers differ.",
        TESTS + "test_the_same_counts_are_the_same_rows",
    ),
    Mutant(
        "broken-off-page-is-an-error",
        REPLICA,
        "        reads.leave(error)\n",
        "        return None\n",
        "A page of which the replica breaks off comes from the primary.",
        TESTS + "test_a_page_is_made_again_without_the_replica",
    ),
    Mutant(
        "written-form-reads-there",
        REPLICA,
        'if request.method in {"GET", "HEAD"} and request.user.is_authenticated:',
        "if request.user.is_authenticated:",
        "Only what reads may read from a replica.",
        TESTS + "test_only_what_is_read",
    ),
]
