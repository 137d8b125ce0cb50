"""Why a request was not carried out, in words for the person who made it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError


class NotAllowed(PermissionDenied):
    """The actor may not do this; the message says why. Django answers it with 403."""


class NotPossible(Exception):
    """What was asked does not fit what is there; the message says why and what to do.

    ``code`` is for programs; ``existing`` is the record that stands in the way, where there is one.
    """

    def __init__(self, message: str, *, code: str, existing: Any = None) -> None:
        super().__init__(message)
        self.code = code
        self.existing = existing


class Invalid(NotPossible):
    """Some fields hold what they cannot; ``errors`` has the sentences by field name."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        self.errors = dict(errors)
        sentences = [sentence for found in self.errors.values() for sentence in found]
        super().__init__(" ".join(sentences), code="invalid")


def check_row(instance: Any, *, exclude: tuple[str, ...] = ()) -> None:
    """Check one row before it is saved; raises ``Invalid`` with the sentences by field.

    Constraints are left to their own sentences and to the database.
    """
    empty = tuple(
        field.name
        for field in instance._meta.concrete_fields
        if field.null and getattr(instance, field.attname) is None
    )
    try:
        instance.clean_fields(exclude=(*empty, *exclude))
    except ValidationError as error:
        raise Invalid(error.message_dict) from error


def one_line(text: str) -> str:
    """Return what was typed as one line: words apart by one blank, none at the ends."""
    return " ".join(text.split())
