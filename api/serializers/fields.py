"""Field types that the records share."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.addresses import api_address, api_query, page_address
from directory.models.choices import Answer


class KnownText(serializers.CharField):
    """Text that may not be known: the empty text of the table is ``null`` in JSON.

    So whatever is not known is ``null``, of whichever type it would be.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_null=True, **options)

    def to_representation(self, value: str) -> str | None:
        """Return the text, or None for an empty one."""
        return value or None


@extend_schema_field(OpenApiTypes.URI)
class KnownAddress(KnownText):
    """A web address that may not be known."""


@extend_schema_field(OpenApiTypes.URI)
class ApiAddress(serializers.Field):
    """The permanent address of the record in the API."""

    def __init__(self, name: str, identifier: str = "slug", **options: Any) -> None:
        self.name, self.identifier = name, identifier
        options.setdefault("help_text", _("Permanent address of this record in the API."))
        super().__init__(source="*", read_only=True, **options)

    def to_representation(self, value: models.Model) -> str:
        """Return the absolute address."""
        return api_address(self.name, str(getattr(value, self.identifier)))


@extend_schema_field(OpenApiTypes.URI)
class ListAddress(serializers.Field):
    """The address of the list of everything in the API that belongs to the record."""

    def __init__(self, name: str, parameter: str, identifier: str = "slug", **options: Any) -> None:
        self.name, self.parameter, self.identifier = name, parameter, identifier
        super().__init__(source="*", read_only=True, **options)

    def to_representation(self, value: models.Model) -> str:
        """Return the absolute address of the list, filtered by the record."""
        return api_query(self.name, **{self.parameter: str(getattr(value, self.identifier))})


@extend_schema_field(OpenApiTypes.URI)
class PageAddress(serializers.Field):
    """The address of the record's page, for people."""

    def __init__(self, source: str = "*", **options: Any) -> None:
        options.setdefault("help_text", _("Address of the page about it, for people."))
        super().__init__(source=source, read_only=True, **options)

    def to_representation(self, value: models.Model) -> str:
        """Return the absolute address."""
        return page_address(value)


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "example": {"fr": "Genève", "de": "Genf"},
    }
)
class NamesByLanguage(serializers.Field):
    """The names of a record by language, from its prefetched labels."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Names by language (BCP 47), where we know them."))
        super().__init__(source="labels", read_only=True, **options)

    def to_representation(self, value: models.Manager) -> Mapping[str, str]:
        """Return language → name, in the order of languages."""
        labels = sorted(value.all(), key=lambda label: label.language)
        return {label.language: label.name for label in labels}


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {"type": "array", "items": {"type": "string"}},
        "example": {"fr": ["droits des femmes", "parité"]},
    }
)
class SynonymsByLanguage(serializers.Field):
    """Other words for a record by language, from its prefetched labels."""

    def __init__(self, **options: Any) -> None:
        super().__init__(source="labels", read_only=True, **options)

    def to_representation(self, value: models.Manager) -> Mapping[str, list[str]]:
        """Return language → words, in the order of languages."""
        labels = sorted(value.all(), key=lambda label: label.language)
        return {label.language: label.synonyms for label in labels if label.synonyms}


@extend_schema_field(
    {"type": "string", "enum": [*Answer.values, None], "nullable": True, "readOnly": True}
)
class AsOfAnswer(serializers.Field):
    """How surely the record answers the day that ``as_of`` asks for."""

    def __init__(self, help_text: Any) -> None:
        super().__init__(source="*", read_only=True, help_text=help_text)

    def to_representation(self, value: models.Model) -> str | None:
        """Return ``yes`` or ``possible``; None where no day was asked for."""
        return getattr(value, "as_of_answer", None)


class TrimmedSerializer(serializers.Serializer):
    """A serializer that maps only some of its fields when told which: ``only={"slug", "name"}``."""

    def __init__(self, *args: Any, only: frozenset[str] | None = None, **options: Any) -> None:
        self.only = only
        super().__init__(*args, **options)

    def get_fields(self) -> dict[str, serializers.Field]:
        """Return the wanted fields, in their own order."""
        fields = super().get_fields()
        if self.only is None:
            return fields
        return {name: field for name, field in fields.items() if name in self.only}
