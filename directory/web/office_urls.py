"""Addresses under /account/cities/<slug>/ and /account/networks/<slug>/: acting for one."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
