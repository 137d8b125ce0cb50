"""Columns that follow from others: standing, period bounds, sort keys; and the search index."""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import models

from directory.history.touching import TABLE_OF_MODEL
from directory.integrity.finding import Finding, in_batches
from directory.models import CityTerm, Membership, NetworkTerm
from directory.models.public import PublicRecord
from directory.models.standing import derive_from_statements
from directory.search.documents import (
    Terms,
    city_documents,
    city_terms,
    network_documents,
    network_terms,
)

SHOWN_TERMS = 3


def derived_columns() -> Iterator[Finding]:
    """What a row derives from itself and its statements is what it stores."""
    for model in apps.get_models():
        if not issubclass(model, PublicRecord) or model is Membership:
            continue
        # Only a model that says how has anything to derive.
        if model.derive is not PublicRecord.derive:
            for record in model._base_manager.order_by("pk").iterator(chunk_size=2000):
                yield from _compare(record, model.derive)
    memberships = Membership.objects.with_statements().order_by("pk")
    for membership in memberships.iterator(chunk_size=2000):
        yield from _compare(membership, _derive_membership)


def _derive_membership(membership: Membership) -> None:
    derive_from_statements(membership)
    membership.derive()


def _compare(record: models.Model, derive: Callable[[Any], None]) -> Iterator[Finding]:
    names = [field.attname for field in record._meta.concrete_fields]
    stored = {name: getattr(record, name) for name in names}
    table, public_id = _named(record)
    try:
        derive(record)
    except ValueError as error:
        yield Finding(table, public_id, f"its dates cannot be read: {error}")
        return
    for name in names:
        if getattr(record, name) != stored[name]:
            yield Finding(
                table,
                public_id,
                f"{name} is “{stored[name]}”, and “{getattr(record, name)}” follows from the rest",
            )


def _named(record: models.Model) -> tuple[str, str]:
    table = TABLE_OF_MODEL.get(type(record))
    if table is None:
        return record._meta.db_table, str(record.pk)
    return table.name, table.record_id(table.key_row(record))


def search_index() -> Iterator[Finding]:
    """The stored terms of every network and city are those that indexing it anew would give."""
    yield from _index("networks", NetworkTerm, "network_id", network_documents, network_terms)
    yield from _index("cities", CityTerm, "city_id", city_documents, city_terms)


def _index(
    table: str,
    model: type[NetworkTerm | CityTerm],
    owner: str,
    documents: Callable[[], Any],
    terms_of: Callable[[Any], Terms],
) -> Iterator[Finding]:
    for batch in in_batches(documents()):
        stored: dict[int, dict[str, int]] = {record.pk: {} for record in batch}
        rows = model.objects.filter(**{f"{owner}__in": list(stored)})
        for pk, term, weight in rows.values_list(owner, "term", "weight").iterator():
            stored[pk][term] = weight
        for record in batch:
            expected = terms_of(record)
            if different := _differing(stored[record.pk], expected):
                yield Finding(
                    table,
                    record.slug,
                    f"search index: {different}; run manage.py rebuild_search_index",
                )


def _differing(stored: dict[str, int], expected: dict[str, int]) -> str:
    kinds = {
        "missing": expected.keys() - stored.keys(),
        "too many": stored.keys() - expected.keys(),
        "of another weight": {
            term for term in expected.keys() & stored.keys() if stored[term] != expected[term]
        },
    }
    return ", ".join(
        f"{len(terms)} terms {kind} (“{'”, “'.join(sorted(terms)[:SHOWN_TERMS])}”)"
        for kind, terms in kinds.items()
        if terms
    )
