"""The index after an update of the code: what was stored follows what is indexed now."""

from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from directory.models import Network
from directory.search.index import rebuild


def after_migrations(*, using: str, plan: Sequence[Any] = (), **_about: Any) -> None:
    """Index everything anew once the last migration of an update is done.

    A version that stores something new may find records by it; one that goes without migrations
    says in the change log that `manage.py rebuild_search_index` is needed.
    """
    # Without a plan it is no migration that calls, but `flush`.
    if not plan:
        return
    executor = MigrationExecutor(connections[using])
    is_whole = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    if is_whole and Network.objects.exists():
        rebuild()
