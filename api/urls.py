"""Addresses of the API. Each answers with and without its last slash, without a redirect."""

from collections.abc import Callable, Iterator

from django.urls import URLPattern, path, re_path

from api.resources import Resource
from api.views.changes import Changes
from api.views.cities import Cities
from api.views.comparing import CitiesCompared, NetworksCompared
from api.views.downloads import Downloads
from api.views.fitting import NetworksThatFit
from api.views.graph import FORMATS, GraphOfMemberships
from api.views.insights import Coverage, SimilarCities, Statistics
from api.views.lists import Countries, FocusAreas, Funders
from api.views.matching import Match
from api.views.membership_writing import WritableMemberships
from api.views.memberships import Statements
from api.views.networks import Networks
from api.views.reconciling import Reconcile
from api.views.reconciling_choice import (
    ProposedProperties,
    SuggestedEntities,
    SuggestedProperties,
    SuggestedTypes,
    entity,
    preview,
)
from api.views.releases import Releases
from api.views.root import Description, Nowhere, Root
from api.views.search import Search, Suggestions
from api.views.uploads import Uploads
from directory.downloads.lists import FILTER_SETS

app_name = "api"

UPLOAD = "uploads/<uuid:id>"


def both(route: str, view: Callable, name: str) -> Iterator[URLPattern]:
    """Yield a pattern for the address with its last slash, the one in links, and one without."""
    yield path(f"{route}/", view, name=name)
    yield path(route, view)


def resource(
    route: str, views: type[Resource], identifier: str = "slug", *, add: str = "", change: str = ""
) -> Iterator[URLPattern]:
    """Yield patterns for the list ``route`` and for each record in it.

    ``add`` and ``change`` name the actions that write, where there are any.
    """
    adding, changing = {"post": add} if add else {}, {"patch": change} if change else {}
    yield from both(f"v1/{route}", views.as_view({"get": "list", **adding}), route)
    one = f"v1/{route}/<slug:{identifier}>"
    answer = views.as_view({"get": "retrieve", **changing})
    yield from both(one, answer, views.address_name)


def acts(route: str, views: type[Resource], identifier: str, *actions: str) -> Iterator[URLPattern]:
    """Yield patterns for what is done with a record by POST."""
    for action in actions:
        answer = views.as_view({"post": action})
        name = f"{views.address_name}-{action}"
        yield from both(f"v1/{route}/<slug:{identifier}>/{action}", answer, name)


def downloads() -> Iterator[URLPattern]:
    """Yield a pattern for every list that can be taken whole: its name with the end of a file's."""
    for name in FILTER_SETS:
        view = Downloads.as_view(name=name)
        yield path(f"v1/{name}.<str:extension>", view, name=f"{name}-download")


def graph_files() -> Iterator[URLPattern]:
    """Yield patterns for the graph as a file; the format is described as a parameter of it."""
    for extension in FORMATS:
        answer = GraphOfMemberships.as_view()
        yield path(f"v1/graph.{extension}", answer, {"extension": extension})


urlpatterns = [
    path("", Root.as_view()),
    *both("v1", Root.as_view(), "root"),
    *resource("networks", Networks),
    *resource("cities", Cities),
    *resource("memberships", WritableMemberships, "id", add="create", change="partial_update"),
    *acts("memberships", WritableMemberships, "id", "confirm", "dispute", "withdraw"),
    *both("v1/uploads", Uploads.as_view({"get": "list", "post": "create"}), "uploads"),
    *both(f"v1/{UPLOAD}", Uploads.as_view({"get": "retrieve", "delete": "destroy"}), "upload"),
    *both(f"v1/{UPLOAD}/confirm", Uploads.as_view({"post": "confirm"}), "upload-confirm"),
    *both(f"v1/{UPLOAD}/rows/<int:number>", Uploads.as_view({"patch": "choose"}), "upload-row"),
    *resource("statements", Statements, "id"),
    *resource("focus-areas", FocusAreas),
    *resource("countries", Countries, "code"),
    *resource("funders", Funders),
    *both("v1/releases", Releases.as_view({"get": "list"}), "releases"),
    *both("v1/releases/<str:version>", Releases.as_view({"get": "retrieve"}), "release"),
    *downloads(),
    *both("v1/changes", Changes.as_view({"get": "list"}), "changes"),
    *both("v1/changes/<slug:revision>", Changes.as_view({"get": "retrieve"}), "change-set"),
    *both("v1/cities/<slug:slug>/similar", SimilarCities.as_view(), "similar-cities"),
    *both("v1/cities/<slug:slug>/fit", NetworksThatFit.as_view(), "fitting-networks"),
    *both("v1/compare/networks", NetworksCompared.as_view(), "compare-networks"),
    *both("v1/compare/cities", CitiesCompared.as_view(), "compare-cities"),
    *both("v1/graph", GraphOfMemberships.as_view(), "graph"),
    *graph_files(),
    *both("v1/stats", Statistics.as_view(), "stats"),
    *both("v1/stats/coverage", Coverage.as_view(), "coverage"),
    *both("v1/search", Search.as_view({"get": "list"}), "search"),
    *both("v1/suggest", Suggestions.as_view(), "suggest"),
    *both("v1/match", Match.as_view(), "match"),
    *both("v1/schema", Description.as_view(), "schema"),
    *both("reconcile", Reconcile.as_view(), "reconcile"),
    *both("reconcile/suggest/entity", SuggestedEntities.as_view(), "reconcile-suggest-entity"),
    *both("reconcile/suggest/type", SuggestedTypes.as_view(), "reconcile-suggest-type"),
    *both(
        "reconcile/suggest/property", SuggestedProperties.as_view(), "reconcile-suggest-property"
    ),
    *both("reconcile/properties", ProposedProperties.as_view(), "reconcile-properties"),
    *both("reconcile/preview/<str:entity_id>", preview, "reconcile-preview"),
    *both("reconcile/entities/<str:entity_id>", entity, "reconcile-entity"),
    re_path("", Nowhere.as_view()),
]
