"""The page of the networks that may fit a city."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.insights.chosen_areas import AreasForm
from directory.insights.fitting import FittingNetworks
from directory.models import City
from directory.models.choices import RecordType
from directory.web.addresses import Address
from directory.web.former_addresses import moved_or_removed
from directory.web.paging import Pages, page_number

NETWORKS_A_PAGE = 20


@require_safe
def fit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the networks that a city may join, best first, each with the reasons why."""
    cities = City.objects.public().with_country().select_related("successor")
    city = cities.filter(slug=slug).first()
    if city is None:
        return _moved_or_missing(request, slug)
    form = AreasForm(request.GET)
    areas = list(form.cleaned_data["focus_area"]) if form.is_valid() else []
    address = Address.of(request.path, request.GET, ["focus_area", "page"])
    context = {
        "city": city,
        "mistakes": form.errors.get("focus_area", []),
        "areas": areas,
        "choices": form.fields["focus_area"].queryset,
        "without_areas": address.path,
    }
    if form.is_valid() and not city.has_ended:
        found = FittingNetworks(city, day=now().date(), areas=areas)
        pages = Pages(address, page_number(request.GET), found.total, NETWORKS_A_PAGE)
        context |= {
            "found": found,
            "pages": pages,
            "fits": found.page(pages.start, pages.stop),
            "canonical": pages.link(pages.number),
        }
    status = 400 if context["mistakes"] else 200
    return render(request, "cities/fit.html", context, status=status)


def _moved_or_missing(request: HttpRequest, slug: str) -> HttpResponse:
    def page(present: str) -> str:
        return reverse("fit", args=[present])

    if slug != slug.lower():
        return HttpResponsePermanentRedirect(page(slug.lower()))
    return moved_or_removed(request, RecordType.CITY, "cities", slug, address=page)
