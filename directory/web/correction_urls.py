"""Addresses under /corrections/: what anyone may suggest."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
