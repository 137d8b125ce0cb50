"""Memberships as programs write them, for the office of their token."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.addresses import record_address
from api.serializers.memberships import MembershipSerializer
from api.serializers.writing import (
    ConfirmationSerializer,
    DisputeSerializer,
    MembershipChangeSerializer,
    NewMembershipSerializer,
    WithdrawalSerializer,
)
from api.views.memberships import Memberships
from api.writing import idempotency
from api.writing.bodies import read
from api.writing.endpoint import Writes
from api.writing.idempotency import idempotent
from api.writing.preconditions import (
    IF_MATCH,
    IF_MATCH_REQUIRED,
    etag,
    required_versions,
    versions,
)
from directory.models import Membership
from directory.models.choices import Origin
from directory.models.tables import TABLES
from directory.registration import memberships, objections
from directory.registration.memberships import EDITABLE
from directory.registration.problems import Invalid
from directory.registration.records import named_record
from directory.registration.statements import Evidence


class WritableMemberships(Writes, Memberships):
    """Memberships, which anyone reads and the offices of both sides write."""

    @extend_schema(
        summary=_("Add a membership"),
        description=_(
            "Adds a membership as the word of the token's office, which must be its city or its "
            "network. Sent again it answers with the same membership; one that says otherwise of "
            "the same time is a conflict (409) that names the `existing` one."
        ),
        parameters=[idempotency.PARAMETER],
        request=NewMembershipSerializer,
        responses={201: MembershipSerializer},
    )
    @idempotent
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Add a membership."""
        said = read(request, NewMembershipSerializer)
        membership = memberships.add_membership(
            city=named_record(TABLES["cities"], "city", said.pop("city")),
            network=named_record(TABLES["networks"], "network", said.pop("network")),
            **self._as_office(said),
        )
        response = self._answer(membership, status=201)
        response["Location"] = record_address(membership)
        return response

    @extend_schema(
        summary=_("Change or end a membership"),
        description=_(
            "Changes what is sent and leaves the rest. To end it, send `left`, or `ended` where "
            "the day is not known, and a `reason`; its history stays."
        ),
        parameters=[idempotency.PARAMETER, IF_MATCH_REQUIRED],
        request=MembershipChangeSerializer,
        responses=MembershipSerializer,
    )
    @idempotent
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a membership, or end it."""
        seen = required_versions(request)
        said = read(request, MembershipChangeSerializer)
        if not set(EDITABLE) & set(said):
            fields = ", ".join(EDITABLE)
            raise Invalid({"": [gettext("Send what to change: %(fields)s.") % {"fields": fields}]})
        rule = memberships.change_membership
        # Where it is said to have ended both ways, that rule knows what to say.
        if bool(said.get("left")) != bool(said.get("ended")):
            rule = memberships.end_membership
            said.pop("ended", None)
            said.setdefault("reason", "")
        return self._speak(rule, said, versions=seen)

    @extend_schema(
        summary=_("Confirm a membership"),
        description=_("Says, as the token's office, that it is still true; twice a day is once."),
        parameters=[idempotency.PARAMETER, IF_MATCH],
        request=ConfirmationSerializer,
        responses=MembershipSerializer,
    )
    @idempotent
    def confirm(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say that a membership is still true."""
        return self._speak(memberships.confirm, read(request, ConfirmationSerializer))

    @extend_schema(
        summary=_("Dispute a membership"),
        description=_(
            "Says, as the token's office, that the city is not a member. While the other side says "
            "that it is, both words stand and editors are told."
        ),
        parameters=[idempotency.PARAMETER, IF_MATCH],
        request=DisputeSerializer,
        responses=MembershipSerializer,
    )
    @idempotent
    def dispute(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say that the city is not a member."""
        return self._speak(objections.dispute, read(request, DisputeSerializer))

    @extend_schema(
        summary=_("Withdraw what was said of a membership"),
        description=_(
            "Takes back all that the token's office said of it, as a mistake. Where nobody else "
            "speaks of it the membership goes (204); else it says what the others say."
        ),
        parameters=[idempotency.PARAMETER, IF_MATCH],
        request=WithdrawalSerializer,
        responses={200: MembershipSerializer, 204: None},
    )
    @idempotent
    def withdraw(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take back what was said."""
        return self._speak(objections.withdraw, read(request, WithdrawalSerializer))

    def _speak(
        self, rule: Callable[..., Membership | None], said: dict[str, Any], **more: Any
    ) -> Response:
        """Answer with the membership of the address after a rule was carried out on it."""
        given = {"versions": versions(self.request)} | more
        membership = rule(membership=self.get_object(), **given, **self._as_office(said))
        return Response(status=204) if membership is None else self._answer(membership)

    def _as_office(self, said: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments of a rule: who says it, for whom, and where it can be read."""
        evidence = {name: said.pop(name) for name in ("source", "source_year") if name in said}
        return {
            "actor": self.request.user,
            "office": self.request.auth.office,
            "origin": Origin.API,
            **({"evidence": Evidence(**evidence)} if evidence else {}),
            **said,
        }

    def _answer(self, membership: Membership, status: int = 200) -> Response:
        """Answer with the membership as it is now, as GET gives it."""
        # A refusal after the write would say that nothing was written.
        written = self.get_queryset().filter(pk=membership.pk).first() or membership
        response = Response(self.get_serializer(written).data, status=status)
        address = record_address(written).removeprefix(settings.SITE_URL)
        response["ETag"] = etag(written, address)
        return response
