"""The world of a soak: the starting data, offices with tokens, editors, suggestions, a list."""

import csv
import uuid
from pathlib import Path
from typing import Any

from directory.models import City, Network
from directory.registration import submissions, tokens
from tests.bench.workloads import QUERIES
from tests.browser.people import sign_in
from tests.directory.registration.people import make_person, make_staff
from tests.factories import make_city, make_network

OFFICES = 10
OPEN_NETWORKS = 30
EDITORS = 2
SUGGESTIONS = 600
ROWS = 10_000
PERIODS = (("1991", "1993"), ("1995-02", "1997-11"), ("2001", "2003"))
LIST = "network-of-the-long-list"
SOURCE = "https://soak.example/members"
# Less than the memberships of the starting data take as a file.
LEAST_BYTES = 500_000


def make_world() -> dict[str, Any]:
    """Add to the starting data who writes; return all that the people need to know."""
    cities = list(City.objects.order_by("slug").values_list("slug", flat=True))
    networks = list(Network.objects.order_by("slug").values_list("slug", flat=True))
    offices = [make_city(f"city-of-soak-{number}-no") for number in range(OFFICES)]
    own = [make_network(f"network-of-soak-{number}").slug for number in range(OPEN_NETWORKS)]
    rows = [
        {"city": city, "joined": joined, "left": left}
        for city in cities
        for joined, left in PERIODS
    ]
    return {
        "cities": cities,
        "networks": networks,
        "queries": _queries(),
        "offices": {office.slug: _token(office) for office in offices},
        "open_networks": own,
        "editors": [
            sign_in(f"editor-{number}@soak.example", [], is_editor=True)
            for number in range(EDITORS)
        ],
        "items": _suggested(networks),
        "rows": rows[:ROWS],
        "list_secret": _token(make_network(LIST)),
        "list_source": SOURCE,
        "least_bytes": LEAST_BYTES,
    }


def _queries() -> list[str]:
    with Path(QUERIES).open(encoding="utf-8", newline="") as file:
        return sorted({row["query"] for row in csv.DictReader(file)})


def _token(office: City | Network) -> str:
    person = make_staff(office)
    _token, secret = tokens.issue_token(actor=person, office=office, name="Soak", days=30)
    return secret


def website(number: int) -> str:
    """What the suggestion of that number proposes."""
    return f"https://soak.example/suggestion-{number}"


def _suggested(networks: list[str]) -> list[tuple[int, str]]:
    """Make suggestions; return item of the queue and proposed address of each."""
    person = make_person()
    made = []
    for number in range(min(SUGGESTIONS, len(networks))):
        suggested = submissions.correct(
            actor=person,
            table="networks",
            record=networks[number],
            values={"website": website(number)},
            source="https://soak.example/minutes",
            form_key=uuid.uuid4(),
        )
        made.append((suggested.review.pk, website(number)))
    return made
