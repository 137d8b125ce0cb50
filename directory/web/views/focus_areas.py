"""Pages of the issues that networks work on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.insights.focus_areas import children_with_counts, focus_area_tree, networks_on
from directory.insights.maps import CityMap, cities_at_work_on
from directory.linked.focus_areas import focus_area_document
from directory.models import FocusArea
from directory.models.choices import RecordType
from directory.web.former_addresses import moved_or_missing
from directory.web.maps import MapOnPage


@require_safe
def focus_area_list(request: HttpRequest) -> HttpResponse:
    """Show the tree of focus areas with their counts."""
    return render(request, "focus_areas/list.html", {"areas": focus_area_tree()})


@require_safe
def focus_area(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a focus area, its parts, and its networks with those that work on it most first."""
    area = FocusArea.objects.public().select_related("parent").filter(slug=slug).first()
    if area is None:
        return moved_or_missing(request, RecordType.FOCUS_AREA, slug)
    day = now().date()
    children = children_with_counts(area)
    context = {
        "area": area,
        "children": children,
        "networks": networks_on(area, day=day),
        "map": MapOnPage(
            CityMap.of(cities_at_work_on(area, day=day)).drawn(),
            reverse("focus-area-map", args=[slug]),
        ),
        "linked": focus_area_document(
            area,
            labels=area.labels.order_by("language"),
            children=[child.area for child in children],
        ),
    }
    return render(request, "focus_areas/focus_area.html", context)
