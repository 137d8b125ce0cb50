"""The directory as a textbook would write it: model serializers, viewsets, generic views."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from django.views.generic import DetailView, ListView
from django_filters import FilterSet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import serializers
from rest_framework.filters import SearchFilter
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from directory.models import (
    City,
    Country,
    FocusArea,
    Funder,
    Membership,
    Network,
    NetworkFocusArea,
    Region,
    Statement,
)
from directory.models.membership import current_on


class CountrySerializer(serializers.ModelSerializer):
    class Meta:
        model = Country
        fields = ["code", "name"]


class RegionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Region
        fields = ["slug", "name"]


class FunderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Funder
        fields = ["slug", "name"]


class FocusAreaSerializer(serializers.ModelSerializer):
    class Meta:
        model = FocusArea
        fields = ["slug", "name"]


class RankedFocusAreaSerializer(serializers.ModelSerializer):
    focus_area = FocusAreaSerializer()

    class Meta:
        model = NetworkFocusArea
        fields = ["rank", "focus_area"]


class NetworkInMembership(serializers.ModelSerializer):
    class Meta:
        model = Network
        fields = ["slug", "name", "acronym"]


class CityInMembership(serializers.ModelSerializer):
    country = CountrySerializer()

    class Meta:
        model = City
        fields = ["slug", "name", "country", "admin1_name", "latitude", "longitude"]


class StatementSerializer(serializers.ModelSerializer):
    class Meta:
        model = Statement
        fields = [
            *("id", "voice", "says", "joined", "left", "ended"),
            *("source", "source_year", "checked", "written_as", "made"),
        ]


class MembershipSerializer(serializers.ModelSerializer):
    network = NetworkInMembership()
    city = CityInMembership()
    statements = StatementSerializer(many=True)
    current = serializers.SerializerMethodField()

    class Meta:
        model = Membership
        fields = [
            *("id", "network", "city", "role", "founder", "joined", "left", "ended"),
            *("current", "standing", "statements"),
        ]

    def get_current(self, membership: Membership) -> bool:
        return membership.is_current_on(timezone.now().date())


class Pages(PageNumberPagination):
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100


class MembershipFilter(FilterSet):
    class Meta:
        model = Membership
        fields = {"network__slug": ["exact"], "city__country": ["exact"], "role": ["exact"]}


class Memberships(ReadOnlyModelViewSet):
    """``?network__slug=eurocities&page_size=100``."""

    permission_classes = [AllowAny]
    renderer_classes = [JSONRenderer]
    serializer_class = MembershipSerializer
    pagination_class = Pages
    filter_backends = [DjangoFilterBackend]
    filterset_class = MembershipFilter
    queryset = (
        Membership.objects.select_related("network", "city__country")
        .prefetch_related("statements")
        .order_by("id")
    )


class NetworkSerializer(serializers.ModelSerializer):
    parent = NetworkInMembership()
    merged_into = NetworkInMembership()
    focus_areas = RankedFocusAreaSerializer(source="focus_area_links", many=True)
    regions = RegionSerializer(many=True)
    countries = CountrySerializer(many=True)
    headquarters_country = CountrySerializer()
    funders = FunderSerializer(many=True)
    listed_members = serializers.IntegerField()

    class Meta:
        model = Network
        fields = [
            *("slug", "name", "acronym", "aliases", "summary", "status", "merged_into", "parent"),
            *("kind", "scope", "founded", "ended", "focus_areas", "regions", "countries"),
            *("headquarters_city", "headquarters_country", "website", "members_are", "joining"),
            *("fee", "eligibility", "members_url", "stated_members", "listed_members"),
            *("funders", "standing", "sources"),
        ]


def networks() -> QuerySet[Network]:
    """Return networks with all that their JSON shows."""
    current = current_on(timezone.now().date(), "memberships__")
    return (
        Network.objects.select_related("parent", "merged_into", "headquarters_country")
        .prefetch_related(
            Prefetch(
                "focus_area_links",
                NetworkFocusArea.objects.select_related("focus_area").order_by("rank"),
            ),
            "regions",
            "countries",
            "funders",
        )
        .annotate(
            listed_members=Count("memberships__city", filter=current, distinct=True),
        )
        .order_by("name")
    )


FACETS = {
    "focus_area": "focus_areas__slug",
    "scope": "scope",
    "region": "regions__slug",
    "member_country": "memberships__city__country",
    "status": "status",
    "kind": "kind",
    "joining": "joining",
    "fee": "fee",
    "funder": "funders__slug",
    "standing": "standing",
}


class Search(ReadOnlyModelViewSet):
    """``?search=women``: substrings of what describes a network, with counts of each facet."""

    permission_classes = [AllowAny]
    renderer_classes = [JSONRenderer]
    serializer_class = NetworkSerializer
    pagination_class = Pages
    filter_backends = [SearchFilter]
    search_fields = ["name", "acronym", "summary", "focus_areas__name", "funders__name"]

    def get_queryset(self) -> QuerySet[Network]:
        """Return all networks."""
        return networks()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with a page of networks and the counts."""
        response = super().list(request, *args, **kwargs)
        found = self.filter_queryset(Network.objects.all()).order_by().values("pk")
        response.data["facets"] = {
            name: {
                str(row[path]): row["count"]
                for row in Network.objects.filter(pk__in=found)
                .values(path)
                .annotate(count=Count("pk", distinct=True))
                .order_by(path)
            }
            for name, path in FACETS.items()
        }
        return response


class CityPage(DetailView):
    """A city with its networks."""

    template_name = "textbook/city.html"
    queryset = City.objects.select_related("country__region").prefetch_related(
        Prefetch(
            "memberships",
            Membership.objects.select_related("network")
            .prefetch_related("statements", "network__focus_areas")
            .order_by("network__name"),
        )
    )


class NetworkPage(DetailView):
    """A network with its facts and a page of its members."""

    template_name = "textbook/network.html"

    def get_queryset(self) -> QuerySet[Network]:
        """Return networks with their facts."""
        return networks()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the first hundred members and how many there are."""
        members = (
            self.object.memberships.filter(current_on(timezone.now().date()))
            .select_related("city__country")
            .prefetch_related("statements")
            .order_by("city__country__name", "city__name")
        )
        return super().get_context_data(members=members[:100], count=members.count(), **kwargs)


class NetworksPage(ListView):
    """A page of networks, filtered by words, with the choices of a form."""

    template_name = "textbook/networks.html"
    paginate_by = 20

    def get_queryset(self) -> QuerySet[Network]:
        """Return networks that hold the words."""
        words = self.request.GET.get("q", "").split()
        found = networks()
        for word in words:
            found = found.filter(
                Q(name__icontains=word)
                | Q(summary__icontains=word)
                | Q(focus_areas__name__icontains=word)
            )
        return found.distinct()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the choices."""
        return super().get_context_data(
            focus_areas=FocusArea.objects.annotate(count=Count("networks")).order_by("name"),
            regions=Region.objects.annotate(count=Count("networks")).order_by("name"),
            **kwargs,
        )
