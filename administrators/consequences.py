"""What people below lose by an act on somebody, in words: for the page that asks, and after it."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import ngettext

from administrators.grant_forms import NAMED, TakingForm
from administrators.models import Administrator
from sites.text import labelled

SHOWN, SHOWN_TAKEN = 10, 50


def consequences(form: TakingForm) -> dict[str, Any]:
    """What would be taken and given, and who below loses what."""
    losing, taken, given = form.also_losing(), form.taken(), form.given()
    first = list(losing[:SHOWN])
    lost = form.lost_by(first)
    return {
        "person": form.target,
        "taken": taken[:SHOWN_TAKEN],
        "more_taken": max(len(taken) - SHOWN_TAKEN, 0),
        "given": given[:SHOWN_TAKEN],
        "more_given": max(len(given) - SHOWN_TAKEN, 0),
        "losing": [(one, _said(one, lost[one.pk])) for one in first],
        "losing_count": form.losing_count,
        "button": _button(form.target, form.losing_count),
    }


def _button(person: Administrator, others: int) -> str:
    """The act and whom it reaches."""
    text = ngettext(
        "Take away from %(name)s and %(count)s other",
        "Take away from %(name)s and %(count)s others",
        others,
    )
    return text % {"name": person, "count": number_format(others, force_grouping=True)}


def _said(person: Administrator, lost: list[str]) -> str:
    """Who loses what."""
    names = [*lost[:NAMED], *(["…"] if len(lost) > NAMED else [])]
    return labelled(f"{person} ({person.username})", ", ".join(names))


def taken_below(count: int) -> str:
    """From how many others it was taken as well."""
    text = ngettext(
        "Taken from %(n)d administrator below as well.",
        "Taken from %(n)d administrators below as well.",
        count,
    )
    return text % {"n": count} if count else ""
