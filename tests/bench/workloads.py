"""What is asked of the site and of its yardsticks, and the ratios that are to be reached.

Every list of addresses asks for as many different things as there are, in an order that is the same
each time.
"""

import csv
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

from api.cursors import Cursor, encode
from api.views.memberships import BY_NUMBER
from directory.models import City, Membership, Network
from tests.bench.measured import Goal

QUERIES = Path(__file__).parents[1] / "directory" / "search" / "relevance.csv"
PAGE = 100
MOST = 4000
ORDER = f"membership {BY_NUMBER}"
# Ends the names of what is asked for again and again, of a site that keeps its answers.
WARM = ", warm"
# Begins the names of ready bytes, as many as the answer has that they are compared with.
READY = "ready bytes for "
# What may cost little more when there is much more of everything, and is kept.
GROWS_LITTLE = ("memberships", "search", "city page", "network page", "networks page")
MOST_GROWTH = 1.3

GOALS = [
    Goal("memberships", "memberships, textbook", 4),
    Goal("memberships", "memberships, one statement", 0.5),
    Goal("memberships", "memberships, textbook", 0.33, of_p99=True),
    Goal("search", "search, textbook", 6),
    Goal("search", "search, one statement", 0.4),
    Goal("city page", "city page, textbook", 2),
    Goal("network page", "network page, textbook", 2),
    Goal("networks page", "networks page, textbook", 2),
    Goal("city page", "city page, textbook with all of it", 2),
    Goal("network page", "network page, textbook with all of it", 2),
    Goal("networks page", "networks page, textbook with all of it", 2),
    *(
        Goal(f"{name}{WARM}", f"{READY}{name}{WARM}", 0.6, on_postgresql=0.45)
        for name in GROWS_LITTLE
    ),
    Goal("memberships, unchanged", "memberships", 5),
    Goal("memberships, unchanged", "conditional, unchanged", 0.6),
]


def addresses() -> dict[str, list[str]]:
    """Return what is asked for, by its name."""
    shuffled = random.Random(14)
    starts = list(_starts())
    shuffled.shuffle(starts)
    queries = _queries()
    cities = list(
        City.objects.filter(memberships__isnull=False).distinct().values_list("slug", flat=True)
    )
    networks = list(
        Network.objects.filter(memberships__isnull=False).distinct().values_list("slug", flat=True)
    )
    shuffled.shuffle(cities)
    shuffled.shuffle(networks)
    cities = cities[:MOST]
    ours = {
        "memberships": [_memberships(slug, after) for slug, after in starts],
        "search": [f"/api/v1/search/?{urlencode({'q': query})}" for query in queries],
        "city page": [f"/cities/{slug}/" for slug in cities],
        "network page": [f"/networks/{slug}/" for slug in networks],
        "networks page": [f"/networks/?{urlencode({'q': query})}" for query in queries],
    }
    theirs = {
        "memberships, textbook": [
            f"/bench/textbook/memberships/?network__slug={slug}&page_size={PAGE}"
            for slug in dict(starts)
        ],
        "memberships, one statement": [
            f"/bench/one-statement/memberships/?network={slug}&after={after}"
            for slug, after in starts
        ],
        "search, textbook": [
            f"/bench/textbook/search/?{urlencode({'search': query})}" for query in queries
        ],
        "search, one statement": [
            f"/bench/one-statement/search/?{urlencode({'q': query})}" for query in queries
        ],
        "city page, textbook": [f"/bench/textbook/cities/{slug}/" for slug in cities],
        "network page, textbook": [f"/bench/textbook/networks/{slug}/" for slug in networks],
        "networks page, textbook": [
            f"/bench/textbook/networks/?{urlencode({'q': query})}" for query in queries
        ],
        "city page, textbook with all of it": [f"/bench/whole/cities/{slug}/" for slug in cities],
        "network page, textbook with all of it": [
            f"/bench/whole/networks/{slug}/" for slug in networks
        ],
        "networks page, textbook with all of it": [
            f"/bench/whole/networks/?{urlencode({'q': query})}" for query in queries
        ],
    }
    warm = {f"{name}{WARM}": [paths[0]] for name, paths in ours.items()}
    known = {
        "memberships, unchanged": ours["memberships"][:1],
        "conditional, unchanged": ["/bench/conditional/"],
    }
    return ours | theirs | warm | known


def ready(sizes: Mapping[str, int]) -> dict[str, list[str]]:
    """Return what is asked for beside answers that are kept, by its name: bytes of their size."""
    return {
        f"{READY}{name}": [f"/bench/ready/?size={size}"]
        for name, size in sizes.items()
        if name.endswith(WARM)
    }


def _starts() -> Iterator[tuple[str, int]]:
    """Yield every place in the list of a network after which a hundred memberships follow."""
    for slug in Network.objects.order_by("slug").values_list("slug", flat=True):
        ids = list(
            Membership.objects.filter(network__slug=slug)
            .order_by("id")
            .values_list("id", flat=True)
        )
        for place in range(len(ids) - PAGE + 1):
            yield slug, ids[place - 1] if place else 0


def _memberships(slug: str, after: int) -> str:
    asked = {"network": slug, "page_size": PAGE, "cursor": encode(Cursor((after,)), ORDER)}
    return f"/api/v1/memberships/?{urlencode(asked)}"


def _queries() -> list[str]:
    """Return what people search networks by."""
    with QUERIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return list(dict.fromkeys(row["query"] for row in rows if row["finds"] == "network"))
