"""What a page offers for taking its list away: files by format, and a choice of columns."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse

from directory.downloads.columns import COLUMN_SETS
from directory.downloads.file_formats import formats_of
from directory.models.columns import Column
from directory.web.addresses import Address


class File(NamedTuple):
    """A format: what it is called, its address, and that address with the page's filters."""

    label: str
    path: str
    url: str


@dataclass(frozen=True)
class Offer:
    """The files of a list under some filters (pairs of parameter and value)."""

    name: str
    filters: tuple[tuple[str, str], ...]
    title: str

    @cached_property
    def files(self) -> list[File]:
        """The formats in which it can be had."""
        query = str(Address("", self.filters))
        return [
            File(each.label, path, path + query)
            for each in formats_of(self.name)
            for path in [reverse(f"api:{self.name}-download", args=[each.extension])]
        ]

    @property
    def columns(self) -> list[Column]:
        """The columns that may be chosen."""
        return list(COLUMN_SETS[self.name].by_name.values())
