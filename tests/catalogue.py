"""Reading gettext's .po files."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

FIELD = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$')


@dataclass(frozen=True)
class Message:
    """One entry of a catalogue; `texts` are its translations, one for each plural form."""

    key: tuple[str, str, str]
    texts: tuple[str, ...]
    fuzzy: bool

    @property
    def originals(self) -> tuple[str, ...]:
        return tuple(text for text in self.key[1:] if text)


def read(path: Path) -> list[Message]:
    """The entries of a catalogue; its header comes first."""
    blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
    return [_message(block) for block in blocks]


def _message(block: str) -> Message:
    fields: dict[str, str] = {}
    current = ""
    for line in block.splitlines():
        if found := FIELD.match(line):
            current, text = found.groups()
            fields[current] = ast.literal_eval(text)
        elif line.startswith('"'):
            fields[current] += ast.literal_eval(line)
    texts = tuple(text for name, text in fields.items() if name.startswith("msgstr"))
    key = tuple(fields.get(name, "") for name in ("msgctxt", "msgid", "msgid_plural"))
    fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in block.splitlines())
    return Message((key[0], key[1], key[2]), texts, fuzzy)
