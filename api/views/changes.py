"""The change log for mirrors: every change set, whole and in order."""

import re
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from api import cursors
from api.addresses import same_request
from api.paging import whole_number
from api.resources import Endpoint
from api.serializers.changes import (
    ChangeSetSerializer,
    ChangesSerializer,
    OneChangeSetSerializer,
)
from directory.history import (
    Part,
    change_sets_after,
    current_revision,
    find_change_set,
    part_of,
)

ENTRIES_A_PAGE = 500
MOST_ENTRIES_A_PAGE = 1000
LARGEST_REVISION = 10**9 - 1
REVISION = "[1-9][0-9]{0,8}"
ORDER = "changes"
PARAMETERS = [
    OpenApiParameter(
        "cursor",
        {"type": "string", "maxLength": cursors.LONGEST_CURSOR},
        description=_("Where in a change set the page begins, as it stands in `next`."),
    ),
    OpenApiParameter(
        "page_size",
        {
            "type": "integer",
            "minimum": 1,
            "maximum": MOST_ENTRIES_A_PAGE,
            "default": ENTRIES_A_PAGE,
        },
        description=_("Entries on a page."),
    ),
]
AFTER = OpenApiParameter(
    "after",
    {"type": "integer", "minimum": 0, "maximum": LARGEST_REVISION, "default": 0},
    description=_("The revision that you have; 0 for none."),
)


class Changes(ViewSetMixin, Endpoint):
    """Change sets with what each changed."""

    lookup_field = "revision"

    @property
    def known_parameters(self) -> frozenset[str]:
        """``after`` where there are several change sets."""
        own = {"cursor", "page_size"}
        return frozenset(own | {"after"} if self.action == "list" else own)

    @extend_schema(
        operation_id="changes_list",
        summary=_("Follow what changes"),
        description=_(
            "For mirrors: every change set after a revision, in order, with what each record said "
            "before and says after, as rows of the data package. Whoever begins with `after=0` "
            "and writes them one after another, each in one transaction, has the same data. "
            "A page holds whole change sets; one that is larger than a page comes in parts, "
            "`complete` at the last. Follow `next` until it is null, then ask again with the "
            "revision that you have: with its `ETag` in `If-None-Match`, asking costs next to "
            "nothing. A removed record has no `after`; where it was merged or renamed, an entry of "
            "`redirects` beside it says into what."
        ),
        parameters=[AFTER, *PARAMETERS],
        responses=ChangesSerializer,
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with the change sets after a revision, or at a cursor."""
        place = self._place()
        newest = current_revision()
        if place is None:
            parts = change_sets_after(self._after(newest), limit=self._limit())
        else:
            revision, *after = place
            parts = [self._part(revision, after=(after[0], after[1]))]
        answer = {
            "revision": newest,
            "next": self._following(parts[-1], newest) if parts else None,
            "results": parts,
        }
        return Response(ChangesSerializer(answer).data)

    @extend_schema(
        operation_id="changes_retrieve",
        summary=_("One change set"),
        description=_("The change set of a revision: a page of its entries."),
        parameters=PARAMETERS,
        responses=OneChangeSetSerializer,
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with one change set."""
        written, place = self.kwargs["revision"], self._place()
        revision = int(written) if re.fullmatch(REVISION, written) else 0
        if place is not None and place[0] != revision:
            raise _wrong_cursor()
        part = self._part(revision, after=(place[1], place[2]) if place else None)
        following = None if part.is_complete else self._rest(part)
        return Response({**ChangeSetSerializer(part).data, "next": following})

    def _limit(self) -> int:
        return whole_number(
            self.request, "page_size", default=ENTRIES_A_PAGE, largest=MOST_ENTRIES_A_PAGE
        )

    def _after(self, newest: int) -> int:
        """Return the revision that the asker has; raises ValidationError for one yet to come."""
        after = whole_number(self.request, "after", default=0, smallest=0, largest=LARGEST_REVISION)
        if after > newest:
            message = gettext(
                "There is no revision %(after)d; the newest is %(newest)d. A mirror that is "
                "ahead of it begins anew, with after=0."
            )
            raise ValidationError({"after": [message % {"after": after, "newest": newest}]})
        return after

    def _place(self) -> tuple[int, str, str] | None:
        """Return revision, table and record after which the page begins; None without a cursor."""
        written = self.request.query_params.get("cursor")
        if written is None:
            return None
        if "after" in self.request.query_params:
            raise ValidationError({"cursor": [gettext("Give either “after” or “cursor”.")]})
        try:
            revision, table, record = cursors.decode(written, ORDER, (int, str, str)).key
        except cursors.NotACursor as error:
            raise _wrong_cursor() from error
        return revision, table, record

    def _part(self, revision: int, *, after: tuple[str, str] | None) -> Part:
        change_set = find_change_set(revision)
        if change_set is None:
            raise NotFound(gettext("There is no such revision."))
        return part_of(change_set, after=after, limit=self._limit())

    def _following(self, part: Part, newest: int) -> str | None:
        """Return the address of the page after the one that ends with a part."""
        if not part.is_complete:
            return self._rest(part)
        revision = part.change_set.revision
        if revision == newest:
            return None
        return same_request(self.request, without=("cursor",), after=str(revision))

    def _rest(self, part: Part) -> str:
        """Return the address of the rest of a change set."""
        last = part.entries[-1]
        place = cursors.Cursor((part.change_set.revision, last.table, last.record))
        written = cursors.encode(place, ORDER)
        return same_request(self.request, without=("after",), cursor=written)


def _wrong_cursor() -> ValidationError:
    message = gettext("This is no place in the changes: begin without a cursor, follow `next`.")
    return ValidationError({"cursor": [message]})
