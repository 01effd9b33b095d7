"""The carrier: sites that open and close, enterprises that are suspended for a while."""

from typing import Any

from tests.model import choices, town
from tests.model.door import Door
from tests.model.reference import STAFF

MOST_SITES = 9  # fewer than a page of the picker


class Carrier(Door):
    """What carrier staff do in the Django admin."""

    def add_site(self, data: Any) -> None:
        enterprise = choices.one_of(data, sorted(town.SITES), "enterprise")
        name = f"Site {len(self.model.sites)}"
        if list(self.model.sites.values()).count(enterprise) >= MOST_SITES:
            return
        pk = self.portal.enterprises[enterprise].pk
        form = {"enterprise": pk, "name": name, "city": name, "is_open": "on"}
        self.portal.carrier("site/add/", form)
        self.portal.learn_site(name)
        self.model.add_site(name, enterprise)
        row = ("create", STAFF, None, f"site:{self.portal.sites[name]}")
        self.compare("", STAFF, None, row)

    def close_or_open_site(self, data: Any) -> None:
        name = choices.one_of(data, self.model.sites, "site")
        self.model.closed ^= {name}
        pk = self.portal.sites[name]
        box = {} if name in self.model.closed else {"is_open": "on"}
        form = {"name": name, "city": name, **box}
        self.carry(f"site/{pk}/change/", form, ("edit", f"site:{pk}:is_open"))

    def suspend_for_a_while(self, data: Any) -> None:
        name = "east" if choices.rarely(data, "the large one", 5) else "west"
        pk = self.portal.enterprises[name].pk
        for suspended, box in ((True, {}), (False, {"is_active": "on"})):
            self.model.suspend(name) if suspended else self.model.suspended.clear()
            row = ("edit", f"enterprise:{pk}:is_active")
            self.carry(f"enterprise/{pk}/change/", {"name": name, **box}, row)
        able = [one for one in self.model.people if one in town.CHAIN]
        for one in able if name == "east" else []:  # so that something can be done afterwards
            self.enter(one, 0, self.passwords[one][-1])
