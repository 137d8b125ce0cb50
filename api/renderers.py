"""JSON, the one representation of the API."""

from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


def _plain(value: Any) -> str:
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def to_json(data: Any) -> bytes:
    """Return plain values as JSON, texts that wait for their language in that of the request."""
    return orjson.dumps(data, default=_plain)


class JSONRenderer(BaseRenderer):
    """Compact UTF-8 JSON that ends with a line break, which is kind to terminals."""

    media_type = "application/json"
    format = "json"
    # JSON is UTF-8 by its own standard and has no such parameter.
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: dict | None = None,
    ) -> bytes:
        """Return the data as JSON; nothing at all where there is no data."""
        if data is None:
            return b""
        return orjson.dumps(data, default=_plain, option=orjson.OPT_APPEND_NEWLINE)


class JSONAlways(BaseContentNegotiation):
    """Answers in JSON whatever the caller says it accepts.

    RFC 9110 (12.4.1) allows it, and it is kinder than a 406 to browsers and to wrong headers.
    """

    def select_parser(self, request: Request, parsers: list) -> Any:
        """Return the first parser."""
        return parsers[0]

    def select_renderer(
        self, request: Request, renderers: list, format_suffix: str | None = None
    ) -> tuple[Any, str]:
        """Return the one renderer and its media type."""
        return renderers[0], renderers[0].media_type
