"""Answers with files of releases: whole or in part, streamed, and kept by caches for good."""

import base64
import logging

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from directory.models import ReleaseFile
from directory.models.choices import ReleasePart
from directory.releases.keeping import FileMissing, read_part
from directory.web.ranges import OutOfRange, Part, wanted_part

FOR_GOOD = "public, max-age=31536000, immutable"
READ_IN_BROWSERS = (ReleasePart.CITATION, ReleasePart.PROOF)

_log = logging.getLogger(__name__)


def answer_with(request: HttpRequest, file: ReleaseFile) -> HttpResponseBase:
    """Answer a GET or HEAD with a file, or the part of it that the request wants.

    Raises Http404, and logs an error, where the storage has lost the file.
    """
    etag = f'"{file.sha256}"'
    response = get_conditional_response(request, etag=etag) or _found(request, file, etag)
    response.headers["ETag"] = etag
    if response.status_code in (200, 206, 304):
        response.headers["Cache-Control"] = FOR_GOOD
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _found(request: HttpRequest, file: ReleaseFile, etag: str) -> HttpResponseBase:
    # The header means nothing with HEAD, and where the file is another than that of If-Range.
    is_wanted = request.method == "GET" and request.headers.get("If-Range", etag) == etag
    try:
        part = wanted_part(request.headers.get("Range", "") if is_wanted else "", file.size)
    except OutOfRange:
        headers = {"Content-Range": f"bytes */{file.size}"}
        return HttpResponse(status=416, content_type="text/plain", headers=headers)
    whole = Part(0, file.size - 1)
    response = _body(request, file, part or whole)
    response.headers["Content-Length"] = str((part or whole).length)
    if part:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {part.first}-{part.last}/{file.size}"
    response.headers["Content-Disposition"] = content_disposition_header(
        file.part not in READ_IN_BROWSERS, file.name
    )
    digest = base64.b64encode(bytes.fromhex(file.sha256)).decode("ascii")
    response.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    return response


def _body(request: HttpRequest, file: ReleaseFile, part: Part) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(content_type=file.media_type)
    try:
        blocks = read_part(file, part.first, part.length)
    except FileMissing:
        _log.exception("The storage has lost a file of a release")
        raise Http404 from None
    return StreamingHttpResponse(blocks, content_type=file.media_type)
