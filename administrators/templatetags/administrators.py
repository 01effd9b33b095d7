"""What the pages about administrators share."""

from functools import cache
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.utils.translation import get_language

from administrators.states import State
from permissions.features import FeatureCode
from sites import cells

register = template.Library()
SIGNS = {
    State.ACTIVE: "circle-check",
    State.DISABLED: "ban",
    State.OWED: "key-round",
    State.EXPIRED: "clock-alert",
    State.MAIL_PENDING: "mail",
}


@register.simple_tag
def state_badge(state: State) -> str:
    """A state as a word with its colour and its sign, never colour alone."""
    return _badge(state, get_language() or "")


@cache
def _badge(state: State, language: str) -> str:
    return cells.state(state.value, SIGNS[state], state.label)


@register.filter
def from_list(url: str, request: HttpRequest) -> str:
    """`url` with the list that is shown, so that its page leads back to it as one left it."""
    listed = request.GET.urlencode()
    return f"{url}?{urlencode({'list': listed})}" if listed else url


@register.filter
def keeping_list(url: str, request: HttpRequest) -> str:
    """`url` with the list that one came from, so that its sort and page survive an edit."""
    query = request.GET.get("list", "")
    return f"{url}?{urlencode({'list': query})}" if query else url


@register.filter
def list_again(url: str, request: HttpRequest) -> str:
    """The list as one left it: search, filters, sort and page."""
    query = request.GET.get("list", "")
    return f"{url}?{query}" if query else url


@register.filter
def feature_opens(code: str) -> str:
    """What a feature opens, in words."""
    return str(FeatureCode(code).opens)
