"""Whether the sums are right afterwards: what was answered with success is there, once."""

from collections import Counter
from typing import Any

from directory.integrity.checks import find_disagreements
from directory.models import Membership, Network, ReviewItem
from directory.models.review import ReviewState
from tests.soak.world import LIST, PERIODS


def disagreements(world: dict[str, Any], done: list[list[Any]]) -> list[str]:
    """Return what is missing, double or in disagreement."""
    found = [*_memberships(world, done), *_reviews(world, done), *_list(done)]
    found += [f"check_integrity: {finding}" for finding in find_disagreements()]
    return found


def _memberships(world: dict[str, Any], done: list[list[Any]]) -> list[str]:
    answered = [tuple(what) for kind, what in done if kind == "membership"]
    rows = Membership.objects.filter(city__slug__in=world["offices"])
    there = Counter(rows.values_list("city__slug", "network__slug", "joined"))
    lost = [each for each in answered if not there[each]]
    twice = [each for each, number in there.items() if number > 1]
    return [f"lost: {each}" for each in lost] + [f"twice: {each}" for each in twice]


def _reviews(world: dict[str, Any], done: list[list[Any]]) -> list[str]:
    proposed = dict(world["items"])
    answered = [what for kind, what in done if kind == "review"]
    items = ReviewItem.objects.in_bulk(answered)
    websites = set(Network.objects.values_list("website", flat=True))
    problems = [
        f"review {item} was answered and is {items[item].state}"
        for item in answered
        if items[item].state != ReviewState.APPROVED
    ]
    return problems + [
        f"review {item} was approved and nothing has changed"
        for item in answered
        if proposed[item] not in websites
    ]


def _list(done: list[list[Any]]) -> list[str]:
    rows = [what for kind, what in done if kind == "list"]
    found = Membership.objects.filter(
        network__slug=LIST, joined__in=[joined for joined, _left in PERIODS]
    ).count()
    if rows == [found]:
        return []
    return [f"of the long list {rows or 'nothing'} was answered, and {found} rows are there"]
