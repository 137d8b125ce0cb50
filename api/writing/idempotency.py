"""``Idempotency-Key``: a request that is sent again is carried out once and answered alike."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any

import orjson
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.renderers import JSONRenderer
from directory.registration.idempotency import Answer, begin

HEADER = "Idempotency-Key"
LONGEST_KEY = 255
# Headers that belong to the answer itself; all others are added anew.
KEPT_HEADERS = ("ETag", "Location")

PARAMETER = OpenApiParameter(
    HEADER,
    {"type": "string", "maxLength": LONGEST_KEY},
    OpenApiParameter.HEADER,
    description=_(
        "Any text of your own, such as a UUID, new for each request. Sent again within 24 hours, "
        "the same request is answered alike and not carried out twice; a refused one keeps no key."
    ),
)

Action = Callable[..., Response]


def idempotent(action: Action) -> Action:
    """Let an action of a writing view be sent twice with the same key.

    Should the process die after the effect and before the answer is kept, its rule must notice
    what was said before; where it cannot, use ``idempotent_as_one``.
    """
    return _repeatable(action, nullcontext)


def idempotent_as_one(action: Action) -> Action:
    """Let an action be sent twice that makes a second thing each time, whatever was made before.

    Effect and kept answer are one transaction: only for what takes no new revision, whose counter
    would stay locked until the answer is written.
    """
    return _repeatable(action, transaction.atomic)


def _repeatable(action: Action, together: Callable[[], AbstractContextManager[Any]]) -> Action:
    @wraps(action)
    def answer(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = _key(request)
        if key is None:
            return action(view, request, *args, **kwargs)
        held = begin(token=request.auth, key=key, fingerprint=_fingerprint(request))
        if isinstance(held, Answer):
            return _again(held)
        try:
            with together():
                response = action(view, request, *args, **kwargs)
                held.finish(_answer(response))
        except BaseException:
            held.release()
            raise
        return response

    return answer


def _key(request: Request) -> str | None:
    written = request.headers.get(HEADER)
    if written is None:
        return None
    # The draft writes a string in quotes; most programs send none.
    key = written.strip().removeprefix('"').removesuffix('"')
    if not 0 < len(key) <= LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise ValidationError(
            {HEADER: [gettext("Write 1 to %(most)d letters and digits.") % {"most": LONGEST_KEY}]}
        )
    return key


def _fingerprint(request: Request) -> str:
    told = (request.method, request.get_full_path(), request.headers.get("If-Match", ""))
    head = "\n".join(told).encode()
    return hashlib.sha256(head + b"\n" + request._request.body).hexdigest()


def _answer(response: Response) -> Answer:
    headers = {name: response[name] for name in KEPT_HEADERS if response.has_header(name)}
    return Answer(response.status_code, headers, JSONRenderer().render(response.data).decode())


def _again(answer: Answer) -> Response:
    data = orjson.loads(answer.body) if answer.body else None
    return Response(data, status=answer.status, headers=dict(answer.headers))
