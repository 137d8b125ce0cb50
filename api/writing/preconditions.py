"""``ETag`` and ``If-Match``: nobody overwrites what they have not read."""

from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from directory.history.validators import validator
from directory.models import Membership
from directory.registration.versions import Versions, version_of

# Between the two parts of an ETag.
MARK = "."


class PreconditionRequired(APIException):
    """Raised where a change does not say which version it is a change of (RFC 6585)."""

    status_code = 428
    default_code = "precondition_required"
    default_detail = _(
        "Send If-Match with the ETag that the membership was read with, so that nobody's change "
        "is lost; “If-Match: *” writes over whatever there is."
    )


def etag(membership: Membership, address: str) -> str:
    """Return the ETag of a membership at an address: its version, and the answer's validator.

    A change is compared with the version alone; the validator tells that the answer is the same,
    which depends on the day as well (whether it is current, whether it is old).
    """
    shown = validator(address, timezone.now().date())
    return f'"{version_of(membership)}{MARK}{shown}"'


def versions(request: Request) -> Versions:
    """Return the versions that ``If-Match`` names; None without it, and for any (``*``)."""
    written = request.headers.get("If-Match")
    if written is None or written.strip() == "*":
        return None
    # Weak ones never match (RFC 9110, 13.1.1); what is none at all matches nothing either.
    return [tag.strip('"').split(MARK)[0] for tag in parse_etags(written) if tag.startswith('"')]


def required_versions(request: Request) -> Versions:
    """Return the versions that ``If-Match`` names; raises PreconditionRequired without it."""
    if "If-Match" not in request.headers:
        raise PreconditionRequired
    return versions(request)


IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description=_(
        "The `ETag` that the membership was read with, `*` for any: where it has changed since, "
        "nothing is written (412)."
    ),
)
IF_MATCH_REQUIRED = OpenApiParameter(
    IF_MATCH.name, str, OpenApiParameter.HEADER, required=True, description=IF_MATCH.description
)
