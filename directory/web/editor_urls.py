"""Addresses under /editors/: the queue, records and people."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
