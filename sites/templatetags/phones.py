"""Phone numbers as people write them."""

from django import template
from phonenumber_field.phonenumber import PhoneNumber

register = template.Library()


@register.filter
def phone(number: PhoneNumber | str) -> str:
    """«01 23 45 67 89» for a French number, with its prefix for any other."""
    if not isinstance(number, PhoneNumber) or not number.is_valid():
        return str(number or "")
    return number.as_national if number.country_code == 33 else number.as_international
