"""Values of a row as formats with types hold them: what is not known is nothing, not empty text."""

from typing import Any

from directory.models.columns import Column


def typed(column: Column, value: Any) -> Any:
    """Return a value of a row, None where it is not known; lists stay lists, also empty ones."""
    return None if value == "" and column.type in ("string", "date") else value
