"""Icons of the lucide package, each drawn once: the same few stand on every page."""

from functools import lru_cache

from django import template
from lucide.templatetags import lucide as package

register = template.Library()
KEPT = 512  # names and sizes come from our own pages alone
icon = lru_cache(KEPT)(package.lucide)
register.simple_tag(icon, name="lucide")
