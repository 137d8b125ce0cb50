"""What every endpoint shares: reading only, strict parameters, trimming, headers."""

import datetime
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django_filters import FilterSet
from rest_framework.exceptions import NotFound
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from api.addresses import api_address
from api.filters import DirectoryFilters, filter_names
from api.paging import whole_number
from api.parameters import check_parameters, wanted_fields
from api.permissions import PublicRead
from api.renderers import JSONAlways
from api.schema import Schema
from api.serializers.past import PastRecordSerializer
from directory.history import NoSuchRevision, NotThere, past_record
from directory.models import Redirect
from directory.models.tables import TABLES

# More than whole_number() reads there will not be.
LARGEST_REVISION = 999_999_999
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


class Endpoint(APIView):
    """An address of the API: anyone may read it, its answers are JSON under the data's licence.

    ``parameters`` names what its query string may hold, ``repeatable`` what more than once.
    """

    schema = Schema()
    permission_classes = [PublicRead]
    content_negotiation_class = JSONAlways
    parameters: frozenset[str] = frozenset()
    repeatable: frozenset[str] = frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what would write, and parameters that are not understood."""
        super().initial(request, *args, **kwargs)
        if request.method != "OPTIONS":
            check_parameters(request, self.known_parameters, self.repeatable_parameters)

    @property
    def known_parameters(self) -> frozenset[str]:
        """The parameters of this request's action."""
        return self.parameters

    @property
    def repeatable_parameters(self) -> frozenset[str]:
        """Those of the parameters that may be given several times."""
        return self.repeatable

    def finalize_response(
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Name the licence of the data and the description of the API."""
        response = super().finalize_response(request, response, *args, **kwargs)
        description = api_address("schema")
        links = [f'<{description}>; rel="service-desc"']
        if response.status_code < 400:
            links.insert(0, f'<{LICENCE}>; rel="license"')
        response.headers["Link"] = ", ".join(links)
        return response

    @cached_property
    def day(self) -> datetime.date:
        """The UTC date of which the answer speaks."""
        return timezone.now().date()


@cache
def _field_names(serializer_class: type[Serializer]) -> tuple[str, ...]:
    """Return the names of the fields of a serializer, whose making copies each of them."""
    return tuple(serializer_class().get_fields())


class NoRedirect(NotFound):
    """Raised where nothing is found, and nothing that stands for it today would be an answer."""


class Resource(Endpoint, ListModelMixin, RetrieveModelMixin, GenericViewSet):
    """The list of one kind of record, and each record at its permanent address.

    ``address_name`` and ``record_type`` find a record's present address where its id has changed,
    ``table`` is the one of the data package that holds it.
    """

    filter_backends = [DirectoryFilters]
    filterset_class: type[FilterSet] | None = None
    lookup_field = "slug"
    table: str
    address_name: str
    record_type: str | None = None

    @property
    def known_parameters(self) -> frozenset[str]:
        """``fields`` everywhere; on lists also the filters and the parameters that page."""
        if self.action != "list":
            return frozenset({"fields", "revision"})
        names, _repeatable = filter_names(self.filterset_class)
        return frozenset({"fields", *names, *self.pagination_class.parameters})

    @property
    def repeatable_parameters(self) -> frozenset[str]:
        """The filters that take several values."""
        return frozenset(filter_names(self.filterset_class)[1])

    @cached_property
    def only(self) -> frozenset[str] | None:
        """The fields that the answer is trimmed to; None for all of them."""
        return wanted_fields(self.request, _field_names(self.serializer_class))

    def wants(self, *fields: str) -> bool:
        """Return whether any of the fields is part of the answer."""
        return self.only is None or not self.only.isdisjoint(fields)

    def get_serializer(self, *args: Any, **kwargs: Any) -> Serializer:
        """Return the serializer, trimmed as the request wants."""
        return super().get_serializer(*args, only=self.only, **kwargs)

    def get_serializer_context(self) -> dict[str, Any]:
        """Tell the serializer the day."""
        return {**super().get_serializer_context(), "day": self.day}

    def paginate_queryset(self, queryset: QuerySet) -> list[Model]:
        """Return a page of records, completed."""
        records = super().paginate_queryset(queryset)
        self.complete(records)
        return records

    def get_object(self) -> Model:
        """Return the record of the address, completed; raises NotFound."""
        identifier = self.kwargs[self.lookup_field]
        record = self.get_queryset().filter(**self.lookup(identifier)).first()
        if record is None:
            raise NotFound(_("There is no record “%(id)s” at this address.") % {"id": identifier})
        self.complete([record])
        return record

    def lookup(self, identifier: str) -> dict[str, Any]:
        """Return the condition on a record with the public id."""
        return {self.lookup_field: identifier}

    def complete(self, records: Sequence[Model]) -> None:
        """Add to records what is computed for a page at once."""

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with one record, or lead to where a former id leads now.

        With ``revision``, with what it said then.
        """
        try:
            return self.at_revision() if "revision" in request.query_params else self.now()
        except NoRedirect:
            raise
        except NotFound:
            address = self.present_address(self.kwargs[self.lookup_field])
            if address is None:
                raise
            query = request.META.get("QUERY_STRING", "")
            location = f"{address}?{query}" if query else address
            return Response({"url": address}, status=301, headers={"Location": location})

    def now(self) -> Response:
        """Answer with the record as it is; raises NotFound."""
        return Response(self.get_serializer(self.get_object()).data)

    def at_revision(self) -> Response:
        """Answer with what the record said at a revision; raises NotFound."""
        largest = LARGEST_REVISION
        revision = whole_number(
            self.request, "revision", default=largest, smallest=0, largest=largest
        )
        only = wanted_fields(self.request, TABLES[self.table].column_names)
        try:
            past = past_record(self.table, self.logged_id(), revision)
        except NoSuchRevision as error:
            raise NoRedirect(str(error)) from error
        except NotThere as error:
            raise (NotFound if error.was_removed else NoRedirect)(str(error)) from error
        return Response(PastRecordSerializer(past, only=only).data)

    def logged_id(self) -> str:
        """Return the public id of the address as the change log writes it."""
        return self.kwargs[self.lookup_field]

    def present_address(self, former: str) -> str | None:
        """Return the address of the record that once had this id, or None."""
        if self.record_type is None:
            return None
        present = present_slug(self.record_type, former)
        return present and api_address(self.address_name, present)


def present_slug(record_type: str, former: str) -> str | None:
    """Return the present id of the record that once had this one, or None; one query."""
    redirects = Redirect.objects.public().filter(record_type=record_type, old_slug=former)
    return redirects.values_list("new_slug", flat=True).first()


def moved_or_missing(record_type: str, former: str, request: Request, *, part: str) -> Response:
    """Lead to the same part of the record that once had this id; raises NotFound where none had.

    ``part`` is what stands behind the record in the address.
    """
    present = present_slug(record_type, former)
    if present is None:
        raise NotFound(_("There is no record “%(id)s” at this address.") % {"id": former})
    address = api_address(record_type, present) + part
    query = request.META.get("QUERY_STRING", "")
    location = f"{address}?{query}" if query else address
    return Response({"url": address}, status=301, headers={"Location": location})
