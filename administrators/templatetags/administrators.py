"""What the pages about administrators share."""

from urllib.parse import urlencode

from django import template
from django.http import HttpRequest

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
