"""Addresses of bulk uploads of one office."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
