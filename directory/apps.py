"""The directory's app: tables, rules, and what follows every change."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Tables and rules of the directory."""

    name = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the log notice writes, what rests on them follow, and accounts know of claims."""
        from directory.history import followers, touching
        from directory.insights import likeness
        from directory.registration import personal_data
        from directory.search import index

        touching.connect()
        followers += [index.follow, likeness.follow]
        personal_data.connect()
