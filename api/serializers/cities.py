"""Cities in JSON."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
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
from api.serializers.references import CountryReference


@extend_schema_field(OpenApiTypes.STR)
class SlugOfRecord(serializers.SlugRelatedField):
    """The slug of another record."""


class CitySerializer(TrimmedSerializer):
    """A city (municipality). What is not known is `null`."""

    slug = serializers.CharField(help_text=_("Permanent id."))
    url = ApiAddress("city")
    html_url = PageAddress()
    name = serializers.CharField()
    names = NamesByLanguage()
    country = CountryReference()
    admin1_code = KnownText(help_text=_("First-level division: its GeoNames code."))
    admin1_name = KnownText(help_text=_("First-level division, such as a state or province."))
    latitude = serializers.FloatField(help_text=_("Degrees north, WGS 84."))
    longitude = serializers.FloatField(help_text=_("Degrees east, WGS 84."))
    population = serializers.IntegerField(allow_null=True, help_text=_("Inhabitants (GeoNames)."))
    timezone = KnownText(help_text=_("IANA name."))
    geonameid = serializers.IntegerField(
        allow_null=True, help_text=_("Id in GeoNames; null where that lacks the municipality.")
    )
    wikidata = KnownText(help_text=_("Id in Wikidata."))
    website = KnownAddress()
    ended = serializers.IntegerField(
        allow_null=True, help_text=_("Year in which it ended as a municipality.")
    )
    successor = SlugOfRecord(
        slug_field="slug",
        read_only=True,
        allow_null=True,
        help_text=_("The city that it became part of."),
    )
    listed_networks = serializers.IntegerField(
        help_text=_(
            "Networks that it is listed in as a current member, or as one on the day of `as_of`."
        )
    )
    as_of_answer = AsOfAnswer(
        help_text=_(
            "Whether what was asked of the city was so on the day of `as_of`: surely (`yes`), or "
            "`possible` by what years and dates leave open; `null` without `as_of`."
        )
    )
    memberships_url = ListAddress(
        "memberships", "city", help_text=_("Its memberships, former ones included.")
    )
    networks_url = ListAddress(
        "networks", "member", help_text=_("The networks that it is a current member of.")
    )
