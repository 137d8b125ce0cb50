"""Choosing from the editors' queue: by kind, state, what it is about, source and words."""

from collections.abc import Iterable, Mapping

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from directory.models import Membership, ReviewItem
from directory.models.review import OPEN_REVIEW_STATES, ReviewKind
from directory.models.submission import SubmissionKind
from directory.models.tables import TABLES
from directory.models.text import fold, sort_key

KINDS = {
    ReviewKind.CLAIM.value: ReviewKind.CLAIM.label,
    **dict(SubmissionKind.choices),
    ReviewKind.DISPUTE.value: ReviewKind.DISPUTE.label,
}
"""What an item is, finer than its own kind: what submissions propose stands for itself."""

STATES = {state.value: state.label for state in OPEN_REVIEW_STATES}

ABOUT = {
    "cities": Q(claim__city__isnull=False) | Q(submission__table="cities"),
    "networks": Q(claim__network__isnull=False) | Q(submission__table="networks"),
    "memberships": Q(kind=ReviewKind.DISPUTE) | Q(submission__table="memberships"),
}
"""The table of what an item is about."""

NAMED = (
    *("claim__city__name_key", "claim__network__name_key"),
    *("membership__city__name_key", "membership__network__name_key"),
)
WRITTEN = (
    *("claim__work_address", "claim__role", "claim__evidence", "claim__person__email"),
    *("submission__record", "submission__comment", "submission__source"),
    *("submission__person__email",),
)


def chosen(
    items: QuerySet[ReviewItem],
    *,
    kind: str = "",
    state: str = "",
    about: str = "",
    host: str = "",
    text: str = "",
) -> QuerySet[ReviewItem]:
    """Return the items of the queue that fit; empty texts leave all."""
    if kind:
        items = items.filter(Q(kind=kind) | Q(submission__kind=kind))
    if state:
        items = items.filter(state=state)
    if about:
        items = items.filter(ABOUT[about])
    if host:
        site = f"://{host.casefold().removeprefix('www.')}"
        www = site.replace("://", "://www.")
        items = items.filter(
            Q(submission__source__icontains=site) | Q(submission__source__icontains=www)
        )
    if text:
        slug = "-".join(fold(text).split())
        condition = Q(submission__record__contains=slug) if slug else Q()
        for name in NAMED:
            condition |= Q(**{f"{name}__contains": sort_key(text)})
        for name in WRITTEN:
            condition |= Q(**{f"{name}__icontains": text})
        items = items.filter(condition)
    return items


def count_by_kind(items: QuerySet[ReviewItem]) -> dict[str, int]:
    """Return how many items there are of each of ``KINDS``, in one query."""
    rows = (
        items.order_by()
        .annotate(finer=Coalesce("submission__kind", "kind"))
        .values_list("finer")
        .annotate(Count("pk"))
    )
    counts = dict(rows)
    return {kind: counts.get(kind, 0) for kind in KINDS}


def names_of(items: Iterable[ReviewItem]) -> Mapping[int, str]:
    """Return what each item is about, by its key: a record's name, or the proposed one.

    At most one query for each table, however many items there are.
    """
    items = list(items)
    wanted: dict[str, set[str]] = {"networks": set(), "cities": set()}
    memberships: set[str] = set()
    for item in items:
        said = item.submission
        if said is None:
            continue
        if said.table == "memberships" and said.record:
            memberships.add(said.record)
        elif said.table == "memberships":
            wanted["networks"].add(said.proposed.get("network", ""))
            wanted["cities"].add(said.proposed.get("city", ""))
        elif said.record:
            wanted[said.table].add(said.record)
    names = _names(wanted)
    pairs = _pairs(memberships)
    return {item.pk: _name(item, names, pairs) for item in items}


def _names(wanted: Mapping[str, set[str]]) -> dict[str, dict[str, str]]:
    found = {}
    for table, slugs in wanted.items():
        records = TABLES[table].model._default_manager
        named = records.filter(slug__in=slugs - {""}) if slugs - {""} else records.none()
        found[table] = dict(named.values_list("slug", "name"))
    return found


def _pairs(memberships: set[str]) -> dict[str, str]:
    if not memberships:
        return {}
    found = Membership.objects.filter(TABLES["memberships"].find(memberships)).with_names()
    return {one.public_id: f"{one.city.name} · {one.network.name}" for one in found}


def _name(
    item: ReviewItem, names: Mapping[str, Mapping[str, str]], pairs: Mapping[str, str]
) -> str:
    if item.claim is not None:
        return item.claim.office.name
    if item.membership is not None:
        return f"{item.membership.city.name} · {item.membership.network.name}"
    said = item.submission
    if said is None:
        return ""
    if said.table != "memberships":
        return names[said.table].get(said.record) or said.record or said.proposed.get("name", "")
    if said.record:
        return pairs.get(said.record, said.record)
    city, network = said.proposed.get("city", ""), said.proposed.get("network", "")
    return f"{names['cities'].get(city, city)} · {names['networks'].get(network, network)}"
