"""Cities in JSON."""

from rest_framework import serializers

from api.serializers.fields import (
    ApiAddress,
    KnownAddress,
    KnownText,
    ListAddress,
    NamesByLanguage,
    PageAddress,
    TrimmedSerializer,
)
from api.serializers.references import CountryReference


class CitySerializer(TrimmedSerializer):
    """A city (municipality). What is not known is `null`."""

    slug = serializers.CharField(help_text="Permanent id.")
    url = ApiAddress("city")
    html_url = PageAddress()
    name = serializers.CharField()
    names = NamesByLanguage()
    country = CountryReference()
    admin1_code = KnownText(help_text="First-level division: its GeoNames code.")
    admin1_name = KnownText(help_text="First-level division, such as a state or province.")
    latitude = serializers.FloatField(help_text="Degrees north, WGS 84.")
    longitude = serializers.FloatField(help_text="Degrees east, WGS 84.")
    population = serializers.IntegerField(allow_null=True, help_text="Inhabitants (GeoNames).")
    timezone = KnownText(help_text="IANA name.")
    geonameid = serializers.IntegerField(
        allow_null=True, help_text="Id in GeoNames; null where that lacks the municipality."
    )
    wikidata = KnownText(help_text="Id in Wikidata.")
    website = KnownAddress()
    listed_networks = serializers.IntegerField(
        help_text="Networks that it is listed in as a current member."
    )
    memberships_url = ListAddress(
        "memberships", "city", help_text="Its memberships, former ones included."
    )
    networks_url = ListAddress(
        "networks", "member", help_text="The networks that it is a current member of."
    )
