"""The directory's app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Tables and rules of the directory."""

    name = "directory"
    default_auto_field = "django.db.models.BigAutoField"
