"""Addresses under /account/claims/: asking to act for a city or a network."""

from django.urls import path, re_path

from directory.web.views import claims, mailed_links

urlpatterns = [
    path("", claims.claim_list, name="claims"),
    path("new/", claims.find_office, name="claim-new"),
    re_path(
        r"^new/(?P<table>cities|networks)/(?P<slug>[a-z0-9-]+)/$",
        claims.claim_office,
        name="claim-office",
    ),
    path("open/<str:token>/", mailed_links.open_link, name="claim-open"),
    path("accept/<str:token>/", mailed_links.accept, name="claim-accept"),
    re_path(r"^(?P<pk>[1-9][0-9]{0,9})/$", claims.claim, name="claim"),
    re_path(
        r"^(?P<pk>[1-9][0-9]{0,9})/(?P<step>withdraw|send-again|hand-on|answer)/$",
        claims.claim_step,
        name="claim-step",
    ),
]
