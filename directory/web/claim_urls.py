"""Addresses under /account/claims/: asking to act for a city or a network."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
