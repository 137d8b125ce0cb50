"""The site's stylesheets as data: their rules, and the tokens that everything is made of.

Whatever else needs a colour of the site reads it here, so that it stands in ``tokens.css`` alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "static" / "css"
DARK = "@media (prefers-color-scheme: dark)"

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
UP_TO_BRACE = re.compile(r"([^{}]*)([{}])")
TOKEN = re.compile(r"--([a-z0-9-]+):\s*([^;]+);")


@dataclass(frozen=True)
class Rule:
    """A rule of a stylesheet: the at-rules that it lies in, what it is for, what it says."""

    within: tuple[str, ...]
    selector: str
    body: str


@dataclass(frozen=True)
class Token:
    """A value with a name; ``dark`` is the one in the dark, nothing where that is the same."""

    name: str
    light: str
    dark: str


@cache
def stylesheet(name: str) -> str:
    """Return the text of a stylesheet without its comments."""
    return COMMENT.sub("", (FOLDER / name).read_text(encoding="utf-8"))


def rules(name: str) -> Iterator[Rule]:
    """Yield the rules of a stylesheet in their order."""
    open_heads: list[str] = []
    for text, brace in UP_TO_BRACE.findall(stylesheet(name)):
        if brace == "{":
            open_heads.append(" ".join(text.split()))
            continue
        selector = open_heads.pop()
        if text.strip():
            yield Rule(tuple(open_heads), selector, text.strip())


@cache
def tokens() -> dict[str, Token]:
    """Return the tokens by name, in the order of the file."""
    light, dark = _root_values(()), _root_values((DARK,))
    return {name: Token(name, value, dark.get(name, "")) for name, value in light.items()}


def _root_values(within: tuple[str, ...]) -> dict[str, str]:
    return {
        name: " ".join(value.split())
        for rule in rules("tokens.css")
        if rule.selector == ":root" and rule.within == within
        for name, value in TOKEN.findall(rule.body)
    }
