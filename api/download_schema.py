"""The OpenAPI description of downloads, made from the registries of columns and formats."""

from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from api.parameters import headers_of_answer
from api.schema import FilteredSchema
from directory.downloads.columns import COLUMN_SETS
from directory.downloads.file_formats import formats_of
from directory.models.columns import Column

SUMMARIES = {
    "networks": _("Download networks"),
    "cities": _("Download cities"),
    "memberships": _("Download memberships"),
    "statements": _("Download statements"),
    "focus-areas": _("Download focus areas"),
    "countries": _("Download countries"),
    "funders": _("Download funders"),
    "labels": _("Download names by language"),
    "redirects": _("Download former ids"),
}
DESCRIPTION = _(
    "All rows that the filters leave, streamed as one file and read at one moment of the "
    "directory. The headers `CityNet-Revision`, `CityNet-Date`, `CityNet-Query` and "
    "`CityNet-Rows` say which moment, what was asked and how many rows a whole file has."
)
OPTIONS = {
    "bom": _("CSV only: a byte order mark in front, by which Excel knows UTF-8."),
    "end_marker": _("CSV and JSON Lines only: a last line that says that the file is complete."),
}
HEADERS = {
    "CityNet-Revision": _("Revision of the directory that the rows were read at."),
    "CityNet-Date": _(
        "UTC date on which the file was taken. It is of this day, but for what `CityNet-As-Of` "
        "decides."
    ),
    "CityNet-As-Of": _(
        "The day of `as_of`, where one is asked for: that of memberships, of counts, of what "
        "existed. All other facts are those of `CityNet-Date`."
    ),
    "CityNet-Query": _("Filters and columns, in the one way in which they are written."),
    "CityNet-Rows": _("Number of rows of the whole file."),
    "Content-Disposition": _("Name of the file: list and revision."),
}
JSON_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}


class DownloadSchema(FilteredSchema):
    """Describes one list in all its formats."""

    def get_operation_id(self) -> str:
        """Return a name such as ``focus_areas_download``."""
        return f"{self._name.replace('-', '_')}_download"

    def get_summary(self) -> Promise:
        """Return what it does in a few words."""
        return SUMMARIES[self._name]

    def get_description(self) -> Promise:
        """Return what comes and what its headers say."""
        return DESCRIPTION

    def get_override_parameters(self) -> list[Any]:
        """Return the format, the columns and the options."""
        formats = formats_of(self._name)
        columns = ", ".join(f"`{name}`" for name in COLUMN_SETS[self._name].by_name)
        return [
            OpenApiParameter(
                "extension",
                OpenApiTypes.STR,
                OpenApiParameter.PATH,
                description=_("The format."),
                enum=[each.extension for each in formats],
            ),
            OpenApiParameter(
                "columns",
                OpenApiTypes.STR,
                description=format_lazy(
                    "{message} {columns}.",
                    message=_("The columns of the file, separated by commas; all of:"),
                    columns=columns,
                ),
            ),
            *(
                OpenApiParameter(name, OpenApiTypes.BOOL, description=description)
                for name, description in OPTIONS.items()
            ),
            *headers_of_answer(HEADERS),
        ]

    def get_response_serializers(self) -> Any:
        """Return the content of every format."""
        contents: dict[tuple[int, str], Any] = {}
        for each in formats_of(self._name):
            media_type = each.media_type.partition(";")[0]
            contents[200, media_type] = self._shape(each.extension)
        return contents

    def _shape(self, extension: str) -> dict[str, Any]:
        match extension:
            case "json":
                return _document(self._name)
            case "geojson":
                return {"type": "object"}
            case "xlsx":
                return {"type": "string", "format": "binary"}
            case _:
                return {"type": "string"}

    @property
    def _name(self) -> str:
        return self.view.name


def _document(name: str) -> dict[str, Any]:
    columns = COLUMN_SETS[name].by_name.values()
    return {
        "type": "object",
        "required": ["source", "revision", "date", "query", "licence", "rows", "results"],
        "properties": {
            "source": {"type": "string"},
            "revision": {"type": "integer"},
            "date": {"type": "string", "format": "date"},
            "as_of": {"type": "string", "format": "date"},
            "query": {"type": "string"},
            "licence": {"type": "string", "format": "uri"},
            "rows": {"type": "integer"},
            "results": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {column.name: _value(column) for column in columns},
                },
            },
            "complete": {"type": "boolean"},
        },
    }


def _value(column: Column) -> dict[str, Any]:
    schema: dict[str, Any] = {"description": column.description}
    if column.type == "list":
        return {**schema, "type": "array", "items": {"type": "string"}}
    schema["type"] = JSON_TYPES.get(column.type, "string")
    return schema if column.required else {**schema, "nullable": True}
