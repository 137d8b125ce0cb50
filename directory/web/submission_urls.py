"""Addresses under /account/suggestions/ and /account/proposals/: what a person suggested."""

from django.urls import path, re_path

from directory.web.views import own_suggestions, proposals

urlpatterns = [
    path("suggestions/", own_suggestions.suggestion_list, name="suggestions"),
    re_path(
        r"^suggestions/(?P<pk>[1-9][0-9]{0,9})/$", own_suggestions.suggestion, name="suggestion"
    ),
    re_path(
        r"^suggestions/(?P<pk>[1-9][0-9]{0,9})/(?P<step>withdraw|answer)/$",
        own_suggestions.suggestion_step,
        name="suggestion-step",
    ),
    path("proposals/cities/new/", proposals.propose_city, name="propose-city"),
    path("proposals/networks/new/", proposals.propose_network, name="propose-network"),
]
