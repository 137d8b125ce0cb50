"""The API's app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Read-only JSON over the directory."""

    name = "api"

    def ready(self) -> None:
        """Teach drf-spectacular the fields that are ours."""
        from api import schema  # noqa: F401
