"""Keyset pages: they begin after a row, not after a number of rows.

Rows that come or go while somebody reads are neither shown twice nor skipped, and the last
page costs no more than the first. (DRF's cursor paging counts rows where keys are equal and
breaks on NULL; here the key is total and without NULL, so neither can arise.)
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from api import cursors
from api.addresses import same_request
from api.paging import Corrected, Pages, in_order


class Column(NamedTuple):
    """A column of a key: never NULL, and of one type."""

    name: str
    kind: type
    descending: bool = False


# A total order of rows: the last column is unique.
Keyset = tuple[Column, ...]


class KeysetPages(Pages):
    """Pages of rows in the order of a keyset, which the view's ``keyset`` names."""

    parameters = ("cursor", "page_size")

    def paginate_queryset(
        self,
        queryset: models.QuerySet,
        request: Request,
        view: APIView,
        *,
        shown: Callable[[models.QuerySet], models.QuerySet] = lambda rows: rows,
    ) -> list[Any]:
        """Return the page at the request's cursor, with what ``shown`` adds to its rows.

        That is not counted: other tables may be joined for it.
        """
        keyset: Keyset = view.keyset
        size = self.page_size(request)
        order = f"{queryset.model._meta.model_name} {keyset}"
        cursor = _read_cursor(request, order, tuple(column.kind for column in keyset))
        self.count = queryset.count()
        # One row more than asked tells whether there is a page beyond.
        rows = list(rows_beside(shown(queryset), keyset, cursor)[: size + 1])
        backwards = cursor is not None and cursor.backwards
        page = rows[:size]
        if backwards:
            page.reverse()
        keys = [tuple(getattr(row, column.name) for column in keyset) for row in page]
        self._link(request, order, keys, cursor, more=len(rows) > size)
        return page

    def paginate_ranked(
        self, ids: Sequence[int], queryset: models.QuerySet, request: Request
    ) -> list[models.Model]:
        """Return the page at the request's cursor of rows whose order is known in memory.

        Their cursors hold a slug. Raises ValidationError when its row is not among them.
        """
        size = self.page_size(request)
        order = f"{queryset.model._meta.model_name} ranked"
        cursor = _read_cursor(request, order, (str,))
        self.count = len(ids)
        backwards = cursor is not None and cursor.backwards
        first = 0
        if cursor is not None:
            pk = (
                queryset.model.objects.public()
                .filter(slug=cursor.key[0])
                .values_list("pk", flat=True)
            )
            if (place := pk.first()) not in ids:
                raise _wrong_cursor()
            first = ids.index(place) - size if backwards else ids.index(place) + 1
        last = first + size
        more = first > 0 if backwards else last < len(ids)
        page = in_order(ids[max(0, first) : last], queryset)
        self._link(request, order, [(row.slug,) for row in page], cursor, more=more)
        return page

    def _link(
        self,
        request: Request,
        order: str,
        keys: Sequence[tuple],
        cursor: cursors.Cursor | None,
        *,
        more: bool,
    ) -> None:
        """Set the addresses of the pages beside the one with these keys."""
        self.next_address = self.previous_address = None
        if not keys:
            return
        backwards = cursor is not None and cursor.backwards
        # Beyond the edge that the page was reached by lies the page it was reached from.
        if more or backwards:
            after = cursors.encode(cursors.Cursor(keys[-1]), order)
            self.next_address = same_request(request, cursor=after)
        if more if backwards else cursor is not None:
            before = cursors.encode(cursors.Cursor(keys[0], backwards=True), order)
            self.previous_address = same_request(request, cursor=before)

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """Return the OpenAPI description of the parameters that page."""
        cursor = {
            "name": "cursor",
            "in": "query",
            "required": False,
            "description": _(
                "Where in the list the page begins, as it stands in `next` and `previous`: "
                "follow those addresses, a cursor need not be taken apart."
            ),
            "schema": {"type": "string", "maxLength": cursors.LONGEST_CURSOR},
        }
        return [cursor, *super().get_schema_operation_parameters(view)]


class CorrectedKeysetPages(Corrected, KeysetPages):
    """Keyset pages of what words found."""


def rows_beside(
    queryset: models.QuerySet, keyset: Keyset, cursor: cursors.Cursor | None
) -> models.QuerySet:
    """Return the rows after the cursor in order, or those before it, the nearest first."""
    backwards = cursor is not None and cursor.backwards
    falling = [column.descending != backwards for column in keyset]
    queryset = queryset.order_by(
        *(("-" if down else "") + column.name for column, down in zip(keyset, falling, strict=True))
    )
    if cursor is None:
        return queryset
    beyond, equal = models.Q(), models.Q()
    for column, down, value in zip(keyset, falling, cursor.key, strict=True):
        beyond |= equal & models.Q(**{f"{column.name}__{'lt' if down else 'gt'}": value})
        equal &= models.Q(**{column.name: value})
    # The first column's own bound follows from the rest; databases need it to use their index.
    bound = {f"{keyset[0].name}__{'lte' if falling[0] else 'gte'}": cursor.key[0]}
    return queryset.filter(beyond, **bound)


def _read_cursor(request: Request, order: str, kinds: tuple[type, ...]) -> cursors.Cursor | None:
    written = request.query_params.get("cursor")
    if written is None:
        return None
    try:
        return cursors.decode(written, order, kinds)
    except cursors.NotACursor as error:
        raise _wrong_cursor() from error


def _wrong_cursor() -> ValidationError:
    message = _("This is no place in this list: begin without a cursor, then follow `next`.")
    return ValidationError({"cursor": [message]})
