"""How a cell is read, and how it is written again. What a field can judge is left to the field."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.db.models import Choices
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django_countries import countries
from phonenumber_field.phonenumber import PhoneNumber
from phonenumbers import NumberParseException

from sites.exports import FORMULA
from sites.macs import canonical_mac
from sites.models import Subscriber
from sites.models.inventory import EXTENSION
from sites.text import fold, printable

YES, NO = {"1", "oui", "yes", "true", "vrai"}, {"0", "non", "no", "false", "faux"}
FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
QUOTED = 60
READ = 200  # characters: to normalize many takes their square
CLOCKS = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1900, 2100  # at the ends of the calendar there are no time zones


class BadCell(ValueError):
    """A cell that cannot be what it should be; the message is for people, and may quote it."""

    def __init__(self, message: str, cell: str = "", **about: str) -> None:
        super().__init__(message % {"value": quoted(cell), **about})


def quoted(cell: str, most: int = QUOTED) -> str:
    """A cell as a message quotes it: the beginning is enough to find it, and all that is read."""
    return Truncator(printable(cell[:READ])).chars(most)


def restored(text: str) -> str:
    """A cell as it was before the export defused it."""
    was_defused = text.startswith("'") and FORMULA.match(text)
    return text[1:] if was_defused else text.strip()


def text(cell: str) -> str:
    """One line, as the pages keep it: what nobody can see, nobody could search."""
    if any(unicodedata.category(c) == "Cc" for c in cell):
        raise BadCell(_("“%(value)s” contains a character that nobody can see."), cell)
    return printable(cell)


def user_id(cell: str) -> str:
    """As the pages keep it, in whatever case it is written."""
    try:
        return Subscriber.spelt(text(cell))
    except ValueError as error:
        problem = _("Enter a user id such as name@example.com.")
        raise BadCell(_("“%(value)s”: %(problem)s"), cell, problem=problem) from error


def extension(cell: str) -> str:
    """As the pages ask for it."""
    if not re.fullmatch(EXTENSION, cell):
        problem = _("Enter 2 to 8 digits.")
        raise BadCell(_("“%(value)s”: %(problem)s"), cell, problem=problem)
    return cell


class Number(PhoneNumber):
    """A number that is judged and spelt once, however often the fields ask."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spelt: dict[Any, str] = {}

    @cached_property
    def is_known(self) -> bool:
        return bool(super().is_valid())

    def is_valid(self) -> bool:
        return self.is_known

    def format_as(self, format: Any) -> str:
        if format not in self.spelt:
            self.spelt[format] = super().format_as(format)
        return self.spelt[format]


def phone(cell: str) -> Number:
    """As the French write it at home, or with the code of the country."""
    try:
        return Number.from_string(cell)
    except NumberParseException as error:
        raise BadCell(_("“%(value)s” is not a phone number."), cell) from error


def boolean(cell: str) -> bool:
    folded = _word(cell)
    if folded not in YES | NO:
        raise BadCell(_("“%(value)s” is neither “oui” nor “non”."), cell)
    return folded in YES


def _word(cell: str) -> str:
    """A cell folded; nothing of a long one, which is no word that is known."""
    return fold(cell) if len(cell) <= READ else ""


def mac(cell: str) -> str:
    """With colons, dashes, dots, or nothing between the digits."""
    if not (found := canonical_mac(cell)):
        raise BadCell(_("“%(value)s” is not a MAC address."), cell)
    return found


def day(cell: str) -> str:
    """2026-03-12 or 12/03/2026."""
    found = FRENCH_DAY.fullmatch(cell)
    return "{2}-{1:0>2}-{0:0>2}".format(*found.groups()) if found else cell


def moment(cell: str) -> datetime:
    """A date with its time; French time unless it says otherwise."""
    try:
        at = datetime.fromisoformat(day(cell[:10]) + cell[10:])
    except ValueError as error:
        raise BadCell(_("“%(value)s” is not a date and time."), cell) from error
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise BadCell(_("“%(value)s” is in a year that cannot be meant."), cell)
    return timezone.make_aware(at) if timezone.is_naive(at) else at


def past(cell: str) -> datetime:
    """A moment at which something was: clocks may differ, by no more than a day."""
    at = moment(cell)
    if at > timezone.now() + CLOCKS:
        raise BadCell(_("“%(value)s” is in the future."), cell)
    return at


def country(cell: str) -> str:
    """Its code, or its name in a language of the portal."""
    if (found := _countries().get(_word(cell))) is None:
        raise BadCell(_("“%(value)s” is not a country."), cell)
    return found


@cache
def _countries() -> dict[str, str]:
    return _spelt(lambda: countries)


def counted(cell: str) -> str:
    """At least one."""
    if cell.isdecimal() and not int(cell[:20]):
        raise BadCell(_("“%(value)s” is less than 1."), cell)
    return cell


def choice_of(choices: type[Choices], *also: tuple[str, Any]) -> Callable[[str], Any]:
    """The code of a choice, or its label in any language of the portal; `also` are other labels."""

    def read(cell: str) -> Any:
        found = _labels(choices, also).get(_word(cell))
        if found is None:
            known = ", ".join(str(value) for value in choices.values)
            said = _("Unknown value “%(value)s”. Allowed values: %(choices)s.")
            raise BadCell(said, cell, choices=known)
        return found

    return read


@cache
def _labels(choices: type[Choices], also: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    return _spelt(lambda: (*choices.choices, *also))


def _spelt(pairs: Callable[[], Iterable[tuple[Any, Any]]]) -> dict[str, Any]:
    """Each spelling of each value: its code, and its label in each language of the portal."""
    known = {fold(str(value)): value for value, _label in pairs()}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            known |= {fold(str(label)): value for value, label in pairs()}
    return known


def written(value: Any) -> str:
    """A value as a cell that is read back as the same value."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case PhoneNumber():
            return value.as_e164
        case datetime():
            return timezone.localtime(value).isoformat()
        case date():
            return value.isoformat()
    return str(value)


def plain(value: Any) -> Any:
    """A value that is compared quickly: two numbers are equal if they are written alike."""
    return value.as_e164 if isinstance(value, PhoneNumber) else value
