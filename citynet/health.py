"""Tells machines how the site is: alive, when this process answers; ready, when it has its data.

English only, and nothing that would help an attacker: no name, version or address of anything.
"""

from collections.abc import Callable, Hashable

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from directory.history.validators import data_version
from directory.models import City, CityTerm, Network

# What a check says when all is well, and when it is not.
SAYS = {
    "database": ("It answers.", "It does not answer."),
    "migrations": (
        "All are applied.",
        "Some are not applied: if this is the right database, run manage.py migrate.",
    ),
    "search index": (
        "It holds the records.",
        "Records are missing in it: run manage.py rebuild_search_index.",
    ),
}
NOT_ASKED = "Not looked at, since an earlier check failed."


class _Known:
    """What this process has seen and need not look at again."""

    are_migrated = False
    indexed_version: Hashable = None


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer that this process answers; nothing else is asked."""
    return _answer(200, {"status": "alive"})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer whether this process has all that pages need, check by check; 503 where not."""
    checks: list[dict[str, object]] = []
    is_well = True
    for name, look in CHECKS.items():
        was_well = is_well
        is_well = is_well and _succeeds(look)
        well, unwell = SAYS[name]
        says = (well if is_well else unwell) if was_well else NOT_ASKED
        checks.append({"check": name, "ok": is_well, "says": says})
    status = "ready" if is_well else "not ready"
    return _answer(200 if is_well else 503, {"status": status, "checks": checks})


def _succeeds(look: Callable[[], bool]) -> bool:
    try:
        return look()
    except Error:
        return False


def _answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _is_migrated() -> bool:
    """Tell whether no migration of this code waits; once that is so it stays so."""
    if not _Known.are_migrated:
        executor = MigrationExecutor(connection)
        _Known.are_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _Known.are_migrated


def _is_indexed() -> bool:
    """Tell whether the index is there, once for each revision.

    It follows in each change's own transaction, so that it is never behind; but it may have been
    lost as a whole. Word by word it is compared by ``manage.py check_integrity``.
    """
    version = data_version()
    if _Known.indexed_version != version:
        has_networks = not Network.objects.filter(terms=None).exists()
        has_cities = CityTerm.objects.exists() or not City.objects.exists()
        _Known.indexed_version = version if has_networks and has_cities else None
    return _Known.indexed_version == version


def _answer(status: int, body: dict[str, object]) -> HttpResponse:
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _answers,
    "migrations": _is_migrated,
    "search index": _is_indexed,
}
