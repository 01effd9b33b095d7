"""What the cells of several lists have in common."""

from functools import lru_cache

from django.urls import reverse
from django.utils.html import format_html

from sites.templatetags.icons import icon


@lru_cache(4096)
def url(name: str, *args: int) -> str:
    """Asked for each row of each list."""
    return reverse(name, args=args)


def act_on(row: object, act: str, address: str) -> str:
    """A link to an act; it names the row to whoever hears the link without seeing the table."""
    words = '<a href="{}">{}<span class="visually-hidden"> {}</span></a>'
    return format_html(words, address, act, row)


def state(tone: str, sign: str, label: str) -> str:
    """A state as a word with its colour and its sign, never colour alone."""
    drawn = icon(sign, size=14, aria_hidden="true")
    return format_html('<span class="state state-{}">{} {}</span>', tone, drawn, label)
