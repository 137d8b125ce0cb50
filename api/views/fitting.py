"""Networks that may fit a city: what the page for a city shows."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.paging import DEFAULT_PAGE_SIZE, LARGEST_PAGE_SIZE, LAST_PAGE, NumberedPages
from api.resources import Endpoint, moved_or_missing
from api.serializers.comparing import FittingNetworksSerializer
from directory.insights.chosen_areas import AreasForm
from directory.insights.fitting import FittingNetworks
from directory.models import City


class NetworksThatFit(Endpoint):
    """The networks that a city may join, best first."""

    lookup_field = "slug"
    parameters = frozenset({"focus_area", *NumberedPages.parameters})
    repeatable = frozenset({"focus_area"})

    @extend_schema(
        operation_id="fitting_networks",
        summary=_("Networks that may fit a city"),
        description=_(
            "Networks that a city is not in and may join, as far as scope, region and kind of "
            "members are stated; ranked by the focus areas chosen and by the cities most like it "
            "that are in them, each with its reasons. A city that has ended may join none."
        ),
        parameters=[
            OpenApiParameter(
                "focus_area",
                OpenApiTypes.STR,
                many=True,
                description=_("Slug of a focus area that matters to the city, with its parts."),
            ),
            OpenApiParameter(
                "page",
                {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
                description=_("Number of the page. Past the last page the answer is 404."),
            ),
            OpenApiParameter(
                "page_size",
                {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": LARGEST_PAGE_SIZE,
                    "default": DEFAULT_PAGE_SIZE,
                },
                description=_("Records on a page."),
            ),
        ],
        responses=FittingNetworksSerializer,
    )
    def get(self, request: Request, slug: str) -> Response:
        """Answer with a page of the networks, or lead to where a former id leads now."""
        form = AreasForm(request.query_params)
        if not form.is_valid():
            raise ValidationError({name: list(said) for name, said in form.errors.items()})
        city = City.objects.public().with_country().filter(slug=slug).first()
        if city is None:
            return moved_or_missing("city", slug, request, part="fit/")
        areas = list(form.cleaned_data["focus_area"])
        found = FittingNetworks(city, day=self.day, areas=areas)
        pages = NumberedPages()
        window = pages.window(request, 0 if city.has_ended else found.total)
        answer = {
            "city": city,
            "day": self.day,
            "html_url": settings.SITE_URL + reverse("fit", args=[city.slug]),
            "focus_areas": areas,
            "joined": found.joined,
            **pages.envelope([] if city.has_ended else found.page(*window)),
        }
        return Response(FittingNetworksSerializer(answer).data)
