"""Lists whole, as files: the same filters as the lists, all rows, streamed."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request

from api.download_schema import DownloadSchema
from api.filters import filter_names, valid_filters
from api.parameters import unknown_name
from api.resources import Endpoint
from directory.downloads.columns import COLUMN_SETS, UnknownColumns
from directory.downloads.file_formats import FileFormat, formats_of
from directory.downloads.lists import FILTER_SETS, unfiltered
from directory.downloads.taking import Download, TooManyRows, Wanted, take
from directory.models.columns import Column
from directory.search.filters import DayFilterSet

YES_NO = {"true": True, "false": False}


class Downloads(Endpoint):
    """One list in every format that it can be taken in; ``name`` says which list."""

    schema = DownloadSchema()
    name = "networks"

    @property
    def filterset_class(self) -> type[DayFilterSet] | None:
        """The filters of the list, None where it has none."""
        return FILTER_SETS[self.name]

    @property
    def known_parameters(self) -> frozenset[str]:
        """The filters of the list, the choice of columns, and the options of the format."""
        names, _repeatable = filter_names(self.filterset_class)
        return frozenset({*names, "columns", *self.file_format.options})

    @property
    def repeatable_parameters(self) -> frozenset[str]:
        """The filters that take several values, and the columns, as a form sends them."""
        return frozenset({*filter_names(self.filterset_class)[1], "columns"})

    @property
    def file_format(self) -> FileFormat:
        """The format of the address; raises NotFound for one that the list has not."""
        extension = self.kwargs["extension"]
        formats = {each.extension: each for each in formats_of(self.name)}
        if extension not in formats:
            known = ", ".join(formats)
            raise NotFound(
                _("There is no “%(extension)s” of this list; there is: %(known)s.")
                % {"extension": extension[:100], "known": known}
            )
        return formats[extension]

    def get(self, request: Request, extension: str) -> HttpResponseBase:
        """Answer with the file; to HEAD only with its headers."""
        file_format = self.file_format
        wanted = Wanted(
            name=self.name,
            file_format=file_format,
            columns=self.columns(request),
            filters=self.filters(request),
            day=self.day,
            options={name: self.option(request, name) for name in file_format.options},
        )
        try:
            download = take(wanted)
        except TooManyRows as error:
            raise ValidationError(
                {
                    "extension": _("Such a file holds at most %(most)d rows: take another format.")
                    % {"most": error.most}
                }
            ) from error
        return answer(download, whole=request.method != "HEAD")

    def filters(self, request: Request) -> DayFilterSet | None:
        """Return the filters as asked for; raises ValidationError."""
        if self.filterset_class is None:
            return None
        return valid_filters(self.filterset_class, request, unfiltered(self.name), day=self.day)

    def columns(self, request: Request) -> tuple[Column, ...]:
        """Return the columns as asked for, all where none is; raises ValidationError."""
        written = ",".join(request.query_params.getlist("columns"))
        names = [name.strip() for name in written.split(",") if name.strip()]
        column_set = COLUMN_SETS[self.name]
        try:
            return column_set.chosen(names)
        except UnknownColumns as error:
            raise ValidationError(
                {
                    "columns": [
                        unknown_name(
                            _("“%(name)s” is no column.") % {"name": name[:100]},
                            name,
                            list(column_set.by_name),
                        )
                        for name in error.names[:10]
                    ]
                }
            ) from error

    def option(self, request: Request, name: str) -> bool:
        """Return whether an option is on; raises ValidationError."""
        written = request.query_params.get(name, "") or "false"
        if written not in YES_NO:
            raise ValidationError({name: [_("Use true or false.")]})
        return YES_NO[written]


def answer(download: Download, *, whole: bool) -> HttpResponseBase:
    """Return the response that sends a download, and gives up its moment when it is closed."""
    headers: dict[str, Any] = {
        "Content-Disposition": f'attachment; filename="{download.file_name}"',
        "CityNet-Revision": download.revision,
        "CityNet-Query": download.query,
        "CityNet-Rows": download.rows,
        "CityNet-Date": download.day.isoformat(),
    }
    if download.as_of:
        headers["CityNet-As-Of"] = download.as_of.isoformat()
    media_type = download.file_format.media_type
    if whole:
        return StreamingHttpResponse(download, content_type=media_type, headers=headers)
    download.close()
    return HttpResponse(content_type=media_type, headers=headers)
