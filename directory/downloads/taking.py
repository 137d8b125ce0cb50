"""Taking a list whole: every row from one moment of the database, while writers go on."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

from directory.datapackage.descriptor import LICENCE
from directory.downloads.columns import COLUMN_SETS
from directory.downloads.file_formats import Contents, FileFormat
from directory.downloads.formats.values import in_blocks
from directory.downloads.lists import find, rows_of
from directory.history import current_revision
from directory.history.moment import one_moment
from directory.models.columns import Column, Row
from directory.search.canonical import canonical
from directory.search.filters import DayFilterSet


class TooManyRows(ValueError):
    """Raised where a format cannot hold so many rows: ``most`` is what it can."""

    def __init__(self, most: int) -> None:
        super().__init__(f"at most {most} rows fit")
        self.most = most


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be taken: a list, filters that are valid, columns, and the format."""

    name: str
    file_format: FileFormat
    columns: Sequence[Column]
    filters: DayFilterSet | None
    day: datetime.date
    options: Mapping[str, bool] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """Filters and columns in the one way in which they are written, whoever typed them how.

        The columns stand in it only where they are not all of them in their order.
        """
        asked = canonical(self.filters) if self.filters else []
        names = [column.name for column in self.columns]
        if names != list(COLUMN_SETS[self.name].by_name):
            asked = sorted([*asked, ("columns", ",".join(names))])
        return urlencode(asked, safe=",")

    @property
    def as_of(self) -> datetime.date | None:
        """The day that the filters ask for, None for today."""
        asked = self.filters.as_of_day if self.filters else None
        return asked.day if asked else None


class Download:
    """A file that is being written: its bytes, and what is known before the first of them.

    Holds one moment of the database until its last byte, a failure, or ``close()``: whoever
    opens it must see to one of them.
    """

    def __init__(self, wanted: Wanted, *, revision: int, rows: int, held: ExitStack) -> None:
        self.file_format = wanted.file_format
        self.revision = revision
        self.rows = rows
        self.query = wanted.query
        self.day = wanted.day
        self.as_of = wanted.as_of
        self.file_name = f"citynet-{wanted.name}-r{revision}.{wanted.file_format.extension}"
        self._held = held
        self._blocks: Iterator[bytes] = iter(())

    @property
    def about(self) -> dict[str, Any]:
        """What the file says of itself, where its format has a place for it."""
        return {
            "source": "CityNet",
            "revision": self.revision,
            "date": self.day.isoformat(),
            **({"as_of": self.as_of.isoformat()} if self.as_of else {}),
            "query": self.query,
            "licence": LICENCE["path"],
            "rows": self.rows,
        }

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._blocks)
        except BaseException:
            self.close()
            raise

    def write(self, contents: Contents) -> None:
        """Let the bytes be those of the contents."""
        blocks = in_blocks(self.file_format.write(contents))
        self._blocks = _marked_if_broken(blocks, self.file_format.broken)

    def close(self) -> None:
        """Give the moment back; what was not yet written never will be."""
        close_blocks = getattr(self._blocks, "close", None)
        if close_blocks:
            close_blocks()
        self._held.close()


def take(wanted: Wanted) -> Download:
    """Open a list as it is now, and return it as a file of which nothing is written yet.

    Raises TooManyRows.
    """
    with ExitStack() as held:
        held.enter_context(one_moment())
        found = find(wanted.name, wanted.filters, day=wanted.day)
        most = wanted.file_format.most_rows
        if most is not None and found.total > most:
            raise TooManyRows(most)
        revision = current_revision()
        download = Download(wanted, revision=revision, rows=found.total, held=held.pop_all())
    rows = rows_of(wanted.name, found, wanted.columns)
    download.write(
        Contents(
            name=wanted.name,
            columns=wanted.columns,
            rows=_all_of(rows, found.total),
            identifier=COLUMN_SETS[wanted.name].identifier,
            about=download.about,
            options=wanted.options,
        )
    )
    return download


def _all_of(rows: Iterable[Row], total: int) -> Iterator[Row]:
    """Yield the rows; raises RuntimeError when they are not as many as was said."""
    count = 0
    for row in rows:
        yield row
        count += 1
    if count != total:
        raise RuntimeError(f"{count} rows were written where {total} had been counted")


def _marked_if_broken(blocks: Iterator[bytes], mark: bytes) -> Iterator[bytes]:
    """Yield the blocks of a file; where one fails, first the mark that it is no whole one.

    Not every server breaks the connection when an answer fails half way.
    """
    try:
        yield from blocks
    except Exception:
        yield mark
        raise
