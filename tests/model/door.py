"""The door: signing in and out, right and wrong, and choosing a password."""

from typing import Any

from django.utils import timezone
from hypothesis import strategies as st

from administrators.models import Administrator
from tests.model import choices, roads
from tests.model.machine import SideBySide


class Door(SideBySide):
    """What people do for themselves."""

    def sign_in(self, data: Any) -> None:
        out = [name for name, one in self.model.people.items() if not one.sessions]
        anybody = not out or choices.rarely(data, "signed in", 4)
        name = choices.one_of(data, self.model.people if anybody else out, "who")
        self.enter(name, data.draw(st.sampled_from([0, 1])), self.some_password(data, name))

    def choose_password(self, data: Any) -> None:
        name = choices.one_of(data, self.model.people, "who")
        old = self.some_password(data, name)
        new = self.new_password()
        if choices.rarely(data, "bad new one", 4):
            new = data.draw(st.sampled_from([self.passwords[name][-1], "short", old]))
        self.choose(name, choices.session_of(data, self.model, name), old, new)

    def sign_out(self, data: Any) -> None:
        name = choices.one_of(data, self.model.people, "who")
        session = choices.session_of(data, self.model, name)
        live = self.model.live(name, session)
        answer = self.portal.post(name, session, "/sign-out/", {})
        assert answer.status_code == 302
        self.model.people[name].sessions -= {session} if live else set()
        self.compare("", name, None, *([("sign_out", name, name, "")] if live else []))

    def a_day_passes(self, data: Any) -> None:
        late = [n for n, one in self.model.people.items() if one.owes and one.password]
        if not late:
            return
        name = choices.one_of(data, late, "whose password")
        people = Administrator.objects.filter(username=name)
        people.update(password_expires_at=timezone.now())
        self.model.people[name].expired = True
        self.compare("", None)

    def enter(self, name: str, session: int, password: str) -> None:
        self.sound = False
        why = self.model.sign_in(name, session, password)
        answer = self.portal.sign_in(name, session, password)
        assert roads.answered(answer, why), f"sign-in: {why!r} expected, got {answer!r}"
        rows = {
            "": [("sign_in", name, name, "")],
            "wrong": [("sign_in_failed", None, name, "")],
            "owes": [("refused", name, None, "")],
        }
        self.compare(why, name, None, *rows.get(why, []))

    def choose(self, name: str, session: int, old: str, new: str) -> None:
        self.sound = False
        why = self.model.choose_password(name, session, old, new)
        form = {"old_password": old, "new_password1": new, "new_password2": new}
        answer = self.portal.post(name, session, "/password/", form)
        assert roads.answered(answer, why), f"password: {why!r} expected, got {answer!r}"
        if not why:
            self.passwords[name].append(new)
        kind = {"": "password", "guess": "sign_in_failed", "guessed too often": "sign_in_failed"}
        rows = [(kind[why], name, name, "")] if why in kind else []
        self.compare(why, name, None, *rows)

    def some_password(self, data: Any, name: str) -> str:
        """The last one mostly, or one that was theirs once, or nobody's."""
        if choices.rarely(data, "wrong password", 3):
            return data.draw(st.sampled_from([*self.passwords[name], "nobody's-password"]))
        return self.passwords[name][-1]

    def new_password(self) -> str:
        return f"Cheval-Agrafe-{sum(map(len, self.passwords.values())):06}"
