"""What reaches other people is said before it is saved (decision 13): what pages of that share."""

from typing import Any

from django.http import HttpRequest

ANSWER = ("csrfmiddlewaretoken", "confirmed", "announced")


class Unconfirmed(Exception):
    """A form is valid, reaches others if it is saved, and nobody has said yes to that."""

    def __init__(self, form: Any) -> None:
        super().__init__(form)
        self.form = form


def sent_again(request: HttpRequest) -> list[tuple[str, str]]:
    """What the page sent, to be sent once more together with the yes."""
    sent = request.POST.lists()
    return [(name, value) for name, values in sent if name not in ANSWER for value in values]
