"""The API's app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """JSON over the directory: read by anyone, written with a token."""

    name = "api"

    def ready(self) -> None:
        """Teach drf-spectacular the fields that are ours."""
        from api import schema  # noqa: F401
