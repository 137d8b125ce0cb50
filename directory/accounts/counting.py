"""The cache in the database that counts attempts, honest about a database that takes no writes.

Django's own says of any error that it kept nothing, and django-allauth takes that for somebody
who holds the lock: whoever signed in then was told of too many attempts.
"""

from collections.abc import Callable
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connections, router

from directory.models.outages import is_outage


class HonestDatabaseCache(DatabaseCache):
    """Raises what went wrong with the database itself, so that a page can say so."""

    def _base_set(self, *args: Any, **options: Any) -> Any:
        outages: list[DatabaseError] = []

        def noting(execute: Callable[..., Any], *call: Any) -> Any:
            try:
                return execute(*call)
            except DatabaseError as error:
                if is_outage(error):
                    outages.append(error)
                raise

        connection = connections[router.db_for_write(self.cache_model_class)]
        with connection.execute_wrapper(noting):
            kept = super()._base_set(*args, **options)
        if outages:
            raise outages[0]
        return kept
