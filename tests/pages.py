"""Reading a page as a browser does: its form with what stands in it, its controls, its labels."""

import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse

Attributes = dict[str, str | None]
EMPTY: Attributes = {}


class Reader(HTMLParser):
    """The forms inside `main`, as a browser would send them, and every control with attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.data: dict[str, list[str]] = {}
        self.controls: dict[str, Attributes] = {}
        self.choices: dict[str, list[str]] = {}
        self.open = ("", "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.inside = self.inside or tag == "main"
        name = found.get("name")
        if self.inside and name and tag in {"input", "select", "textarea"}:
            self.controls[name] = found
            self._control(tag, name, found)
        elif self.inside and tag == "option" and self.open[0] == "select":
            self._option(found)

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"
        if tag == self.open[0]:
            self.open = ("", "")

    def handle_data(self, data: str) -> None:
        kind, name = self.open
        if kind == "textarea":
            self.data[name] = [data.removeprefix("\n")]
        elif kind == "select" and data.strip():
            self.choices[name].append(data.strip())

    def _control(self, tag: str, name: str, found: Attributes) -> None:
        if tag != "input":
            self.open = (tag, name)
            self.choices.setdefault(name, [])
            self.data[name] = []
        elif found.get("type") in {"checkbox", "radio"}:
            self.choices.setdefault(name, []).append(found.get("value") or "on")
            if "checked" in found:
                self.data.setdefault(name, []).append(found.get("value") or "on")
        else:
            self.data.setdefault(name, []).append(found.get("value") or "")

    def _option(self, found: Attributes) -> None:
        if "selected" in found:
            self.data[self.open[1]] = [found.get("value") or ""]


def read(response: HttpResponse) -> Reader:
    """The page, read."""
    reader = Reader()
    reader.feed(response.content.decode())
    return reader


def form(response: HttpResponse, **changes: Any) -> dict[str, Any]:
    """What the page's form sends back, but for `changes`."""
    return {**read(response).data, **changes}


def control(response: HttpResponse, name: str) -> Attributes:
    """The attributes of one control."""
    return read(response).controls.get(name, EMPTY)


def described_by(response: HttpResponse, name: str) -> str:
    """The text of what `aria-describedby` of a control points to."""
    page, texts = response.content.decode(), []
    for pk in (control(response, name).get("aria-describedby") or "").split():
        found = re.search(rf'<(ul|div)[^>]*\bid="{pk}"[^>]*>(.*?)</\1>', page, re.DOTALL)
        texts.append(re.sub(r"<[^>]*>", " ", found[2]) if found else f"(no element {pk})")
    return " ".join(" ".join(texts).split())


def labels(response: HttpResponse) -> list[str]:
    """The labels of the page's fields, as written."""
    found = re.findall(r"<label[^>]*>(.*?)</label>", response.content.decode(), re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", label).split()) for label in found]
