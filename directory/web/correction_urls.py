"""Addresses under /corrections/: what anyone may suggest, with an account or without."""

from django.urls import path, re_path

from directory.web.views import corrections

RECORD = r"[a-z0-9-]{1,80}"

urlpatterns = [
    path("memberships/new/", corrections.suggest_membership, name="suggest-membership"),
    path("thanks/", corrections.thanks, name="correction-thanks"),
    re_path(
        rf"^(?P<table>cities|networks)/(?P<record>{RECORD})/$", corrections.correct, name="correct"
    ),
    re_path(
        r"^(?P<table>memberships)/(?P<record>m[0-9]{5,9})/$", corrections.correct, name="correct"
    ),
]
