"""A file of many rows, after one of a few in the same connection, is planned for what is there."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Model

from permissions.models import SiteGrant
from portal.generating.rows import analyze
from portal.imports.writing import BATCH
from sites.models import Subscriber
from tests.files import Files
from tests.world import World

USERS = "site,user_id,first_name,last_name\n"
RECORDINGS = "site,reference,at,subscriber,number,peer,seconds\n"
FEW = 10  # more than PostgreSQL plans anew
READ_WHOLE = "SELECT pg_stat_get_xact_numscans(%s::regclass)"


def users(amount: int, called: str) -> str:
    lines = [f"Paris,{called}{n}@x.fr,Zoé,Durand\n" for n in range(amount)]
    return USERS + "".join(lines)


def recordings(amount: int, called: str) -> str:
    line = "Paris,{0}-{1},2026-11-02 10:00,{0}{1}@x.fr,01 99 00 00 01,'+33199000002,60\n"
    return RECORDINGS + "".join(line.format(called, n) for n in range(amount))


def times_read_whole(model: type[Model]) -> int:
    """How often the table was read from its beginning in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(READ_WHOLE, [model._meta.db_table])
        (count,) = cursor.fetchone()
    return int(count)


@pytest.mark.django_db
def test_a_key_is_not_checked_by_reading_all_users(world: World, tmp_path: Path) -> None:
    """Its plan is kept for the life of the connection, and was made when there were few."""
    files = Files(world, tmp_path)
    for amount, called in [(FEW, "few"), (BATCH, "many")]:
        assert files.give("users", users(amount, called)).added == amount
        if called == "few":
            analyze()  # as PostgreSQL does by itself after a while
        before = times_read_whole(Subscriber)
        done = files.give("recordings", recordings(amount, called))
        assert (done.problems.lines(), done.added) == ([], amount)
        connection.check_constraints()
    assert times_read_whole(Subscriber) - before < FEW


@pytest.mark.django_db
def test_what_sites_bring_is_not_checked_by_reading_all_grants(
    world: World, tmp_path: Path
) -> None:
    """A grant is bound by one of the same table, which grows with each site."""
    files = Files(world, tmp_path)
    analyze()  # few grants stand there
    assert files.give("sites", "name\n" + "".join(f"Une {n}\n" for n in range(FEW))).added == FEW
    before = times_read_whole(SiteGrant)
    many = "name\n" + "".join(f"Autre {n}\n" for n in range(BATCH))
    assert files.give("sites", many).added == BATCH
    assert times_read_whole(SiteGrant) - before < BATCH / 10
