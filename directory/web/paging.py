"""Pages of a list: reading the number that was asked for, and links to the others."""

import re
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from directory.web.addresses import Address
from directory.web.bad_addresses import BadAddress


class BadPageNumber(BadAddress):
    """Raised by a page number that is none; carries the message for the visitor."""


def page_number(data: QueryDict, parameter: str = "page") -> int:
    """Return the page that is asked for, 1 where none is.

    Raises BadPageNumber for anything but a whole number from 1.
    """
    written = data.get(parameter, "").strip() or "1"
    if not re.fullmatch(r"[1-9][0-9]{0,5}", written):
        raise BadPageNumber(_("The page must be a whole number from 1."))
    return int(written)


def revision_number(data: QueryDict, parameter: str) -> int | None:
    """Return the revision that a parameter names, None where it names none.

    Raises BadPageNumber for anything but a whole number from 1.
    """
    written = data.get(parameter, "").strip()
    if written and not re.fullmatch(r"[1-9][0-9]{0,15}", written):
        raise BadPageNumber(_("A revision is a whole number from 1."))
    return int(written) if written else None


@dataclass(frozen=True)
class Pages:
    """Where a page stands among those of a list of ``total`` rows, ``size`` to a page.

    Raises Http404 for a page beyond the last; an empty list has one page.
    """

    address: Address
    number: int
    total: int
    size: int
    parameter: str = "page"

    def __post_init__(self) -> None:
        if self.number > self.last:
            raise Http404(_("The list has no page %(number)d.") % {"number": self.number})

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))

    @property
    def start(self) -> int:
        """How many rows stand on the pages before."""
        return (self.number - 1) * self.size

    @property
    def stop(self) -> int:
        """How many rows stand on the pages up to this one."""
        return min(self.start + self.size, self.total)

    @property
    def first_row(self) -> int:
        """The number of the first row on this page, counted from 1."""
        return self.start + 1

    def link(self, number: int) -> str:
        """Return the address of a page of the list."""
        first = self.address.without(self.parameter)
        return str(first if number == 1 else first.having(self.parameter, str(number)))

    @property
    def previous(self) -> str:
        """The address of the page before, or nothing."""
        return self.link(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        """The address of the page after, or nothing."""
        return self.link(self.number + 1) if self.number < self.last else ""

    @property
    def links(self) -> list[tuple[int, str]]:
        """The first, the last and the nearest pages; a gap is a number with no address."""
        shown = sorted(
            {1, self.last, *range(max(1, self.number - 1), min(self.last, self.number + 1) + 1)}
        )
        links: list[tuple[int, str]] = []
        for number in shown:
            if links and number - links[-1][0] > 1:
                links.append(
                    (number - 1, "" if number - links[-1][0] > 2 else self.link(number - 1))
                )
            links.append((number, self.link(number)))
        return links


def page_of(
    request: HttpRequest, rows: QuerySet, size: int, *, known: tuple[str, ...] = ()
) -> tuple[Pages, list[Model]]:
    """Return the page of ``rows`` that a request asks for, and where it stands among all.

    ``known`` are the parameters of the page that links to other pages keep.
    """
    address = Address.of(request.path, request.GET, [*known, "page"])
    pages = Pages(address, page_number(request.GET), rows.count(), size)
    return pages, list(rows[pages.start : pages.stop])
