"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The user model; nothing in the public data points at it."""

    name = "directory.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
