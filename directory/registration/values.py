"""Values from people, by column of the data package: checked as a file's cells would be."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from directory.datapackage.cells import parse, render
from directory.models import Region
from directory.models.column_kinds import PARTIAL_DATE
from directory.models.columns import Column, Row, Table
from directory.models.period import possible_days
from directory.models.tables import TABLES
from directory.registration.problems import Invalid

MOST_ITEMS = 100


def checked(table: Table, values: Mapping[str, Any], *, allowed: Collection[str]) -> Row:
    """Return the values as a row holds them.

    Raises ``Invalid`` with what is wrong by column: a column that is not ``allowed``, a wrong
    type, a text that is too long or holds invisible characters, a record that does not exist.
    """
    found: Row = {}
    errors: dict[str, list[str]] = {}
    for name, value in values.items():
        if name not in allowed:
            errors[name] = [_("This cannot be changed here.")]
            continue
        try:
            found[name] = _checked_cell(table.column(name), value)
        except ValueError as error:
            errors[name] = [_sentence(str(error))]
    if errors:
        raise Invalid(errors)
    return found


def _checked_cell(column: Column, value: Any) -> Any:
    if isinstance(value, str):
        value = " ".join(value.split()) if column.type == "string" else value.strip()
    if column.type == "list":
        return _checked_list(column, value)
    try:
        text = value if isinstance(value, str) else render(column, value)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise ValueError(_("this cannot be read")) from error
    if column.pattern == PARTIAL_DATE and text:
        # Its message says more than that of a pattern.
        possible_days(text)
    found = parse(column, text)
    if column.references and found:
        _check_known(column, [found])
    return found


def _checked_list(column: Column, value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise ValueError(_("this is not a list of texts"))
    if len(value) > MOST_ITEMS:
        raise ValueError(_("the list is too long"))
    found = parse(column, render(column, [" ".join(item.split()) for item in value]))
    if column.references:
        _check_known(column, found)
        return found if column.is_ranked else sorted(found)
    return found


def _check_known(column: Column, ids: list[str]) -> None:
    if column.references == "regions":
        known = set(Region.objects.filter(name__in=ids).values_list("name", flat=True))
    else:
        table = TABLES[column.references]
        known = {table.record_id(row) for row in table.rows(ids)}
    unknown = sorted(set(ids) - known)
    if unknown:
        raise ValueError(_("“%(id)s” is not known") % {"id": unknown[0]})


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
