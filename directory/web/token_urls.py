"""Addresses under /account/tokens/: access tokens for programs that write by the API."""

from django.urls import path

from directory.web.views import tokens

urlpatterns = [
    path("", tokens.token_list, name="tokens"),
    path("<int:pk>/revoke/", tokens.revoke, name="token-revoke"),
]
