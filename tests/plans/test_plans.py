"""No page reads a large table whole by a sequential scan, whoever asks."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client

from administrators import services
from administrators.models import Administrator
from permissions.features import FeatureCode as F
from permissions.scopes import Scope
from sites.models import FREE_NUMBER, Enterprise, PhoneNumber
from tests import visitors
from tests.bench.addresses import HISTORY, WEEK
from tests.plans.filling import settle

LARGE = {
    "administrators_administrator",
    "permissions_sitegrant",
    "permissions_featuregrant",
    "permissions_auditentry",
    "sites_phonenumber",
    "sites_device",
    "sites_subscriber",
    "sites_callrecord",
    "sites_recording",
    "sites_note",
    "sites_order",
}
OF_NUMBERS = "WHERE oid = 'sites_phonenumber'::regclass"
PASSING = {"Limit", "Nested Loop", "Hash Join", "Result"}  # a row that comes in goes out
LISTS = (
    "/administrators/",
    "/administrators/history/",
    "/sites/",
    "/assignments/numbers/",
    "/assignments/devices/",
    "/assignments/users/",
    "/recordings/",
    "/notes/",
    "/orders/",
)
ADDRESSES = [
    *LISTS,
    *(f"{path}?page=1000" for path in LISTS),
    *(f"{path}?q=xyzxyz" for path in LISTS),
    "/administrators/?q=zimmermann",
    "/administrators/?state=disabled",
    "/administrators/?state=owed",
    "/administrators/?sort=username",
    "/administrators/?sort=-name",
    "/administrators/?parent={child}",
    "/administrators/?site={site}",
    "/assignments/numbers/?sort=-number",
    "/assignments/numbers/?use=free",
    "/recordings/?q=000123",
    "/orders/?sort=reference",
    "/services/?sort=site",
    "/administrators/create/",
    "/administrators/{child}/account/",
    "/administrators/{child}/sites/",
    "/administrators/{child}/features/",
    "/administrators/{child}/history/",
    "/administrators/history/?feature=notes",
    "/administrators/history/?act=revoke",
    f"{HISTORY}{WEEK}",
    "/administrators/history/?site={site}",
    "/administrators/history/?person=zimmermann",
    "/sites/{site}/",
    "/dashboard/",
    "/analytics/",
    "/reports/",
    "/reports/?report=administrators",
]


@pytest.fixture(scope="module")
def people(large: Enterprise, django_db_blocker: Any) -> Iterator[dict[str, Administrator]]:
    """The root, somebody with many below, somebody with few."""
    with django_db_blocker.unblock():
        settle()
        root = Administrator.objects.get(enterprise=large, parent=None)
        second = Administrator.objects.filter(parent__parent=root).order_by("pk")[0]
        few = Administrator.objects.below(second).parents().order_by("-pk")[0]
        yield {"all": root, "many": second, "few": few}


@pytest.mark.django_db
@pytest.mark.parametrize("whose", ["all", "many", "few"])
def test_no_large_table_is_read_whole(
    people: dict[str, Administrator], keeping: None, whose: str
) -> None:
    client, values = visitors.visitor(people[whose]), addressed(people[whose])
    read = {}
    for address in ADDRESSES:
        for plan in plans(client, address.format(**values), allowed=may_open(whose, address)):
            if found := LARGE & read_whole(plan):
                read[address] = found
    assert [f"{address} {tables}" for address, tables in read.items()] == []


def test_a_table_read_whole_is_noticed(people: dict[str, Administrator], db: None) -> None:
    for end in ("", "ORDER BY id + 1 LIMIT 10", "WHERE kind = 'fax' LIMIT 10"):
        plan = plan_of(f"SELECT id FROM sites_phonenumber {end}", ())
        assert read_whole(plan) == {"sites_phonenumber"}, end


@pytest.mark.parametrize("first", [0, 500])
def test_a_branch_is_read_in_the_order_of_its_list(
    people: dict[str, Administrator], db: None, first: int
) -> None:
    """Nothing is sorted: an index leads with the branch."""
    listed = Administrator.objects.listed_below(people["many"]).order_by("search_key", "pk")
    plan = plan_of(*listed.values("pk")[first : first + 10].query.sql_with_params())
    assert not any("Sort" in kind for kind in kinds_of(plan))
    by_mail = listed.order_by("email").values("pk")[:10].query
    assert "Sort" in kinds_of(plan_of(*by_mail.sql_with_params()))


def test_far_pages_of_a_root_are_found_in_an_index_alone(
    people: dict[str, Administrator], db: None
) -> None:
    """What is skipped before them is not read in the table."""
    listed = Administrator.objects.listed_below(people["all"]).order_by("search_key", "pk")
    plan = plan_of(*listed.values("pk")[9_990:10_000].query.sql_with_params())
    assert kinds_of(plan) == {"Limit", "Index Only Scan"}


def test_who_was_disabled_together_is_not_compared_with_all(
    people: dict[str, Administrator], db: None
) -> None:
    """Nor where nobody was disabled when the rows were last counted, as right after the act."""
    Administrator.objects.filter(is_active=False).update(is_active=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE administrators_administrator")
    services.disable(people["many"], by=people["all"], branch=True)
    together = Administrator.objects.disabled_with(people["many"])
    plan = plan_of(*together.order_by("path", "pk").values("pk").query.sql_with_params())
    assert "Nested Loop" not in kinds_of(plan)
    assert filters_of(plan).count("hashed SubPlan") == filters_of(plan).count("SubPlan") == 2


def test_free_numbers_at_some_sites_are_found_in_an_index_alone(
    people: dict[str, Administrator], db: None
) -> None:
    """As long as the table is vacuumed, which no test can do in its transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE pg_class SET relallvisible = relpages {OF_NUMBERS}")
    scope = Scope(people["many"], frozenset({F.USER_ASSIGNMENTS}))
    free = scope.counting().of(PhoneNumber, F.USER_ASSIGNMENTS).filter(FREE_NUMBER)
    plan = plan_of(*free.sorted_at_last().values("pk")[:10].query.sql_with_params())
    assert "number_free" in indexes_of(plan)


def indexes_of(plan: dict[str, Any]) -> set[str]:
    inside = (indexes_of(part) for part in plan.get("Plans", []))
    return {plan.get("Index Name", "")}.union(*inside)


def filters_of(plan: dict[str, Any]) -> str:
    inside = (filters_of(part) for part in plan.get("Plans", []))
    return " ".join([plan.get("Filter", ""), *inside])


def kinds_of(plan: dict[str, Any]) -> set[str]:
    inside = (kinds_of(part) for part in plan.get("Plans", []))
    return {plan["Node Type"]}.union(*inside)


def addressed(person: Administrator) -> dict[str, int]:
    holding = Administrator.objects.filter(parent=person, sitegrant__isnull=False)
    child = holding.order_by("pk")[0]
    return {"child": child.pk, "site": child.sitegrant_set.order_by("pk")[0].content_object_id}


def may_open(whose: str, address: str) -> bool:
    """The root opens everything, whoever manages others the pages about them."""
    return whose == "all" or address.startswith("/administrators/")


def plans(client: Client, url: str, *, allowed: bool) -> list[Any]:
    """How each question of a page is answered."""
    asked: list[tuple[str, Any]] = []
    kept: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        asked.append((sql, values))
        if type(context["cursor"].cursor) is psycopg.Cursor:  # Django's own is another
            kept.add(sql)
        return execute(sql, values, many, context)

    with connection.execute_wrapper(note):
        status = client.get(url).status_code
    assert status == 200 or (status == 403 and not allowed), url
    reading = [one for one in asked if one[0].startswith(("SELECT", "WITH"))]
    found = [plan_of(*one) for one in reading]
    assert kept
    return found + [kept_plan_of(*one) for one in reading if one[0] in kept]


def kept_plan_of(sql: str, values: Any) -> Any:
    """How PostgreSQL answers a text that comes again: by one plan, whoever asks."""
    signs = [f"${n}" for n, _value in enumerate(values, 1)]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute(f"PREPARE kept AS {sql % tuple(signs)}")
    try:
        return plan_of(f"EXECUTE kept ({', '.join(['%s'] * len(signs))})", values)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DEALLOCATE kept")
            cursor.execute("SET LOCAL plan_cache_mode = auto")


def plan_of(sql: str, values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", values)
        (found,) = cursor.fetchone()
    return (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]


def read_whole(plan: dict[str, Any], *, ends_early: bool = False) -> set[str]:
    """The tables that a plan reads by a sequential scan.

    Who counts the first ten thousand of rows that nearly all belong may begin anywhere: a scan
    whose rows go straight to a limit that is far fewer.
    """
    scan = plan["Node Type"] == "Seq Scan" and not ends_early
    found = {plan["Relation Name"]} if scan else set()
    for part in plan.get("Plans", ()):
        early = ends_early or _is_cut_short(plan, part)
        passed_on = plan["Node Type"] in PASSING and part["Parent Relationship"] == "Outer"
        found |= read_whole(part, ends_early=early and passed_on)
    return found


def _is_cut_short(plan: dict[str, Any], part: dict[str, Any]) -> bool:
    return plan["Node Type"] == "Limit" and plan["Plan Rows"] * 1.5 < part["Plan Rows"]
