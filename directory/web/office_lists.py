"""The lists on an office's dashboard: a page of each, and the way back to the same place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from directory.models import Membership
from directory.models.membership import MembershipQuerySet
from directory.models.text import forbidden_characters
from directory.registration.dashboard import STATES, Desk
from directory.web.addresses import Address
from directory.web.paging import Pages, page_number

SHOWN, ALL_SHOWN = 20, 50
KNOWN = ("find", "state", "due_page", "said_page", "disputed_page", "page")
PLACE = re.compile(r"(due|said|disputed|memberships)(-m\d{5,9})?", re.ASCII)


@dataclass(frozen=True)
class List:
    """One page of one list; ``name`` begins the ids of its rows."""

    name: str
    pages: Pages
    rows: list[Membership]

    def __iter__(self) -> Iterator[tuple[Membership, str]]:
        """Give each row, with where to go on once it is dealt with."""
        for row, following in zip(self.rows, [*self.rows[1:], None], strict=True):
            yield row, f"{self.name}-{following.public_id}" if following else self.name

    def __len__(self) -> int:
        return len(self.rows)


class OfficeLists:
    """What a request asks of an office's memberships."""

    def __init__(self, request: HttpRequest, desk: Desk) -> None:
        self._request, self._desk = request, desk
        self.address = Address.of(request.path, request.GET, KNOWN)
        words = " ".join(self.address.values("find"))[:100]
        self.find = "" if forbidden_characters(words) else words
        self.state = next((each for each in self.address.values("state") if each in STATES), "")

    @property
    def query(self) -> str:
        """What forms and links carry along, so that one comes back to the same place."""
        return str(self.address).removeprefix(self.address.path)

    @property
    def unfiltered(self) -> str:
        """The address without words to find."""
        return str(self.address.without("find", "state", "page"))

    @cached_property
    def due(self) -> List:
        """Memberships that need a word."""
        return self._list("due", "due_page", self._desk.due, SHOWN)

    @cached_property
    def said(self) -> List:
        """Memberships of which the other side alone has spoken."""
        return self._list("said", "said_page", self._desk.said_by_the_other, SHOWN)

    @cached_property
    def disputed(self) -> List:
        """Memberships on which the sides differ."""
        return self._list("disputed", "disputed_page", self._desk.disputed, SHOWN)

    @cached_property
    def all(self) -> List:
        """All memberships, or those that were looked for."""
        found = self._desk.found(text=self.find, state=self.state)
        return self._list("memberships", "page", found, ALL_SHOWN)

    def _list(self, name: str, parameter: str, rows: MembershipQuerySet, size: int) -> List:
        total = rows.order_by().count()
        # The last row of the last page may just have been dealt with.
        number = min(page_number(self._request.GET, parameter), max(1, -(-total // size)))
        pages = Pages(self.address, number, total, size, parameter)
        return List(name, pages, list(rows[pages.start : pages.stop]) if total else [])


def back_to_lists(request: HttpRequest, table: str, slug: str) -> str:
    """Return the address of the dashboard as the person left it, at the row that comes next."""
    address = Address.of(reverse("office", args=[table, slug]), request.GET, KNOWN)
    place = request.POST.get("then", "")
    return f"{address}#{place}" if PLACE.fullmatch(place) else str(address)
