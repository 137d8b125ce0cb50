"""Bodies of requests: JSON objects, read as strictly as query parameters are."""

from typing import Any

import orjson
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers
from rest_framework.request import Request

from api.suggestions import nearest

JSON = "application/json"


def read(request: Request, serializer_class: type[serializers.Serializer]) -> dict[str, Any]:
    """Return what the body says, by field; only what was sent.

    Raises UnsupportedMediaType, ParseError where it is no JSON, and ValidationError with what is
    wrong by field: unknown ones, missing ones, wrong types. What values mean is for the rules.
    """
    said = _object(request)
    serializer = serializer_class(data=said)
    known = list(serializer.fields)
    errors = {
        name[:100]: [_unknown(name, known)] for name in list(said)[:1000] if name not in known
    }
    if not serializer.is_valid():
        errors |= serializer.errors
    if errors:
        raise exceptions.ValidationError(errors)
    return dict(serializer.validated_data)


def _object(request: Request) -> dict[str, Any]:
    """Return the JSON object of the body; an empty one where there is no body."""
    # Through Django's own request, which refuses bodies that are too large before reading them.
    body = request._request.body
    if not body:
        return {}
    content_type = request.content_type or ""
    if content_type.partition(";")[0].strip().lower() != JSON:
        raise exceptions.UnsupportedMediaType(
            content_type[:100], _("Send JSON, with the header “Content-Type: application/json”.")
        )
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise exceptions.ParseError(
            _("The body is not JSON; reading stopped at line %(line)d, column %(column)d.")
            % {"line": error.lineno, "column": error.colno}
        ) from error
    if not isinstance(said, dict):
        raise exceptions.ParseError(_("The body is JSON, but no object: write {…}."))
    return said


def _unknown(name: str, known: list[str]) -> str:
    message = _("There is no such field.")
    meant = nearest(name, known)
    if meant:
        return f"{message} " + _("Did you mean “%(name)s”?") % {"name": meant}
    return f"{message} " + _("Known here: %(names)s.") % {"names": ", ".join(known)}
