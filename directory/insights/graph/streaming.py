"""Text as pieces become bytes of a size that is worth sending, while memory stays flat."""

from collections.abc import Iterable, Iterator

from directory.insights.graph.model import Value

CHUNK_CHARACTERS = 32_000


def in_chunks(pieces: Iterable[str]) -> Iterator[bytes]:
    """Yield the text of the pieces as UTF-8, many pieces at a time."""
    waiting: list[str] = []
    length = 0
    for piece in pieces:
        waiting.append(piece)
        length += len(piece)
        if length >= CHUNK_CHARACTERS:
            yield "".join(waiting).encode()
            waiting, length = [], 0
    if waiting:
        yield "".join(waiting).encode()


def written(value: Value) -> str:
    """Return a value as XML Schema writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
