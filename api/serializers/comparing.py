"""Networks and cities side by side, in JSON, and networks that may fit a city."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from api.serializers.cities import CitySerializer
from api.serializers.fields import KnownText
from api.serializers.networks import NetworkSerializer
from api.serializers.references import CityReference, FocusAreaReference, NetworkReference
from directory.insights.comparing import Overlap, Pair


class SlugsField(serializers.ListField):
    """The ids of some records."""

    child = serializers.CharField()

    def to_representation(self, data: list[Any]) -> list[str]:
        """Return the id of each."""
        return [record.slug for record in data]


class OverlapSerializer(serializers.Serializer):
    """What just some of the records compared have, and no other of them."""

    of = SlugsField(source="holders", help_text=_("Ids of those that have it."))
    count = serializers.SerializerMethodField(help_text=_("How much that is."))

    def get_count(self, overlap: Overlap) -> int:
        """Return how many there are, given or not."""
        return len(overlap.items)

    def given(self, overlap: Overlap) -> list[Any]:
        """Return as many as are asked for."""
        return overlap.items[: self.context["limit"]]


class OverlapOfMembersSerializer(OverlapSerializer):
    """Cities that are in just some of the networks compared."""

    cities = serializers.SerializerMethodField(help_text=_("By name, no more than `limit`."))

    def get_cities(self, overlap: Overlap) -> CityReference(many=True):
        """Return the first of the cities."""
        return CityReference(self.given(overlap), many=True).data


class OverlapOfNetworksSerializer(OverlapSerializer):
    """Networks that just some of the cities compared are in."""

    networks = serializers.SerializerMethodField(help_text=_("By name, no more than `limit`."))

    def get_networks(self, overlap: Overlap) -> NetworkReference(many=True):
        """Return the first of the networks."""
        return NetworkReference(self.given(overlap), many=True).data


class OverlapOfFocusAreasSerializer(OverlapSerializer):
    """Focus areas that just some of the networks compared work on, or on a part of them."""

    focus_areas = FocusAreaReference(source="items", many=True)


class PairSerializer(serializers.Serializer):
    """Two of the records compared."""

    of = serializers.SerializerMethodField(help_text=_("Ids of both."))
    both = serializers.IntegerField(help_text=_("How much both have."))
    either = serializers.IntegerField(help_text=_("How much at least one of them has."))

    def get_of(self, pair: Pair) -> list[str]:
        """Return the ids of both."""
        return [pair.first.slug, pair.second.slug]


class SharingSerializer(serializers.Serializer):
    """Who of the records compared has what; nothing stands in two overlaps."""

    in_all = serializers.IntegerField(help_text=_("How much all of them have."))
    in_any = serializers.IntegerField(help_text=_("How much at least one of them has."))


class SharedMembersSerializer(SharingSerializer):
    """Which cities are in which of the networks compared."""

    pairs = PairSerializer(many=True)
    overlaps = OverlapOfMembersSerializer(
        many=True, help_text=_("From the cities in all networks to those in one alone.")
    )


class SharedNetworksSerializer(SharingSerializer):
    """Which networks have which of the cities compared."""

    pairs = PairSerializer(many=True)
    overlaps = OverlapOfNetworksSerializer(
        many=True, help_text=_("From the networks of all cities to those of one alone.")
    )


class SharedFocusAreasSerializer(SharingSerializer):
    """Which of the networks compared work on what."""

    overlaps = OverlapOfFocusAreasSerializer(many=True)


class ComparisonSerializer(serializers.Serializer):
    """What every comparison says of itself."""

    day = serializers.DateField(help_text=_("The day whose memberships are compared."))
    html_url = serializers.URLField(help_text=_("The comparison as a page, for people."))
    file_url = serializers.URLField(help_text=_("All that any of them has, whole, as CSV."))


@extend_schema_serializer(many=False)
class NetworkComparisonSerializer(ComparisonSerializer):
    """Two to four networks side by side."""

    networks = NetworkSerializer(many=True, help_text=_("In the order in which they were named."))
    focus_areas = SharedFocusAreasSerializer()
    members = SharedMembersSerializer()


class CoveringSerializer(serializers.Serializer):
    """How many networks of one city work on a focus area, or on a part of it."""

    city = serializers.CharField(help_text=_("Its id."))
    networks = serializers.IntegerField()


class AreaCoverSerializer(serializers.Serializer):
    """A focus area that a network of any of the cities works on."""

    focus_area = FocusAreaReference(source="area")
    cities = serializers.SerializerMethodField()

    def get_cities(self, cover: Any) -> CoveringSerializer(many=True):
        """Return the count of each city."""
        return [{"city": city.slug, "networks": count} for city, count in cover.by_city]


@extend_schema_serializer(many=False)
class CityComparisonSerializer(ComparisonSerializer):
    """Two to four cities side by side."""

    cities = CitySerializer(many=True, help_text=_("In the order in which they were named."))
    networks = SharedNetworksSerializer()
    focus_areas = AreaCoverSerializer(source="areas", many=True)


class FitSerializer(serializers.Serializer):
    """A network that a city may join."""

    network = NetworkReference()
    eligibility = KnownText(
        source="network.eligibility",
        help_text=_("Who may join, as the network states it; not judged here."),
    )
    reasons = serializers.ListField(
        child=serializers.CharField(), help_text=_("In words, the weightiest first.")
    )


@extend_schema_serializer(many=False)
class FittingNetworksSerializer(serializers.Serializer):
    """The networks that a city may join, best first: one page of them."""

    city = CityReference()
    day = serializers.DateField(help_text=_("The day whose memberships are compared."))
    html_url = serializers.URLField(help_text=_("The same as a page, for people."))
    focus_areas = FocusAreaReference(many=True, help_text=_("Those chosen."))
    joined = NetworkReference(many=True, help_text=_("Networks that it is in already."))
    count = serializers.IntegerField(help_text=_("Networks on all pages together."))
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = FitSerializer(many=True)
