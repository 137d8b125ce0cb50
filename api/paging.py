"""Numbered pages, and what they share with keyset pages: size, bounds and envelope."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.addresses import same_request
from directory.search.spelling import Correction

DEFAULT_PAGE_SIZE = 50
LARGEST_PAGE_SIZE = 100
LAST_PAGE = 1000


def in_order(ids: list[int], queryset: models.QuerySet) -> list[models.Model]:
    """Return the rows with these primary keys, in the order of the keys."""
    rows = queryset.in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def whole_number(
    request: Request, name: str, *, default: int, largest: int, smallest: int = 1
) -> int:
    """Return a parameter within both bounds; raises ValidationError for anything else."""
    written = request.query_params.get(name)
    if written is None:
        return default
    # int() alone would take "1_0", blanks and digits of other scripts, and any length of them.
    if written.isascii() and written.isdigit() and len(written) <= 9:
        number = int(written)
        if smallest <= number <= largest:
            return number
    message = _("Use a whole number from %(smallest)d to %(largest)d.")
    raise ValidationError({name: [message % {"smallest": smallest, "largest": largest}]})


class Pages(BasePagination):
    """What both ways of paging share: the size, and the envelope round the results."""

    parameters: tuple[str, ...] = ("page_size",)
    count: int
    next_address: str | None
    previous_address: str | None

    def envelope(self, results: Any) -> dict[str, Any]:
        """Return the results between their count and the addresses of the pages beside."""
        return {
            "count": self.count,
            "next": self.next_address,
            "previous": self.previous_address,
            "results": results,
        }

    def get_paginated_response(self, data: Any) -> Response:
        """Return the answer of a list."""
        return Response(self.envelope(data))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the OpenAPI schema of the envelope."""
        address = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": _("Records on all pages together.")},
                "next": {
                    **address,
                    "description": _("Address of the next page; null on the last."),
                },
                "previous": {
                    **address,
                    "description": _("Address of the page before; null on the first."),
                },
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """Return the OpenAPI description of the parameters that page."""
        return [
            {
                "name": "page_size",
                "in": "query",
                "required": False,
                "description": _("Records on a page."),
                "schema": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": LARGEST_PAGE_SIZE,
                    "default": DEFAULT_PAGE_SIZE,
                },
            }
        ]

    def page_size(self, request: Request) -> int:
        """Return how many records the caller wants on a page."""
        return whole_number(
            request, "page_size", default=DEFAULT_PAGE_SIZE, largest=LARGEST_PAGE_SIZE
        )


class NumberedPages(Pages):
    """Pages 1, 2, 3 of a list, up to a bound: deep pages are dear, and nobody reads them."""

    parameters = ("page", "page_size")

    def paginate_queryset(
        self, queryset: models.QuerySet, request: Request, view: APIView | None = None
    ) -> list[models.Model]:
        """Return the asked page of the queryset; raises NotFound past the last one."""
        number, size = self._open(request, queryset.count())
        return list(queryset[(number - 1) * size : number * size])

    def paginate_ranked(
        self, ids: list[int], queryset: models.QuerySet, request: Request
    ) -> list[models.Model]:
        """Return the asked page of rows whose order is known in memory."""
        number, size = self._open(request, len(ids))
        return in_order(ids[(number - 1) * size : number * size], queryset)

    def window(self, request: Request, count: int) -> tuple[int, int]:
        """Return where the asked page of a list of so many rows begins and ends."""
        number, size = self._open(request, count)
        return (number - 1) * size, number * size

    def _open(self, request: Request, count: int) -> tuple[int, int]:
        size = self.page_size(request)
        number = whole_number(request, "page", default=1, largest=LAST_PAGE)
        last = max(1, -(-count // size))
        if number > last:
            raise NotFound(_("There is no page %(number)d: the last one is %(last)d.") % vars())
        self.count = count
        self.next_address = self.previous_address = None
        if number < min(last, LAST_PAGE):
            self.next_address = same_request(request, page=str(number + 1))
        if number > 1:
            self.previous_address = same_request(request, page=str(number - 1))
        return number, size

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """Return the OpenAPI description of the parameters that page."""
        page = {
            "name": "page",
            "in": "query",
            "required": False,
            "description": _("Number of the page. Past the last page the answer is 404."),
            "schema": {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
        }
        return [page, *super().get_schema_operation_parameters(view)]


class Corrected:
    """Pages of what words found, which tell when other words were looked for than those typed."""

    correction: Correction | None = None

    def envelope(self, results: Any) -> dict[str, Any]:
        """Return the results with their count, links and correction."""
        envelope = super().envelope(results)
        results = envelope.pop("results")
        correction = self.correction and {
            "typed": self.correction.typed,
            "used": self.correction.used,
        }
        return {**envelope, "correction": correction, "results": results}

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the OpenAPI schema of the envelope."""
        envelope = super().get_paginated_response_schema(schema)
        results = envelope["properties"].pop("results")
        envelope["properties"]["correction"] = {
            "allOf": [{"$ref": "#/components/schemas/Correction"}],
            "nullable": True,
        }
        envelope["properties"]["results"] = results
        envelope["required"] = list(envelope["properties"])
        return envelope


class CorrectedNumberedPages(Corrected, NumberedPages):
    """Numbered pages of what words found."""
