"""Addresses of the API. Each answers with and without its last slash, without a redirect."""

from collections.abc import Callable, Iterator

from django.urls import URLPattern, path, re_path

from api.resources import Resource
from api.views.cities import Cities
from api.views.lists import Countries, FocusAreas, Funders
from api.views.matching import Match
from api.views.membership_writing import WritableMemberships
from api.views.memberships import Statements
from api.views.networks import Networks
from api.views.root import Description, Nowhere, Root, docs
from api.views.search import Search, Suggestions
from api.views.uploads import Uploads

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
    *both("v1/search", Search.as_view({"get": "list"}), "search"),
    *both("v1/suggest", Suggestions.as_view(), "suggest"),
    *both("v1/match", Match.as_view(), "match"),
    *both("v1/schema", Description.as_view(), "schema"),
    *both("docs", docs, "docs"),
    re_path("", Nowhere.as_view()),
]
