"""Records as they appear inside others: enough to show them, and the address of the rest."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.serializers.fields import ApiAddress, KnownText


class RegionReference(serializers.Serializer):
    """A region of the world (UN M49)."""

    slug = serializers.CharField()
    name = serializers.CharField()


class CountryReference(serializers.Serializer):
    """A country inside another record."""

    code = serializers.CharField(help_text=_("ISO 3166-1 alpha-2 code, or XK."))
    name = serializers.CharField()
    url = ApiAddress("country", "code")


class FunderReference(serializers.Serializer):
    """A funder inside another record."""

    slug = serializers.CharField()
    name = serializers.CharField()
    url = ApiAddress("funder")


class FocusAreaReference(serializers.Serializer):
    """A focus area inside another record."""

    slug = serializers.CharField()
    name = serializers.CharField()
    url = ApiAddress("focus-area")


class NetworkReference(serializers.Serializer):
    """A network inside another record."""

    slug = serializers.CharField()
    name = serializers.CharField()
    acronym = KnownText()
    url = ApiAddress("network")


class CityReference(serializers.Serializer):
    """A city inside another record."""

    slug = serializers.CharField()
    name = serializers.CharField()
    country = CountryReference()
    admin1_name = KnownText(help_text=_("First-level division, such as a state or province."))
    latitude = serializers.FloatField(help_text=_("Degrees north, WGS 84."))
    longitude = serializers.FloatField(help_text=_("Degrees east, WGS 84."))
    url = ApiAddress("city")
