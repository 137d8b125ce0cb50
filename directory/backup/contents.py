"""What is in a backup: every table of every app, but for those named here with the reason."""

from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

GAZETTEER = ("directory.Place", "directory.PlaceName")
"""Left out unless asked for: larger than all the rest, and loaded again by one command."""

LEFT_OUT = {
    "contenttypes.ContentType": "made by migrate",
    "auth.Permission": "made by migrate",
    "auth.Group": "not used: what a person may do follows from claims",
    "auth.Group_permissions": "not used: what a person may do follows from claims",
    "sessions.Session": "whoever was signed in signs in again",
    "usersessions.UserSession": "whoever was signed in signs in again",
    "accounts.CacheEntry": "the cache, which fills by itself",
    "directory.AccessToken": "one revoked since would open doors again; new ones are soon made",
    "directory.IdempotencyKey": "answers of a day, for programs that ask again",
    "directory.NetworkTerm": "the search index, built anew by restore",
    "directory.CityTerm": "the search index, built anew by restore",
    "directory.Likeness": "which cities are alike, worked out anew by restore",
    "directory.LikenessDays": "which cities are alike, worked out anew by restore",
}


def tables(*, with_gazetteer: bool) -> list[type[models.Model]]:
    """Return the models whose tables a backup holds, link tables included, ordered by name.

    A new model is in it from its first migration on, whatever its app.
    """
    left_out = LEFT_OUT.keys() | (() if with_gazetteer else GAZETTEER)
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in left_out
    ]
    return sorted(found, key=lambda model: model._meta.label)


def columns(model: type[models.Model]) -> list[models.Field]:
    """Return the fields of a model that its own table stores and that no database computes."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def migrations() -> dict[str, list[str]]:
    """Return the migrations that the database has gone through, by app."""
    applied: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        applied.setdefault(app, []).append(name)
    return applied
