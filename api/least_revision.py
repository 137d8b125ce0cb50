"""``X-Min-Revision``: whoever has seen a revision, or made one, is shown nothing older.

A replica that is behind is passed over. What not even the primary has is refused with 412: a
condition of the request that does not hold (RFC 9110, 15.5.13).
"""

import re

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

HEADER = "X-Min-Revision"
LARGEST = 999_999_999

# In the OpenAPI description of whatever is read.
PARAMETER = {
    "in": "header",
    "name": HEADER,
    "schema": {"type": "integer", "minimum": 0, "maximum": LARGEST},
    "description": _(
        "A revision that you have seen, as `CityNet-Revision` names it: the answer is of that one "
        "or of a later one, whichever server gives it. One that has not come yet is 412."
    ),
}
NOT_YET = _("The revision that `X-Min-Revision` names has not come yet.")


class NoRevision(ValueError):
    """The header says something that is no revision."""


def least_revision(request: HttpRequest) -> int | None:
    """Return the least revision that a request asks for, None for any; raises NoRevision."""
    written = request.headers.get(HEADER)
    if written is None:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", written):
        raise NoRevision(f"{HEADER} is a whole number from 0 to {LARGEST}: a revision.")
    return int(written)
