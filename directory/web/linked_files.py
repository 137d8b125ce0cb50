"""The formats in which linked data leave the site."""

from collections.abc import Callable

from django.http import HttpResponse

from directory.linked.json_ld import Node, written
from directory.linked.turtle import turtle

JSON_LD, TURTLE = "application/ld+json", "text/turtle"
WRITERS: dict[str, tuple[str, Callable[[Node], str]]] = {
    "jsonld": (JSON_LD, written),
    "ttl": (f"{TURTLE}; charset=utf-8", turtle),
}


def answer(document: Node, suffix: str) -> HttpResponse:
    """Return a document in the format of the suffix."""
    content_type, write = WRITERS[suffix]
    return HttpResponse(write(document), content_type=content_type)
