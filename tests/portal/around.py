"""What stands around a page, beside the same rows read one by one."""

from permissions.features import FeatureCode
from permissions.scopes import Scope
from portal import frame, tallies

AROUND = ["", "numbers", "dashboard", "site"]


def counted_around(scope: Scope, page: str, site: int) -> int:
    """What the one query counts, which is as much as the same rows read one by one."""
    address = {"pk": site} if page == "site" else {}
    found = frame.frame_of(scope, page, **address)
    tally, by = tallies.of_page(page, scope, **address), FeatureCode.USER_ASSIGNMENTS
    badges = frame.BADGES if by in scope.features else {}
    assert found.tally == {name: rows.count() for name, rows in tally.items()}
    assert found.badges == {name: scope.of(kind, by).count() for name, kind in badges.items()}
    assert found.site_count == scope.everywhere().sites().count()
    return sum([*found.tally.values(), *found.badges.values()])
