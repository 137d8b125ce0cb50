"""What makes pages hard to use, found by axe, the Nu validator and a ruler."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from playwright.sync_api import Page, Response

from tests.browser.conftest import DESKTOP, NARROWEST, PHONE


def unusable(
    page: Page, paths: Iterable[str], axe: Callable, vnu: Callable, folder: Path
) -> list[str]:
    """Return what is wrong with pages for whoever is signed in, a line each.

    Each is looked at on a desktop and a phone, in light and dark, measured on the narrowest phone
    and validated, and all that in Arabic too, on phones.
    """
    found, source = [], {}
    for path in paths:
        for address, sizes in ((path, (DESKTOP, PHONE)), (f"/ar{path}", (PHONE,))):
            answer = go(page, address)
            source[address] = answer.text()
            if not answer.url.endswith(address):
                found.append(f"{address} led to {answer.url}")
            for size in sizes:
                violations = axe_in(page, axe, address, size)
                found += [f"{address} at {size[0]}: {each}" for each in violations]
            resize(page, NARROWEST)
            found += [f"{address}: {each}" for each in sticking_out(page)]
    for address, messages in vnu(source, folder).items():
        found += [f"{address}: {message}" for message in messages]
    return found


def go(page: Page, path: str) -> Response | None:
    """Open an address once the page before has loaded everything: a request cut off is an error."""
    page.wait_for_load_state("networkidle")
    return page.goto(path)


def axe_in(page: Page, axe: Callable, path: str, size: tuple[int, int]) -> list[str]:
    """Return what axe finds in light and dark at this size, with a picture of each."""
    resize(page, size)
    keep_picture(page, path, f"{size[0]}-light")
    violations = axe(page)
    keep_picture(page, path, f"{size[0]}-dark")
    page.emulate_media(color_scheme="light")
    return violations


def resize(page: Page, size: tuple[int, int]) -> None:
    """Make the page so large."""
    page.set_viewport_size({"width": size[0], "height": size[1]})


def sticking_out(page: Page) -> list[str]:
    """Return what makes the page scroll sideways."""
    return page.evaluate(
        """() => {
            const limit = document.documentElement.clientWidth;
            const width = document.scrollingElement.scrollWidth;
            if (width <= limit) return [];
            const sticksOut = element =>
                element.getBoundingClientRect().right > limit + 0.5 ||
                (element.scrollWidth > limit && getComputedStyle(element).overflowX === "visible");
            return [`${width} px wide on a screen of ${limit} px`].concat(
                [...document.querySelectorAll("main *, header *, footer *")]
                    .filter(sticksOut)
                    .slice(-5)
                    .map(element => element.outerHTML.slice(0, 120)));
        }"""
    )


def keep_picture(page: Page, path: str, name: str) -> None:
    """With SCREENSHOTS=folder, save what the page looks like, for a person to look at."""
    if folder := os.environ.get("SCREENSHOTS"):
        slug = "".join(letter if letter.isalnum() else "-" for letter in path).strip("-") or "home"
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{slug}-{name}.png", full_page=True)
