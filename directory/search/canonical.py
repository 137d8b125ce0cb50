"""What was asked, in the one way in which it is written: to tell, to cite and to ask again."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.forms import Field
from django_filters import FilterSet

from directory.models import Country
from directory.search.filter_fields import PublicIdsField


def canonical(filters: FilterSet) -> list[tuple[str, str]]:
    """Return the parameters of a valid filter set, by name, their values in order and each once.

    However they were typed: codes and ids are those of the records, words are trimmed, what is
    empty is left out.
    """
    given = filters.form.cleaned_data
    return [
        (name, value)
        for name, field in sorted(filters.form.fields.items())
        for value in sorted({_written(field, each) for each in _values(given[name])})
        if value
    ]


def _values(given: Any) -> Iterable[Any]:
    is_one = given is None or isinstance(given, str | int | datetime.date | Model)
    return [given] if is_one else given


def _written(field: Field, value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Country():
            return value.code
        case Model():
            return value.slug
        case int() if isinstance(field, PublicIdsField):
            return field.written(value)
        case _:
            return " ".join(str(value).split())
