"""Progress bars, on a terminal only."""

import sys
from collections.abc import Callable, Iterable
from typing import Any

from tqdm import tqdm


def progress_on_terminal() -> Callable[[Iterable[Any], str], Iterable[Any]] | None:
    """Return a function that shows a bar while it passes items on; None without a terminal."""
    if not sys.stderr.isatty():
        return None

    def show(items: Iterable[Any], name: str) -> Iterable[Any]:
        return tqdm(items, desc=name, unit=" rows", leave=False)

    return show
