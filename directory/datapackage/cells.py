"""Cells of CSV files: text to value and back, with what would be right when it is wrong."""

import datetime
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from directory.models.columns import Column
from directory.models.text import forbidden_characters

LIST_DELIMITER = ";"
ESCAPED_DELIMITER = "%3B"
TRUE, FALSE = "yes", "no"

INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}", re.ASCII)
NUMBER = re.compile(r"-?[0-9]{1,17}(\.[0-9]{1,400})?", re.ASCII)
SHOWN_CHARACTERS = 60

_validate_address = URLValidator(schemes=["http", "https"])


def parse(column: Column, text: str) -> Any:
    """Return the value of a cell.

    Raises ValueError with one sentence: what is wrong, and what would be right.
    """
    if text == "":
        if column.required:
            raise ValueError(f"the cell is empty; {_right(column)}")
        return column.empty
    if text != text.strip():
        raise ValueError(f"{_shown(text)} begins or ends with a blank; remove it")
    found = [] if text.isprintable() else forbidden_characters(text)
    if found:
        raise ValueError(f"the cell holds the invisible character {found[0]}; remove it")
    value = _PARSERS[column.type](column, text)
    _check_bounds(column, value)
    return value


def render(column: Column, value: Any) -> str:
    """Return the text of a cell; raises ValueError for a value that a cell cannot hold."""
    if value is None:
        return ""
    if column.type == "list":
        if column.item_format == "uri":
            value = [item.replace(LIST_DELIMITER, ESCAPED_DELIMITER) for item in value]
        if any(LIST_DELIMITER in item for item in value):
            raise ValueError(f"an item of {column.name} holds a semicolon: {value}")
        return LIST_DELIMITER.join(value)
    if column.type == "boolean":
        return TRUE if value else FALSE
    if column.type == "number":
        return format(Decimal(repr(value)), "f")
    return str(value)


def _parse_text(column: Column, text: str) -> str:
    if column.format == "uri":
        _check_address(text)
    return text


def _parse_integer(column: Column, text: str) -> int:
    if not INTEGER.fullmatch(text):
        raise ValueError(f"{_shown(text)} is not a whole number; {_right(column)}")
    return int(text)


def _parse_number(column: Column, text: str) -> float:
    if not NUMBER.fullmatch(text):
        raise ValueError(f"{_shown(text)} is not a number; {_right(column)}")
    return float(text)


def _parse_boolean(column: Column, text: str) -> bool:
    if text not in (TRUE, FALSE):
        raise ValueError(f"{_shown(text)} is neither; {_right(column)}")
    return text == TRUE


def _parse_date(column: Column, text: str) -> str:
    try:
        if len(text) != 10:
            raise ValueError
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{_shown(text)} is not a day; {_right(column)}") from None


def _parse_list(column: Column, text: str) -> list[str]:
    items = text.split(LIST_DELIMITER)
    for item in items:
        if item != item.strip() or not item:
            raise ValueError(
                f"{_shown(text)} has an empty item or blanks around one; write first;second"
            )
        if len(item) > column.item_max_length:
            raise ValueError(
                f"the item {_shown(item)} has {len(item)} characters; "
                f"at most {column.item_max_length} fit"
            )
        if column.item_format == "uri":
            _check_address(item)
    repeated = sorted({item for item in items if items.count(item) > 1})
    if repeated:
        raise ValueError(f"{_shown(repeated[0])} stands in the list twice; name it once")
    return items


_PARSERS = {
    "string": _parse_text,
    "integer": _parse_integer,
    "number": _parse_number,
    "boolean": _parse_boolean,
    "date": _parse_date,
    "list": _parse_list,
}


def _check_bounds(column: Column, value: Any) -> None:
    if column.choices and value not in column.allowed:
        raise ValueError(f"{_shown(value)} is not known; {_right(column)}")
    if column.pattern and not re.fullmatch(column.pattern, value):
        raise ValueError(f"{_shown(value)} does not have the right form; {_right(column)}")
    if column.type == "string" and column.max_length and len(value) > column.max_length:
        raise ValueError(f"the text has {len(value)} characters; at most {column.max_length} fit")
    if column.minimum is not None and value < column.minimum:
        raise ValueError(f"{value} is too small; {_right(column)}")
    if column.maximum is not None and value > column.maximum:
        raise ValueError(f"{value} is too large; {_right(column)}")


@lru_cache(maxsize=20_000)
def _check_address(text: str) -> None:
    try:
        _validate_address(text)
        urlsplit(text)
    except (ValidationError, ValueError):
        raise ValueError(
            f"{_shown(text)} is not an address; write it in full, such as https://example.org/page"
        ) from None


def _right(column: Column) -> str:
    """Return what a cell of the column may hold, in a few words."""
    if column.choices:
        return f"write one of {', '.join(column.choices.values)}"
    if column.type == "boolean":
        return f"write {TRUE} or {FALSE}"
    if column.type == "date":
        return "write a day of the calendar such as 2026-11-01"
    if column.type in ("integer", "number"):
        kind = "whole number" if column.type == "integer" else "number such as 52.37"
        if column.minimum is not None and column.maximum is not None:
            return f"write a {kind} from {column.minimum} to {column.maximum}"
        return f"write a {kind}"
    if column.pattern:
        return f"write text of the form {column.pattern}"
    if column.type == "list":
        return "write at least one item, several as first;second"
    return "a value is needed"


def _shown(text: Any) -> str:
    text = str(text)
    return f"“{text[:SHOWN_CHARACTERS]}…”" if len(text) > SHOWN_CHARACTERS else f"“{text}”"
