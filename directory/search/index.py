"""Keeping the index of terms in step with the records: it follows every change set."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from django.db import models, transaction

from directory.history import Changes
from directory.models import City, CityTerm, Network, NetworkTerm
from directory.models.inserting import insert_rows
from directory.models.tables import LABEL_TABLES
from directory.search.documents import (
    Terms,
    city_documents,
    city_terms,
    network_documents,
    network_terms,
)

BATCH = 500
TERM_BATCH = 5000
# Which records' terms rest on which other records: table of the package → path from the model.
NETWORK_PATHS = {
    "networks": ["slug"],
    "focus_areas": ["focus_areas__slug", "focus_areas__parent__slug"],
    "funders": ["funders__slug"],
    "countries": ["countries__code", "headquarters_country__code"],
}
CITY_PATHS = {"cities": ["slug"], "countries": ["country__code"]}


def rebuild() -> None:
    """Index every network and city anew."""
    _replace(NetworkTerm, "network", None, network_documents, network_terms)
    _replace(CityTerm, "city", None, city_documents, city_terms)


def follow(changes: Changes) -> None:
    """Index anew what a change set touched, and the networks and cities whose terms rest on it.

    Called inside the change set's transaction, so that no reader meets an index that is behind
    the records.
    """
    touched = _with_labelled(changes.touched)
    networks = _resting_on(touched, Network, NETWORK_PATHS)
    if networks:
        _replace(NetworkTerm, "network", networks, network_documents, network_terms)
    cities = _resting_on(touched, City, CITY_PATHS)
    if cities:
        _replace(CityTerm, "city", cities, city_documents, city_terms)


def _with_labelled(touched: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Add the records whose labels were touched: ``cities/bergen-no/fr`` is city bergen-no."""
    records = {table: set(ids) for table, ids in touched.items()}
    for label in touched.get("labels", ()):
        kind, slug, *_ = label.split("/")
        records.setdefault(LABEL_TABLES[kind], set()).add(slug)
    return records


def _resting_on(
    touched: Mapping[str, set[str]], model: type[models.Model], paths: Mapping[str, list[str]]
) -> list[int]:
    found: set[int] = set()
    for table, lookups in paths.items():
        for ids in _in_batches(sorted(touched.get(table, ())), BATCH):
            for lookup in lookups:
                rows = model.objects.filter(**{f"{lookup}__in": ids})
                found.update(rows.values_list("pk", flat=True))
    return sorted(found)


def _replace(
    model: type[NetworkTerm | CityTerm],
    owner: str,
    ids: list[int] | None,
    documents: Callable[[Iterable[int] | None], Iterable[models.Model]],
    terms_of: Callable[[models.Model], Terms],
) -> None:
    """Write the terms of the records anew, in the caller's transaction or one of its own."""
    with transaction.atomic():
        if ids is None:
            model.objects.all().delete()
            batches: Iterable[list[int] | None] = [None]
        else:
            batches = _in_batches(ids, BATCH)
        for batch in batches:
            if batch is not None:
                model.objects.filter(**{f"{owner}__in": batch}).delete()
            rows = (
                (record.pk, term, weight)
                for record in documents(batch)
                for term, weight in sorted(terms_of(record).items())
            )
            for chunk in _in_batches(rows, TERM_BATCH):
                insert_rows(model, [owner, "term", "weight"], chunk)


def _in_batches(items: Iterable, size: int) -> Iterator[list]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
