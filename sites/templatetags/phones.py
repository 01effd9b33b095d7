"""Phone numbers as people write them."""

from django import template
from phonenumber_field.phonenumber import PhoneNumber, to_python

from sites.joined import lines_of

register = template.Library()


@register.filter
def phone(number: PhoneNumber | str) -> str:
    """«01 23 45 67 89» for a French number, with its prefix for any other."""
    if not isinstance(number, PhoneNumber) or not number.is_valid():
        return str(number or "")
    return number.as_national if number.country_code == 33 else number.as_international


@register.filter
def phone_numbers(joined: str | None) -> list[PhoneNumber]:
    """The numbers that were read with a row (`sites.joined`)."""
    return [to_python(line) for line in lines_of(joined)]
