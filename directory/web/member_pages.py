"""The member lists of a network as its page shows them: a hundred rows at a time."""

from dataclasses import dataclass

from django.http import HttpRequest

from directory.insights.members import Member, MemberList, MemberLists
from directory.web.addresses import Address
from directory.web.days import PARAMETERS
from directory.web.paging import Pages, page_number

MEMBERS_A_PAGE = 100
MANY = 10


@dataclass(frozen=True)
class MemberPage:
    """One page of one list of members."""

    pages: Pages
    rows: list[Member]


class MemberPages:
    """What a request asks of the members of a network: a page of each list, words to find.

    Raises BadPageNumber, or Http404 for a page beyond the last.
    """

    def __init__(self, request: HttpRequest, lists: MemberLists) -> None:
        known = ["find", "page", "past_page", *PARAMETERS]
        self.address = Address.of(request.path, request.GET, known)
        self.find = " ".join(self.address.values("find"))[:100]
        self.current = self._page(request, lists.current, "page")
        self.past = self._page(request, lists.past, "past_page")
        self.coming = lists.coming.page()

    def _page(self, request: HttpRequest, members: MemberList, parameter: str) -> MemberPage:
        number = page_number(request.GET, parameter)
        pages = Pages(self.address, number, len(members), MEMBERS_A_PAGE, parameter)
        return MemberPage(pages, members.page(pages.start, pages.stop))

    @property
    def many(self) -> bool:
        """Whether the lists are long enough, or already narrowed, to look for rows in them."""
        return bool(self.find) or self.current.pages.total + self.past.pages.total > MANY

    @property
    def canonical(self) -> str:
        """The address of this page of the lists; a search in them is no page of its own."""
        return str(self.address.without("find"))

    @property
    def unfiltered(self) -> str:
        """The address of the whole lists."""
        return str(self.address.without("find", "page", "past_page"))
