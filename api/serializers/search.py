"""What a search answers with, in JSON."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from api.addresses import api_address
from api.serializers.cities import CitySerializer
from api.serializers.networks import NetworkSerializer
from directory.search.suggestions import Suggestion


class CorrectionSerializer(serializers.Serializer):
    """Words that were looked for instead of those typed; `exact=true` prevents it."""

    typed = serializers.CharField()
    used = serializers.CharField()


class ChoiceSerializer(serializers.Serializer):
    """A value of a facet, as its parameter takes it, and how many networks have it."""

    value = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()
    selected = serializers.BooleanField()
    depth = serializers.IntegerField(help_text=_("0 at the top of a tree, 1 below."))


class FacetSerializer(serializers.Serializer):
    """A facet: its choices, or the bounds of its range.

    Counts respect every other filter and ignore the facet's own choice.
    """

    name = serializers.CharField(
        help_text=_("The parameter; of a range the parameters are `<name>_min` and `<name>_max`.")
    )
    label = serializers.CharField()
    kind = serializers.ChoiceField([("choices", "choices"), ("range", "range")])
    choices = ChoiceSerializer(many=True)
    least = serializers.IntegerField(allow_null=True, help_text=_("Least number among the hits."))
    most = serializers.IntegerField(allow_null=True, help_text=_("Greatest number among the hits."))


class CitiesFoundSerializer(serializers.Serializer):
    """The cities that the words name."""

    count = serializers.IntegerField(help_text=_("Cities found."))
    correction = CorrectionSerializer(allow_null=True)
    url = serializers.URLField(help_text=_("The list of all of them."))
    results = CitySerializer(many=True, help_text=_("The best of them, at most five."))


@extend_schema_serializer(many=False)
class SearchSerializer(serializers.Serializer):
    """Networks found, a page of them, with facets; and the cities that the words name."""

    count = serializers.IntegerField(help_text=_("Networks found, on all pages together."))
    next = serializers.URLField(allow_null=True, help_text=_("Address of the next page."))
    previous = serializers.URLField(allow_null=True, help_text=_("Address of the page before."))
    correction = CorrectionSerializer(allow_null=True)
    facets = FacetSerializer(many=True)
    results = NetworkSerializer(many=True)
    cities = CitiesFoundSerializer(allow_null=True, help_text=_("`null` without words."))


class SuggestionSerializer(serializers.Serializer):
    """Something whose name begins like what was typed."""

    kind = serializers.ChoiceField(
        [("network", "network"), ("city", "city"), ("focus-area", "focus area")]
    )
    slug = serializers.CharField()
    name = serializers.CharField()
    detail = serializers.CharField(help_text=_("What tells it apart from namesakes; may be empty."))
    url = serializers.SerializerMethodField(help_text=_("Address of the record in the API."))

    def get_url(self, suggestion: Suggestion) -> str:
        """Return the absolute address."""
        return api_address(suggestion.kind, suggestion.slug)


@extend_schema_serializer(many=False)
class SuggestionsSerializer(serializers.Serializer):
    """Suggestions, the likeliest first."""

    count = serializers.IntegerField()
    results = SuggestionSerializer(many=True)
