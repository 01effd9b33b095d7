"""What the pages about administrators share."""

from urllib.parse import urlencode

from django import template
from django.http import HttpRequest

from permissions.features import FeatureCode

register = template.Library()


@register.filter
def keeping_list(url: str, request: HttpRequest) -> str:
    """`url` with the list that one came from, so that its sort and page survive an edit."""
    query = request.GET.get("list", "")
    return f"{url}?{urlencode({'list': query})}" if query else url


@register.filter
def with_list(url: str, request: HttpRequest) -> str:
    """`url` with the present list, for the links out of it."""
    query = request.GET.urlencode()
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
