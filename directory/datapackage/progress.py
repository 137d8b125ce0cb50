"""Progress bars, on a terminal only."""

from collections.abc import Callable, Iterable
from typing import Any

from tqdm import tqdm


def progress_on_terminal(stream: Any) -> Callable[[Iterable[Any], str], Iterable[Any]] | None:
    """Return a function that shows a bar while it passes items on; None without a terminal."""
    if not stream.isatty():
        return None

    def show(items: Iterable[Any], name: str) -> Iterable[Any]:
        return tqdm(items, desc=name, unit=" rows", file=stream, leave=False)

    return show
