"""The directory's app: tables, rules, and what follows every change."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DirectoryConfig(AppConfig):
    """Tables and rules of the directory."""

    name = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the log notice writes, what rests on them follow, and accounts know of claims."""
        from directory.history import followers, touching
        from directory.insights import likeness
        from directory.registration import personal_data
        from directory.search import index, upgrading

        touching.connect()
        followers += [index.follow, likeness.follow]
        personal_data.connect()
        post_migrate.connect(upgrading.after_migrations, sender=self)
