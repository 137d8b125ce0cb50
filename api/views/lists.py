"""The short lists: focus areas, countries, funders."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view

from api.counts import networks_by
from api.paging import NumberedPages
from api.resources import Resource
from api.serializers.lists import CountrySerializer, FocusAreaSerializer, FunderSerializer
from directory.models import Country, FocusArea, Funder, Network


@extend_schema_view(
    list=extend_schema(
        summary=_("List focus areas"),
        description=_("The issues that networks work on: each top area, then its parts."),
    ),
    retrieve=extend_schema(
        summary=_("One focus area"),
        description=_("A focus area by its slug."),
    ),
)
class FocusAreas(Resource):
    """The tree of issues, with how many networks work on each."""

    table = "focus_areas"
    address_name = "focus-area"
    record_type = "focus area"
    serializer_class = FocusAreaSerializer
    pagination_class = NumberedPages

    def get_queryset(self) -> QuerySet[FocusArea]:
        """Return focus areas with what the answer shows beside their own columns."""
        areas = FocusArea.objects.public().in_display_order()
        if self.wants("parent"):
            areas = areas.select_related("parent")
        if self.wants("children"):
            children = FocusArea.objects.public().in_display_order()
            areas = areas.prefetch_related(Prefetch("children", children))
        if self.wants("names", "synonyms_by_language"):
            areas = areas.prefetch_related("labels")
        return areas

    def get_serializer_context(self) -> dict[str, Any]:
        """Tell the serializer how many networks work on each area."""
        counts = SimpleLazyObject(lambda: networks_by("focus_area", self.day))
        return {**super().get_serializer_context(), "networks": counts}


@extend_schema_view(
    list=extend_schema(
        summary=_("List countries"),
        description=_("Countries and territories by name, also those without any member city."),
    ),
    retrieve=extend_schema(
        summary=_("One country"),
        description=_("A country by its two-letter code, in either case."),
    ),
)
class Countries(Resource):
    """Countries in their regions, with how many networks have members there."""

    table = "countries"
    address_name = "country"
    serializer_class = CountrySerializer
    pagination_class = NumberedPages
    lookup_field = "code"

    def get_queryset(self) -> QuerySet[Country]:
        """Return countries with what the answer shows beside their own columns."""
        countries = Country.objects.public().order_by("name_key", "code")
        if self.wants("region", "continent"):
            countries = countries.select_related("region__parent")
        return countries

    def lookup(self, identifier: str) -> dict[str, Any]:
        """Return the condition on the country with the code, in either case."""
        return {"code": identifier.upper()}

    def logged_id(self) -> str:
        """Return the code as the change log writes it."""
        return super().logged_id().upper()

    def get_serializer_context(self) -> dict[str, Any]:
        """Tell the serializer how many networks have members in each country."""
        counts = SimpleLazyObject(lambda: networks_by("member_country", self.day))
        return {**super().get_serializer_context(), "networks": counts}


@extend_schema_view(
    list=extend_schema(
        summary=_("List funders"),
        description=_("Organisations that pay for networks, by name, each with those networks."),
    ),
    retrieve=extend_schema(
        summary=_("One funder"),
        description=_("A funder by its slug."),
    ),
)
class Funders(Resource):
    """Funders with the networks that they pay for."""

    table = "funders"
    address_name = "funder"
    record_type = "funder"
    serializer_class = FunderSerializer
    pagination_class = NumberedPages

    def get_queryset(self) -> QuerySet[Funder]:
        """Return funders with what the answer shows beside their own columns."""
        funders = Funder.objects.public().order_by("name_key", "slug")
        if self.wants("networks"):
            networks = Network.objects.public().by_name()
            funders = funders.prefetch_related(Prefetch("networks", networks))
        return funders
