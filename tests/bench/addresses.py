"""The site's addresses, and those of the yardsticks that it is measured against."""

from django.urls import path

from citynet import urls as site
from tests.bench.yardsticks import one_statement, ready, textbook, whole_pages

urlpatterns = [
    path("bench/ready/", ready.ready_bytes),
    path("bench/conditional/", ready.conditional),
    path("bench/textbook/memberships/", textbook.Memberships.as_view({"get": "list"})),
    path("bench/textbook/search/", textbook.Search.as_view({"get": "list"})),
    path("bench/textbook/cities/<slug:slug>/", textbook.CityPage.as_view()),
    path("bench/textbook/networks/", textbook.NetworksPage.as_view()),
    path("bench/textbook/networks/<slug:slug>/", textbook.NetworkPage.as_view()),
    path("bench/whole/cities/<slug:slug>/", whole_pages.WholeCityPage.as_view()),
    path("bench/whole/networks/", whole_pages.WholeNetworksPage.as_view()),
    path("bench/whole/networks/<slug:slug>/", whole_pages.WholeNetworkPage.as_view()),
    path("bench/one-statement/memberships/", one_statement.memberships),
    path("bench/one-statement/search/", one_statement.search),
    *site.urlpatterns,
]
