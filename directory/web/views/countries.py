"""Pages of countries and territories."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.insights.countries import (
    cities_in,
    continents_with_countries,
    networks_based_in,
    networks_with_members_in,
)
from directory.linked.places import country_document
from directory.models import Country


@require_safe
def country_list(request: HttpRequest) -> HttpResponse:
    """Show the countries by region, with how many of their cities the directory lists."""
    context = {"continents": continents_with_countries(day=now().date())}
    return render(request, "countries/list.html", context)


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    """Show a country: its cities, networks with members there, networks based there."""
    if code != code.lower():
        return HttpResponsePermanentRedirect(reverse("country", args=[code.lower()]))
    found = Country.objects.public().select_related("region__parent").filter(code=code.upper())
    if not found:
        raise Http404(code)
    day = now().date()
    context = {
        "country": found[0],
        "cities": cities_in(found[0], day=day),
        "networks": networks_with_members_in(found[0], day=day),
        "based": networks_based_in(found[0]),
        "linked": country_document(found[0]),
    }
    return render(request, "countries/country.html", context)
