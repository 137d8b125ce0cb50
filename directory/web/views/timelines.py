"""The page of years: when networks were founded, and when they ended."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.insights.coverage.asking import area_named
from directory.insights.timelines import timeline
from directory.models import FocusArea
from directory.web.addresses import Address
from directory.web.bad_addresses import BadAddress
from directory.web.charts import YearChart


@require_safe
def timelines(request: HttpRequest) -> HttpResponse:
    """Show the years in which networks began and ended, of all or on one focus area."""
    asked = Address.of(request.path, request.GET, ("focus_area",))
    try:
        area = next(map(area_named, asked.values("focus_area")), None)
    except ValidationError as mistake:
        raise BadAddress(mistake.messages[0]) from mistake
    found = timeline(area)
    context = {
        "area": area,
        "areas": FocusArea.objects.public().in_display_order(),
        "timeline": found,
        "chart": YearChart(
            [each.year for each in found.years],
            [each.founded for each in found.years],
            [each.ended for each in found.years],
            is_mirrored=True,
        ),
        "canonical": asked,
    }
    return render(request, "timelines/timelines.html", context)
