"""Addresses for programs: of things, which lead to documents, and of documents about them."""

import re

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.linked.documents import document_of
from directory.linked.things import KINDS, as_written_here, document_path, exists
from directory.web.former_addresses import moved_or_removed
from directory.web.linked_files import JSON_LD, TURTLE, answer

# What /id/ leads to; the first is for whoever takes anything, or nothing of these.
SUFFIXES = {"text/html": "", "application/json": "json", JSON_LD: "jsonld", TURTLE: "ttl"}


@require_safe
def thing(request: HttpRequest, name: str, identifier: str) -> HttpResponse:
    """Lead to the document about a thing that the reader understands best (``Accept``)."""
    if not re.fullmatch(KINDS[name].pattern, identifier, re.ASCII):
        raise Http404(identifier)
    usual = as_written_here(name, identifier)
    if usual != identifier:
        response: HttpResponse = HttpResponsePermanentRedirect(_thing(name, usual))
    elif exists(name, identifier):
        media_type = request.get_preferred_type(list(SUFFIXES)) or "text/html"
        response = HttpResponseRedirect(_document(name, identifier, SUFFIXES[media_type]))
        response.status_code = 303
    else:
        kind = KINDS[name]
        response = moved_or_removed(
            request,
            kind.record_type,
            kind.table,
            identifier,
            address=lambda slug: _thing(name, slug),
        )
    response.headers["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def file(request: HttpRequest, name: str, identifier: str, suffix: str) -> HttpResponse:
    """Answer with the document about a thing in one format; JSON is the API's."""
    usual = as_written_here(name, identifier)
    if usual != identifier:
        return HttpResponsePermanentRedirect(document_path(name, usual, suffix))
    if suffix == "json":
        # The API knows former ids, and what else may be asked.
        return HttpResponseRedirect(_with_query(_in_the_api(name, identifier), request))
    document = document_of(name, identifier, day=now().date())
    if document is None:
        kind = KINDS[name]
        return moved_or_removed(
            request,
            kind.record_type,
            kind.table,
            identifier,
            address=lambda slug: document_path(name, slug, suffix),
        )
    return answer(document, suffix)


def _thing(name: str, identifier: str) -> str:
    return reverse("thing", args=[name, identifier])


def _document(name: str, identifier: str, suffix: str) -> str:
    if suffix == "json":
        return _in_the_api(name, identifier)
    if suffix:
        return document_path(name, identifier, suffix)
    return reverse(name, args=[identifier])


def _in_the_api(name: str, identifier: str) -> str:
    return reverse(f"api:{name}", args=[identifier.upper() if name == "country" else identifier])


def _with_query(address: str, request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address
