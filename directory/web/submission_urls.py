"""Addresses under /account/ of what a person has suggested and may propose."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
