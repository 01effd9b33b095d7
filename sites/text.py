"""Text as people search it: without case, accents or invisible characters."""

import unicodedata
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext as _

SEARCH_LENGTH = 200
KEY_LENGTH = 600  # what an index can hold
# Letters, signs and marks that show nothing (Default_Ignorable_Code_Point, and the empty Braille
# cell): joiners, fillers, selectors of a variant.
BLANK = (
    (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065),
    (0x2800, 0x2800), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8),
    (0xE0000, 0xE0FFF),
)  # fmt: skip


def printable(text: str) -> str:
    """`text` on one line: control and format characters become spaces, runs of spaces one."""
    if text.isascii() and text.isprintable():  # most are, and a million names are written at once
        return " ".join(text.split())
    return " ".join("".join(" " if _unseen(c) else c for c in text).split())


def visible(text: str) -> str:
    """`text` without the characters that nobody sees, line breaks and tabs apart."""
    return "".join(c for c in text if c in "\n\t" or not _unseen(c))


def _unseen(character: str) -> bool:
    """Control, format, half of a pair, or one that shows nothing, or that Unicode gives nobody."""
    code = ord(character)
    kept_for_none = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    of_a_kind = unicodedata.category(character) in {"Cc", "Cf", "Cs"}
    return of_a_kind or kept_for_none or any(first <= code <= last for first, last in BLANK)


def labelled(label: object, value: object) -> str:
    """What something is, and which: the colon is the language's own."""
    return _("%(label)s: %(value)s") % {"label": label, "value": value}


def number(text: str) -> int:
    """An id as it stands in a form; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def fold(text: str) -> str:
    """The form in which two spellings of the same word are equal ("Élodie" and "elodie").

    Done in Python, because neither database folds accents without an extension.
    """
    decomposed = unicodedata.normalize("NFKD", printable(text).replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def search_words(query: str) -> list[str]:
    """The folded words of a search, each once; at most `SEARCH_LENGTH` characters of it.

    One character may be folded to 18.
    """
    return list(dict.fromkeys(fold(query[:SEARCH_LENGTH])[:SEARCH_LENGTH].split()))


class SearchKeyField(models.CharField):
    """The folded values of `sources`, written whenever the row is, for search and for sorting.

    Its `help_text` says what of a row is searched, beside every box that searches it.
    A key that is neither sorted by nor indexed may be as long as its sources: `max_length=None`.
    """

    def __init__(
        self,
        *args: Any,
        sources: tuple[str, ...] = (),
        max_length: int | None = KEY_LENGTH,
        **kwargs: Any,
    ) -> None:
        self.sources = sources
        super().__init__(*args, **{**kwargs, "max_length": max_length, "editable": False})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"]
        given = {} if self.max_length == KEY_LENGTH else {"max_length": self.max_length}
        kwargs.pop("max_length", None)
        return name, path, args, {**kwargs, **given, "sources": self.sources}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        values = (str(getattr(model_instance, source)) for source in self.sources)
        key = fold(" ".join(values))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


def help_of_search(model: type[models.Model]) -> str:
    """What of a row of `model` is searched, in the reader's language."""
    return model._meta.get_field("search_key").help_text


class SearchQuerySet(models.QuerySet):
    """Rows with a `search_key`."""

    def search(self, query: str) -> Self:
        """Rows in which every word of `query` stands, whatever its case and accents."""
        found = self
        for word in search_words(query):
            found = found.filter(search_key__contains=word)
        return found
