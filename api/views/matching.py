"""Names of cities as others write them, matched in lists; nothing is stored."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.resources import Endpoint
from api.serializers.matching import (
    MatchAnswerSerializer,
    MatchQuestionSerializer,
    field_of_row,
)
from api.writing.bodies import read
from directory.matching import UnknownCountries, match


class Match(Endpoint):
    """What may be meant by each of many names; a question too long for an address."""

    # A question, not a change: anyone may send it.
    permission_classes = []

    @extend_schema(
        operation_id="match",
        summary=gettext_lazy("Match names of cities"),
        description=gettext_lazy(
            "Finds the city or place that each name means: in any language and script, with the "
            "words of town halls around it, abbreviated or mistyped. `match` is true only where "
            "the first candidate is safe to take; look at the others. No token; nothing is kept."
        ),
        request=MatchQuestionSerializer,
        responses=MatchAnswerSerializer,
    )
    def post(self, request: Request) -> Response:
        """Answer with the candidates for each row."""
        queries = read(request, MatchQuestionSerializer)["rows"]
        try:
            results = match(queries)
        except UnknownCountries as unknown:
            message = _("There is no country “%(country)s”: send its code or name.")
            raise ValidationError(
                {
                    field_of_row(number, "country"): [message % {"country": query.country}]
                    for number, query in enumerate(queries)
                    if query.country in unknown.countries
                }
            ) from unknown
        return Response(MatchAnswerSerializer({"results": results}).data)
