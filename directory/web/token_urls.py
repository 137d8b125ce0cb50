"""Addresses under /account/tokens/: keys for programs that write."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
