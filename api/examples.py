"""Real requests with their real answers, recorded from the starting data.

``tests/api/test_examples.py`` compares them with what the API answers, and records them anew.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from django.conf import settings

RECORDED = Path(__file__).with_name("examples.json")
# Stands in the file where an answer holds the address of the site.
SITE = "{site}"


class Example(NamedTuple):
    """A request (path and query; method and body where it writes) and the answer to it."""

    request: str
    response: Any = None
    status: int = 200
    method: str = "GET"
    body: Any = None
    # Instead of a body: the fields of a form.
    form: Mapping[str, str] | None = None
    # Beside the token and the type of the body.
    headers: Mapping[str, str] = MappingProxyType({})

    @property
    def needs_token(self) -> bool:
        """Whether the request is refused without a token."""
        if self.request.startswith(("/api/v1/match/", "/api/reconcile/")):
            # A question in a body, not a change.
            return False
        return self.method != "GET" or self.request.startswith("/api/v1/uploads/")


@cache
def recorded() -> dict[str, Example]:
    """Return the examples by operation id, with the addresses of this site."""
    text = RECORDED.read_text(encoding="utf-8").replace(SITE, settings.SITE_URL)
    return {name: Example(**example) for name, example in json.loads(text).items()}


def for_operation(operation_id: str) -> Example | None:
    """Return the example of an operation, or None."""
    return recorded().get(operation_id)
