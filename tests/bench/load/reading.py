"""What a page says: what its form holds, and why a form was refused."""

import html
import re

from tests.pages import Reader

SUMMARY = re.compile(r'id="error-summary".*?<ul>(.*?)</ul>', re.DOTALL)
NAMES = re.compile(r"(par|by) .*?\.")
CHANGED = ("Valeur actuelle", "Current value")


class Lost(Exception):
    """What one was about to do can no longer be done; one turns to something else."""


def read(content: bytes) -> Reader:
    reader = Reader()
    reader.feed(content.decode())
    return reader


def reasons(content: bytes) -> list[str]:
    """What a form says is wrong, without the names of people and the values that changed."""
    found = SUMMARY.search(content.decode())
    texts = re.findall(r"<li>(.*?)</li>", found[1], re.DOTALL) if found else ["(no reason given)"]
    plain = [" ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split()) for text in texts]
    return [
        NAMES.sub(r"\1 ….", text) for text in plain if not any(word in text for word in CHANGED)
    ]
