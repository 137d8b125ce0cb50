"""Addresses of the pages: English without prefix, for ever (DESIGN.md, Addresses)."""

urlpatterns: list = []
