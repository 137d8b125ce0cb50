"""Lists of memberships that programs hand in: previewed, decided row by row, published at once."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from api.paging import NumberedPages
from api.resources import Endpoint
from api.serializers.uploads import (
    ListedUploadSerializer,
    NewUploadSerializer,
    RowChoiceSerializer,
    UploadConfirmationSerializer,
    UploadPageSerializer,
    UploadRowSerializer,
    UploadSerializer,
    UploadsPageSerializer,
)
from api.writing import idempotency
from api.writing.bodies import read
from api.writing.endpoint import Writes
from api.writing.idempotency import idempotent, idempotent_as_one
from directory.models import City, Upload
from directory.models.choices import Origin
from directory.models.upload import Verdict
from directory.registration import bulk
from directory.registration.problems import Invalid

PAGE_PARAMETERS = [
    OpenApiParameter("page", int, description=_("Number of the page.")),
    OpenApiParameter("page_size", int, description=_("How many on a page, at most 100.")),
]


class Uploads(Writes, ViewSetMixin, Endpoint):
    """The lists of the token's person for its office; nobody else's are there."""

    is_private = True
    limits = {"create": "upload"}
    lookup_field = "id"
    address_name = "upload"
    parameters = frozenset({"verdict", *NumberedPages.parameters})

    @extend_schema(
        operation_id="uploads_create",
        summary=_("Hand in a list of memberships"),
        description=_(
            "Looks through a list and says what would become of each row; nothing is published. "
            "Names are matched in any spelling or script. Choose where there is doubt, then "
            "confirm."
        ),
        parameters=[idempotency.PARAMETER],
        request=NewUploadSerializer,
        responses={201: UploadSerializer},
    )
    @idempotent_as_one
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Preview a list."""
        said = read(request, NewUploadSerializer)
        upload = bulk.preview(
            actor=request.user,
            office=request.auth.office,
            rows=said.pop("rows"),
            is_complete=said.pop("complete", False),
            origin=Origin.API,
            **said,
        )
        summary = self._summary(upload)
        return Response(summary, status=201, headers={"Location": summary["url"]})

    @extend_schema(
        operation_id="uploads_list",
        summary=_("Your lists"),
        description=_("The lists that the token's person handed in for its office, newest first."),
        parameters=PAGE_PARAMETERS,
        responses=UploadsPageSerializer,
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with a page of the person's uploads."""
        pages = NumberedPages()
        own = bulk.uploads_of(actor=request.user, office=request.auth.office)
        found = pages.paginate_queryset(own, request)
        return pages.get_paginated_response(ListedUploadSerializer(found, many=True).data)

    @extend_schema(
        operation_id="uploads_destroy",
        summary=_("Discard a list"),
        description=_("Gives a list up that is not published; nothing of it will be."),
        parameters=[idempotency.PARAMETER],
        request=None,
        responses={204: None},
    )
    @idempotent
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Discard an upload; twice is once."""
        bulk.discard(actor=request.user, upload=self.upload)
        return Response(status=204)

    @extend_schema(
        operation_id="uploads_retrieve",
        summary=_("One list that was handed in"),
        description=_("What would become of its rows, or became of them; a page of rows."),
        parameters=[
            OpenApiParameter(
                "verdict",
                {"type": "string", "enum": Verdict.values},
                description=_("Rows of this verdict alone."),
            ),
            *PAGE_PARAMETERS,
        ],
        responses=UploadPageSerializer,
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with an upload and a page of its rows."""
        rows = self.upload.rows.order_by("number")
        verdict = request.query_params.get("verdict")
        if verdict is not None:
            if verdict not in Verdict.values:
                known = ", ".join(Verdict.values)
                raise ValidationError({"verdict": [gettext("Known here: %s.") % known]})
            rows = rows.filter(verdict=verdict)
        pages = NumberedPages()
        found = pages.paginate_queryset(rows, request)
        results = UploadRowSerializer(found, many=True).data
        return Response({**self._summary(self.upload), **pages.envelope(results)})

    @extend_schema(
        operation_id="uploads_rows_partial_update",
        summary=_("Choose for a row"),
        description=_("Says which city or network a row means, or that it is to be left out."),
        parameters=[
            idempotency.PARAMETER,
            OpenApiParameter(
                "number", OpenApiTypes.INT, OpenApiParameter.PATH, description=_("Of the row.")
            ),
        ],
        request=RowChoiceSerializer,
        responses=UploadRowSerializer,
    )
    @idempotent
    def choose(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Choose for one row."""
        number = self.kwargs["number"]
        if not self.upload.rows.filter(number=number).exists():
            raise NotFound(gettext("There is no row %(number)d.") % {"number": number})
        choice = self._choice(read(request, RowChoiceSerializer))
        upload = bulk.choose(actor=request.user, upload=self.upload, choices={number: choice})
        # A row of something missing goes when its turn comes anew.
        row = upload.rows.filter(number=number).first()
        return Response(None if row is None else UploadRowSerializer(row).data)

    @extend_schema(
        operation_id="uploads_confirm",
        summary=_("Publish a list"),
        description=_(
            "Publishes what the preview shows, all of it in one change, or nothing; twice is once."
        ),
        parameters=[idempotency.PARAMETER],
        request=UploadConfirmationSerializer,
        responses=UploadSerializer,
    )
    @idempotent
    def confirm(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Publish an upload."""
        said = read(request, UploadConfirmationSerializer)
        return Response(self._summary(bulk.confirm(actor=request.user, upload=self.upload, **said)))

    @cached_property
    def upload(self) -> Upload:
        """The upload of the address; raises NotFound, also for another's."""
        token = self.request.auth
        found = bulk.upload_of(actor=token.person, office=token.office, key=self.kwargs["id"])
        if found is None:
            raise NotFound(gettext("There is no such upload of yours."))
        return found

    @property
    def known_parameters(self) -> frozenset[str]:
        """Rows have verdicts, lists have none."""
        known = super().known_parameters
        return known - {"verdict"} if self.action == "list" else known

    def _summary(self, upload: Upload) -> dict[str, Any]:
        return UploadSerializer(upload, context={"counts": bulk.counts(upload)}).data

    def _choice(self, said: dict[str, Any]) -> bulk.Choice:
        own = "network" if isinstance(self.upload.office, City) else "city"
        other = "city" if own == "network" else "network"
        if other in said:
            sentence = gettext("The rows of this list name no such thing: send “%(name)s”.")
            raise Invalid({other: [sentence % {"name": own}]})
        return bulk.Choice(
            record=said.get(own, ""),
            typed=said.get("name", ""),
            skip=said.get("skip", False),
            end=said.get("end"),
        )
