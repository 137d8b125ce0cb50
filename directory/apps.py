"""The directory's app: tables, rules, and what follows every change."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Tables and rules of the directory."""

    name = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the change log notice single writes, and the search index follow every change set."""
        from directory.history import followers, touching
        from directory.search import index

        touching.connect()
        followers.append(index.follow)
