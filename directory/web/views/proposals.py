"""Pages on which a person proposes a city or a network that is missing."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.gazetteer.lookup import places_like
from directory.models import City, Country, Place
from directory.models.text import fold
from directory.web.acting import limited, signed_in, typed
from directory.web.forms.proposals import CityForm, NetworkForm, PlaceSearchForm, ProposalForm
from directory.web.forms.records import records_meant

MOST_PLACES = 20
NOT_IN_THE_LIST = "none"
LARGEST_ID = 2_147_483_647


@dataclass(frozen=True)
class FoundPlace:
    """A place of the gazetteer, its country, and the city of the directory that it is, if any."""

    place: Place
    country: str
    city: City | None


@signed_in
@limited("submission")
def propose_city(request: HttpRequest) -> HttpResponse:
    """Propose a city: look for its place first, then say where it can be read."""
    chosen = request.GET.get("place", "")
    if not chosen:
        return _search_places(request)
    place = None if chosen == NOT_IN_THE_LIST else get_object_or_404(Place, pk=_number(chosen))
    data = typed(request)
    row = {} if data else {"name": request.GET.get("q", "")[:200]}
    form = CityForm(data, place=place, row=row)
    context = {"form": form, "place": place and _found([place])[0]}
    return _proposed(request, form) or render(request, "proposals/city.html", context)


@signed_in
@limited("submission")
def propose_network(request: HttpRequest) -> HttpResponse:
    """Propose a network."""
    data = typed(request)
    row = {} if data else {"name": request.GET.get("name", "")[:200]}
    form = NetworkForm(data, row=row)
    return _proposed(request, form) or render(request, "proposals/network.html", {"form": form})


def _search_places(request: HttpRequest) -> HttpResponse:
    form = PlaceSearchForm(request.GET or None)
    context = {"form": form, "looked_for": ""}
    if form.is_valid() and fold(form.cleaned_data["q"]):
        text, country = form.cleaned_data["q"], form.cleaned_data["country"]
        context |= {
            "looked_for": text,
            "places": _found(places_like(text, country or None, most=MOST_PLACES)),
            "cities": records_meant("cities", text).records,
        }
    return render(request, "proposals/places.html", context)


def _found(places: list[Place]) -> list[FoundPlace]:
    countries = Country.objects.public().in_bulk({place.country_code for place in places})
    cities = City.objects.public().with_country().filter(place__in=places)
    by_place = {city.place_id: city for city in cities}
    return [
        FoundPlace(
            place,
            countries[place.country_code].name if place.country_code in countries else "",
            by_place.get(place.pk),
        )
        for place in places
    ]


def _proposed(request: HttpRequest, form: ProposalForm) -> HttpResponse | None:
    """Hand on what was sent; None where there is something to show or to mend first."""
    if request.method != "POST" or not form.is_valid():
        return None
    made = form.propose(actor=request.user)
    if made is None:
        return None
    messages.success(request, _("Thank you. The editors have it now."))
    return redirect("suggestion", made.pk)


def _number(text: str) -> int:
    """Return an id of the gazetteer; 0, which no place has, for what is none."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else 0
    return number if number <= LARGEST_ID else 0
