"""The French of the screens is complete, fresh, and typographically French."""

import html
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from portal.help import HELP_PAGES
from tests import catalogue

FOLDER = Path(settings.BASE_DIR)
CATALOGUE = FOLDER / "locale/fr/LC_MESSAGES/django.po"
CODE = ["sites", "permissions", "administrators", "portal", "templates", "locale", "manage.py"]
HEADER, *MESSAGES = catalogue.read(CATALOGUE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
TAG = re.compile(r"<[^>]*>|{[%#{].*?[%#}]}", re.DOTALL)
WRITTEN = sorted((FOLDER / "templates/portal/help/fr").glob("*.html"))
WRITTEN.append(FOLDER / "templates/portal/privacy/fr.html")
FAULTS = {
    "a straight apostrophe": re.compile(r"\w'\w"),
    "straight quotes": re.compile(r'"'),
    "a plain space before a mark": re.compile(r"[ \u00a0][:;!?»]"),
    "no space before a mark": re.compile(r"[^\W\d_][;!?»]|[^\W\d_]:(?=\s|$)"),
    "a plain space after «": re.compile(r"«(?!\u202f)"),
    "three dots": re.compile(r"\.\.\."),
    "an exclamation mark": re.compile(r"!"),
    "jargon": re.compile(r"\b(objets?|instances?|soume\w+|soumis\w*)\b", re.IGNORECASE),
    "a familiar word": re.compile(r"\b(tu|ton|tes|toi)\b", re.IGNORECASE),
}


def placeholders(texts: tuple[str, ...]) -> set[frozenset[str]]:
    return {frozenset(PLACEHOLDER.findall(text)) for text in texts}


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> list[catalogue.Message]:
    """What makemessages finds in a copy of the code."""
    copy = tmp_path_factory.mktemp("portal")
    for name in CODE:
        if (FOLDER / name).is_dir():
            shutil.copytree(FOLDER / name, copy / name)
        else:
            shutil.copy(FOLDER / name, copy / name)
    command = [sys.executable, "manage.py", "makemessages", "--locale=fr", "--no-obsolete"]
    env = os.environ | {"PORTAL_MODE": "test"}
    subprocess.run([*command, "--no-location"], cwd=copy, env=env, check=True, capture_output=True)
    return catalogue.read(copy / CATALOGUE.relative_to(FOLDER))[1:]


def test_the_catalogue_holds_what_the_code_says(extracted: list[catalogue.Message]) -> None:
    assert {message.key for message in MESSAGES} == {message.key for message in extracted}


def test_no_message_stands_twice() -> None:
    assert len({message.key for message in MESSAGES}) == len(MESSAGES)


def test_the_header() -> None:
    (header,) = HEADER.texts
    assert "Language: fr\n" in header
    assert "charset=UTF-8\n" in header
    assert "Plural-Forms: nplurals=2; plural=(n > 1);\n" in header
    assert not HEADER.fuzzy


def test_every_message_is_translated() -> None:
    assert [m for m in MESSAGES if m.fuzzy or not all(text.strip() for text in m.texts)] == []
    assert [m for m in MESSAGES if len(m.texts) != len(m.originals)] == []


def test_placeholders_are_the_same() -> None:
    assert [m for m in MESSAGES if placeholders(m.texts) != placeholders(m.originals)] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_typography(fault: str) -> None:
    texts = [PLACEHOLDER.sub("x", text) for message in MESSAGES for text in message.texts]
    assert [text for text in texts if FAULTS[fault].search(text)] == []


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_typography_of_long_texts(path: Path, fault: str) -> None:
    text = html.unescape(TAG.sub("", path.read_text(encoding="utf-8")))
    assert FAULTS[fault].findall(text) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_long_texts_are_written_in_both_languages(language: str) -> None:
    folder = FOLDER / "templates/portal/help" / language
    assert {path.stem for path in folder.iterdir()} == {slug for slug, _title in HELP_PAGES}
    assert (FOLDER / f"templates/portal/privacy/{language}.html").exists()


def test_the_compiled_catalogue_is_fresh(tmp_path: Path) -> None:
    compiled = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "-c", "-o", compiled, CATALOGUE], check=True, capture_output=True)
    assert compiled.read_bytes() == CATALOGUE.with_suffix(".mo").read_bytes()
