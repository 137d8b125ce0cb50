"""What is worked out from memberships, in JSON: coverage, and cities that are alike."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from api.serializers.references import CityReference, FocusAreaReference, RegionReference
from directory.insights.similar import Measure


class RegionCoverageSerializer(serializers.Serializer):
    """What there is of a focus area in one region, its parts included."""

    region = RegionReference()
    level = serializers.IntegerField(
        help_text=_("1: a first-level region of UN M49; 2: a part of the one before it.")
    )
    networks_with_members = serializers.IntegerField(
        source="with_members", help_text=_("Networks with a listed member city there.")
    )
    networks_naming = serializers.IntegerField(
        source="naming", help_text=_("Networks that name the region, or a part of it, as theirs.")
    )
    member_cities = serializers.IntegerField(
        source="cities", help_text=_("Cities there that are listed as members of such networks.")
    )
    population_share = serializers.FloatField(
        allow_null=True,
        help_text=_(
            "Share (0 to 1) of the people in towns of the gazetteer, from 15,000 inhabitants on, "
            "who live in these cities; `null` where the gazetteer has no town there."
        ),
    )


class AreaCoverageSerializer(serializers.Serializer):
    """What there is of one focus area, its parts included."""

    focus_area = FocusAreaReference(source="subject")
    networks = serializers.IntegerField(help_text=_("Networks that work on it."))
    worldwide_networks = serializers.IntegerField(
        source="worldwide",
        help_text=_("Those of them that name the world; no region counts them as naming it."),
    )
    member_cities = serializers.IntegerField(
        source="cities", help_text=_("Cities that are listed as their members, anywhere.")
    )
    stated_members = serializers.IntegerField(
        source="stated", help_text=_("Members that these networks say they have, summed up.")
    )
    listed_share = serializers.FloatField(
        allow_null=True,
        help_text=_(
            "Share of the stated members that are listed here (0 to 1); `null` where no network "
            "states any."
        ),
    )
    regions = RegionCoverageSerializer(many=True)


@extend_schema_serializer(many=False)
class CoverageSerializer(serializers.Serializer):
    """Focus areas by regions of the world: where there are networks and listed members."""

    day = serializers.DateField(help_text=_("The day whose memberships are counted."))
    precision = serializers.ChoiceField(
        [("possible", "possible"), ("strict", "strict")],
        help_text=_("Whether what is only possible on that day is counted too."),
    )
    definition = serializers.CharField(help_text=_("What is counted, and what a zero means."))
    results = AreaCoverageSerializer(many=True)


class SimilarCitySerializer(serializers.Serializer):
    """A city, how like the other one it is, and by how many networks."""

    city = CityReference()
    score = serializers.FloatField(help_text=_("Likeness, from 0 to 1."))
    shared_networks = serializers.IntegerField(
        source="shared", help_text=_("Networks that both are current members of.")
    )


@extend_schema_serializer(many=False)
class SimilarCitiesSerializer(serializers.Serializer):
    """The cities most like one city, the likest first."""

    city = CityReference()
    measure = serializers.ChoiceField(Measure.choices)
    definition = serializers.CharField(help_text=_("How likeness is measured."))
    day = serializers.DateField(help_text=_("The day whose memberships are compared."))
    count = serializers.IntegerField()
    results = SimilarCitySerializer(many=True)


@extend_schema_serializer(many=False)
class StatisticsSerializer(serializers.Serializer):
    """The addresses of the statistics."""

    coverage = serializers.URLField(help_text=_("Focus areas by regions of the world."))
