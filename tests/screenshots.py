"""Takes the pictures of the README from a running demo: `python -m tests.screenshots [port]`."""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests import chromium

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.get_by_label("Nom d’utilisateur").fill("cmartin")
    page.get_by_label("Mot de passe").fill("Demo-Portail-2026")
    page.get_by_role("button", name="Se connecter").click()
    close = page.get_by_role("button", name="Fermer", exact=True)
    if close.count():
        close.click()


def take(page: Page, address: str) -> None:
    page.goto(f"{address}/dashboard/")
    page.screenshot(path=IMAGES / "dashboard.png")
    page.goto(f"{address}/assignments/numbers/")
    page.screenshot(path=IMAGES / "numbers.png")
    page.goto(f"{address}/administrators/")
    page.screenshot(path=IMAGES / "administrators.png")
    page.get_by_role("link", name="Jim Fennell", exact=True).first.click()
    page.get_by_role("link", name="Autorisations du site").click()
    page.screenshot(path=IMAGES / "sites.png")


def main(port: str = "8000") -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.command(), args=chromium.ARGUMENTS
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        sign_in(page, f"http://127.0.0.1:{port}")
        take(page, f"http://127.0.0.1:{port}")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
