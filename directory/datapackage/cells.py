"""Cells of CSV files: text to value and back, with what would be right when it is wrong.

What people type into the fields of a form is checked here too, so that the sentences are in the
language of the reader and speak of neither cell nor field.
"""

import datetime
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

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
            raise ValueError(_("nothing is written; %(right)s") % {"right": _right(column)})
        return column.empty
    if text != text.strip():
        raise ValueError(
            _("%(text)s begins or ends with a blank; remove it") % {"text": _shown(text)}
        )
    found = [] if text.isprintable() else forbidden_characters(text)
    if found:
        raise ValueError(
            _("the invisible character %(character)s is in it; remove it") % {"character": found[0]}
        )
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
        text = repr(value)
        return format(Decimal(text), "f") if "e" in text else text
    return str(value)


def _parse_text(column: Column, text: str) -> str:
    if column.format == "uri":
        _check_address(text)
    return text


def _parse_integer(column: Column, text: str) -> int:
    if not INTEGER.fullmatch(text):
        raise _wrong(_("%(value)s is not a whole number; %(right)s"), column, text)
    return int(text)


def _parse_number(column: Column, text: str) -> float:
    if not NUMBER.fullmatch(text):
        raise _wrong(_("%(value)s is not a number; %(right)s"), column, text)
    return float(text)


def _parse_boolean(column: Column, text: str) -> bool:
    if text not in (TRUE, FALSE):
        raise _wrong(_("%(value)s is neither; %(right)s"), column, text)
    return text == TRUE


def _parse_date(column: Column, text: str) -> str:
    try:
        if len(text) != 10:
            raise ValueError
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise _wrong(_("%(value)s is not a day; %(right)s"), column, text) from None


def _parse_list(column: Column, text: str) -> list[str]:
    items = text.split(LIST_DELIMITER)
    for item in items:
        if item != item.strip() or not item:
            raise ValueError(
                _("%(text)s has an empty item or blanks around one; write first;second")
                % {"text": _shown(text)}
            )
        if len(item) > column.item_max_length:
            raise ValueError(
                _("the item %(item)s has %(length)d characters; at most %(most)d fit")
                % {"item": _shown(item), "length": len(item), "most": column.item_max_length}
            )
        if column.item_format == "uri":
            _check_address(item)
    repeated = sorted({item for item in items if items.count(item) > 1})
    if repeated:
        raise ValueError(
            _("%(item)s stands in the list twice; name it once") % {"item": _shown(repeated[0])}
        )
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
        raise _wrong(_("%(value)s is not known; %(right)s"), column, value)
    if column.pattern and not re.fullmatch(column.pattern, value):
        raise _wrong(_("%(value)s does not have the right form; %(right)s"), column, value)
    if column.type == "string" and column.max_length and len(value) > column.max_length:
        raise ValueError(
            _("the text has %(length)d characters; at most %(most)d fit")
            % {"length": len(value), "most": column.max_length}
        )
    if column.minimum is not None and value < column.minimum:
        sentence = _("%(value)s is too small; %(right)s")
        raise ValueError(sentence % {"value": value, "right": _right(column)})
    if column.maximum is not None and value > column.maximum:
        sentence = _("%(value)s is too large; %(right)s")
        raise ValueError(sentence % {"value": value, "right": _right(column)})


@lru_cache(maxsize=20_000)
def _check_address(text: str) -> None:
    try:
        _validate_address(text)
        urlsplit(text)
    except (ValidationError, ValueError):
        raise ValueError(
            _("%(text)s is not an address; write it in full, such as https://example.org/page")
            % {"text": _shown(text)}
        ) from None


def _wrong(sentence: str, column: Column, value: Any) -> ValueError:
    return ValueError(sentence % {"value": _shown(value), "right": _right(column)})


def _right(column: Column) -> str:
    """Return what a cell of the column may hold, in a few words."""
    if column.choices:
        return _("write one of %(values)s") % {"values": ", ".join(column.choices.values)}
    if column.type == "boolean":
        return _("write %(yes)s or %(no)s") % {"yes": TRUE, "no": FALSE}
    if column.type == "date":
        return _("write a day of the calendar such as 2026-11-01")
    if column.type in ("integer", "number"):
        return _right_number(column)
    if column.pattern:
        return _("write text of the form %(pattern)s") % {"pattern": column.pattern}
    if column.type == "list":
        return _("write at least one item, several as first;second")
    return _("a value is needed")


def _right_number(column: Column) -> str:
    is_whole = column.type == "integer"
    if column.minimum is not None and column.maximum is not None:
        sentence = (
            _("write a whole number from %(least)s to %(most)s")
            if is_whole
            else _("write a number such as 52.37 from %(least)s to %(most)s")
        )
        return sentence % {"least": column.minimum, "most": column.maximum}
    return _("write a whole number") if is_whole else _("write a number such as 52.37")


def _shown(text: Any) -> str:
    text = str(text)
    return f"“{text[:SHOWN_CHARACTERS]}…”" if len(text) > SHOWN_CHARACTERS else f"“{text}”"
