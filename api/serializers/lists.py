"""The short lists in JSON: focus areas, countries, funders."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.serializers.fields import (
    ApiAddress,
    KnownText,
    ListAddress,
    NamesByLanguage,
    PageAddress,
    SynonymsByLanguage,
    TrimmedSerializer,
)
from api.serializers.references import FocusAreaReference, NetworkReference, RegionReference
from directory.models import Country, FocusArea


class FocusAreaSerializer(TrimmedSerializer):
    """An issue that networks work on; a tree two levels deep."""

    slug = serializers.CharField(help_text=_("Permanent id."))
    url = ApiAddress("focus-area")
    html_url = PageAddress()
    name = serializers.CharField()
    names = NamesByLanguage()
    synonyms = serializers.ListField(
        child=serializers.CharField(), help_text=_("Other words by which search finds it.")
    )
    synonyms_by_language = SynonymsByLanguage(
        help_text=_("The same in other languages (BCP 47), which search reads too.")
    )
    parent = FocusAreaReference(allow_null=True)
    children = FocusAreaReference(many=True)
    networks = serializers.SerializerMethodField(
        help_text=_("Number of networks that work on it or on a part of it.")
    )
    networks_url = ListAddress("networks", "focus_area", help_text=_("Those networks."))

    def get_networks(self, area: FocusArea) -> int:
        """Return the number of networks on the area or a part of it."""
        return self.context["networks"].get(area.slug, 0)


class CountrySerializer(TrimmedSerializer):
    """A country or territory (ISO 3166-1, and XK), in its regions (UN M49)."""

    code = serializers.CharField(help_text=_("ISO 3166-1 alpha-2 code, or XK. Permanent id."))
    url = ApiAddress("country", "code")
    html_url = PageAddress()
    name = serializers.CharField()
    iso3 = serializers.CharField(help_text=_("ISO 3166-1 alpha-3 code."))
    m49 = KnownText(help_text=_("UN M49 code."))
    region = RegionReference(help_text=_("The finest region that it lies in."))
    continent = RegionReference()
    note = KnownText(help_text=_("Set where M49 lacks the code."))
    networks = serializers.SerializerMethodField(
        help_text=_("Number of networks with a listed current member there.")
    )
    networks_url = ListAddress("networks", "member_country", "code", help_text=_("Those networks."))
    cities_url = ListAddress("cities", "country", "code", help_text=_("Its cities."))

    def get_networks(self, country: Country) -> int:
        """Return the number of networks with a current member in the country."""
        return self.context["networks"].get(country.code, 0)


class FunderSerializer(TrimmedSerializer):
    """An organisation that pays for networks."""

    slug = serializers.CharField(help_text=_("Permanent id."))
    url = ApiAddress("funder")
    html_url = PageAddress()
    name = serializers.CharField()
    networks = NetworkReference(many=True, help_text=_("The networks that it pays for."))
    networks_url = ListAddress("networks", "funder", help_text=_("Those networks with all facts."))
