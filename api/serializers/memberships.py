"""Memberships and the statements that they rest on, in JSON."""

import datetime

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.addresses import page_address
from api.serializers.fields import (
    ApiAddress,
    AsOfAnswer,
    KnownAddress,
    KnownText,
    PageAddress,
    TrimmedSerializer,
)
from api.serializers.references import CityReference, NetworkReference
from directory.insights.statements import is_old, last_confirmed, newest_year
from directory.models import Membership, Statement
from directory.models.choices import MembershipStanding, Role, Says, Voice

DATE_HELP = _("As written: `2019`, `2019-05` or `2019-05-03`; `null` where not known.")
LAST_DAY_HELP = _(
    "Last day, inclusive; as written: `2019`, `2019-05` or `2019-05-03`; `null` where not known."
)


class StatementInMembership(serializers.Serializer):
    """What one voice says of a membership."""

    id = serializers.CharField(source="public_id", help_text=_("Permanent id, such as `s00001`."))
    url = ApiAddress("statement", "public_id")
    voice = serializers.ChoiceField(Voice.choices, help_text=_("Who speaks."))
    says = serializers.ChoiceField(Says.choices)
    joined = KnownText(help_text=DATE_HELP)
    left = KnownText(help_text=LAST_DAY_HELP)
    ended = serializers.BooleanField(help_text=_("The city has left; when is not known."))
    source = KnownAddress(help_text=_("Where it can be read."))
    source_year = serializers.IntegerField(
        allow_null=True, help_text=_("Year that the source speaks of; null: undated source.")
    )
    checked = serializers.BooleanField(help_text=_("Whether it was seen on the cited page."))
    written_as = KnownText(help_text=_("The city's name in the source, where it differs."))
    made = serializers.DateField(help_text=_("Day on which it was recorded."))


class MembershipSerializer(TrimmedSerializer):
    """One city in one network over one period, with all that it rests on."""

    id = serializers.CharField(source="public_id", help_text=_("Permanent id, such as `m00001`."))
    url = ApiAddress("membership", "public_id")
    html_url = PageAddress()
    network = NetworkReference()
    city = CityReference()
    role = serializers.ChoiceField(Role.choices)
    founder = serializers.BooleanField()
    joined = KnownText(help_text=DATE_HELP)
    left = KnownText(help_text=LAST_DAY_HELP)
    ended = serializers.BooleanField(help_text=_("The city has left; when is not known."))
    current = serializers.SerializerMethodField(
        help_text=_("Whether it is open, or today (UTC) may lie within.")
    )
    as_of_answer = AsOfAnswer(
        help_text=_(
            "Whether the day of `as_of` lies within: surely (`yes`), or `possible` by what its "
            "dates leave open; `null` without `as_of`."
        )
    )
    standing = serializers.ChoiceField(
        MembershipStanding.choices,
        help_text=_("How well it is known; derived from the statements."),
    )
    newest_year = serializers.SerializerMethodField(
        help_text=_("Newest year that a statement speaks of; `null` where all are undated.")
    )
    old = serializers.SerializerMethodField(
        help_text=_("Whether the newest word on it is older than five years.")
    )
    last_confirmed = serializers.SerializerMethodField(
        help_text=_(
            "Day on which city or network last said that it is a membership; `null` where "
            "neither did. Ask again where it is long ago."
        )
    )
    statements = StatementInMembership(many=True, help_text=_("Oldest first."))

    def get_current(self, membership: Membership) -> bool:
        """Return whether the membership is current on the day of the answer."""
        return membership.is_current_on(self.context["day"])

    def get_newest_year(self, membership: Membership) -> int | None:
        """Return the newest year that its statements speak of."""
        return newest_year(membership)

    def get_old(self, membership: Membership) -> bool:
        """Return whether the newest word on it is older than five years."""
        return is_old(membership, self.context["day"])

    def get_last_confirmed(self, membership: Membership) -> datetime.date | None:
        """Return when one of its offices last confirmed it."""
        return last_confirmed(membership)


class MembershipReference(serializers.Serializer):
    """A membership inside a statement."""

    id = serializers.CharField(source="public_id")
    url = ApiAddress("membership", "public_id")
    network = NetworkReference()
    city = CityReference()


class StatementSerializer(StatementInMembership, TrimmedSerializer):
    """What one voice says of a membership, and where it can be read."""

    html_url = serializers.SerializerMethodField(
        help_text=_("Its place on the page about the membership, for people.")
    )
    membership = MembershipReference()

    @extend_schema_field(OpenApiTypes.URI)
    def get_html_url(self, statement: Statement) -> str:
        """Return the absolute address."""
        return f"{page_address(statement.membership)}#{statement.public_id}"
