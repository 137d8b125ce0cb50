"""The app of the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages of the directory; has no tables of its own."""

    name = "directory.web"
    label = "web"
