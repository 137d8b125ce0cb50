"""Applies the directory's filter sets, the same ones that the pages use, to the lists."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError as InvalidValue
from django.db.models import QuerySet
from django_filters import FilterSet
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

from api.parameters import described, is_repeatable


class DirectoryFilters(BaseFilterBackend):
    """Filters by the view's ``filterset_class``; wrong values are a 400 that names each one."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: APIView) -> QuerySet:
        """Return the rows that answer the request; raises ValidationError."""
        if view.filterset_class is None:
            return queryset
        return valid_filters(view.filterset_class, request, queryset, day=view.day).qs

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """Return the OpenAPI description of every filter."""
        if view.filterset_class is None:
            return []
        fields = view.filterset_class(data={}).form.fields
        return [described(name, field) for name, field in fields.items()]


def valid_filters(
    filterset_class: type[FilterSet],
    request: Request,
    queryset: QuerySet,
    *,
    day: datetime.date,
) -> FilterSet:
    """Return the filter set of a request; raises ValidationError with its errors by field."""
    filters = filterset_class(request.query_params, queryset, day=day, asked_only=True)
    if not filters.is_valid():
        raise ValidationError({name: list(messages) for name, messages in filters.errors.items()})
    return filters


def cleaned(filterset_class: type[FilterSet], name: str, request: Request) -> Any:
    """Return one parameter as a filter of the set reads it; raises ValidationError."""
    try:
        return filterset_class.base_filters[name].field.clean(request.query_params.get(name, ""))
    except InvalidValue as error:
        raise ValidationError({name: error.messages}) from error


def filter_names(filterset_class: type[FilterSet] | None) -> tuple[set[str], set[str]]:
    """Return the names of all parameters of a filter set, and of those that may be repeated."""
    if filterset_class is None:
        return set(), set()
    names = set(filterset_class.base_filters)
    return names, {
        name
        for name, filter_ in filterset_class.base_filters.items()
        if is_repeatable(filter_.field)
    }
