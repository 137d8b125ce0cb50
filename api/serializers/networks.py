"""Networks in JSON."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.serializers.fields import (
    ApiAddress,
    AsOfAnswer,
    KnownAddress,
    KnownText,
    ListAddress,
    NamesByLanguage,
    PageAddress,
    TrimmedSerializer,
)
from api.serializers.references import (
    CountryReference,
    FunderReference,
    NetworkReference,
    RegionReference,
)
from directory.models import Network
from directory.models.choices import (
    Fee,
    Joining,
    Kind,
    MembersAre,
    NetworkStanding,
    NetworkStatus,
    Scope,
)


class RankedFocusArea(serializers.Serializer):
    """A focus area of a network; rank 1 is what it works on most."""

    rank = serializers.IntegerField(min_value=1)
    slug = serializers.CharField(source="focus_area.slug")
    name = serializers.CharField(source="focus_area.name")
    parent = serializers.CharField(
        source="focus_area.parent.slug",
        default=None,
        allow_null=True,
        help_text=_("Slug of the area that it is a part of."),
    )


class Headquarters(serializers.Serializer):
    """Where a network has its seat."""

    city = KnownText(source="headquarters_city", help_text=_("A label, not a record of a city."))
    country = CountryReference(source="headquarters_country", allow_null=True)


class StatedMembers(serializers.Serializer):
    """How many members a source says the network has; never our own count."""

    count = serializers.IntegerField(source="stated_members")
    as_of = serializers.IntegerField(
        source="stated_members_as_of",
        allow_null=True,
        help_text=_("Year that the source speaks of."),
    )
    source = serializers.URLField(source="stated_members_source")


class NetworkSerializer(TrimmedSerializer):
    """A city network with all its facts. What is not known is `null`."""

    slug = serializers.CharField(help_text=_("Permanent id."))
    url = ApiAddress("network")
    html_url = PageAddress()
    name = serializers.CharField()
    acronym = KnownText()
    aliases = serializers.ListField(child=serializers.CharField(), help_text=_("Other names."))
    names = NamesByLanguage()
    summary = serializers.CharField()
    status = serializers.ChoiceField(NetworkStatus.choices)
    merged_into = NetworkReference(allow_null=True)
    parent = NetworkReference(
        allow_null=True, help_text=_("The network that it is a section or programme of.")
    )
    kind = serializers.ChoiceField(Kind.choices)
    scope = serializers.ChoiceField(Scope.choices)
    founded = serializers.IntegerField(allow_null=True, help_text=_("Year."))
    ended = serializers.IntegerField(allow_null=True, help_text=_("Year."))
    focus_areas = RankedFocusArea(
        source="focus_area_links", many=True, help_text=_("Most important first.")
    )
    regions = RegionReference(many=True, help_text=_("Where it works. Members may lie outside."))
    countries = CountryReference(many=True)
    headquarters = Headquarters(source="*")
    website = KnownAddress()
    members_are = serializers.ChoiceField(MembersAre.choices, help_text=_("Who may be a member."))
    joining = serializers.ChoiceField(Joining.choices, help_text=_("How to become a member."))
    fee = serializers.ChoiceField(Fee.choices)
    eligibility = KnownText(help_text=_("Who may join, in words."))
    members_url = KnownAddress(help_text=_("Where the network publishes its members."))
    stated_members = serializers.SerializerMethodField(
        help_text=_("The count that a source states; `null` where none does.")
    )
    listed_members = serializers.IntegerField(
        help_text=_(
            "Cities listed here as current members, or as members on the day of `as_of`; often "
            "fewer than the network has."
        )
    )
    as_of_answer = AsOfAnswer(
        help_text=_(
            "Whether the network existed on the day of `as_of`, with the members asked for: surely "
            "(`yes`), or `possible` by what years and dates leave open; `null` without `as_of`."
        )
    )
    memberships_url = ListAddress(
        "memberships", "network", help_text=_("Its memberships, former ones included.")
    )
    funders = FunderReference(many=True)
    standing = serializers.ChoiceField(NetworkStanding.choices, help_text=_("How we know of it."))
    sources = serializers.ListField(child=serializers.URLField())

    def get_stated_members(self, network: Network) -> StatedMembers(allow_null=True):
        """Return the stated count with its year and source."""
        return None if network.stated_members is None else StatedMembers(network).data
