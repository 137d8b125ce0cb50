"""The data on which the faults strike: a part of the starting data, offices, people, suggestions.

Every sixteenth network of the starting data with its cities and sources, so that everything can
be checked after each kill; and cities and networks of this run's own, whose offices write.
"""

import csv
import uuid
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from directory.datapackage.loading import load_package
from directory.gazetteer.loading import load_places
from directory.models import City, Network
from directory.models.tables import TABLES
from directory.registration import submissions, tokens
from tests.browser.people import sign_in
from tests.directory.datapackage.tiny import Tables, write
from tests.directory.gazetteer.places import DIVISIONS, EVERYWHERE
from tests.directory.registration.people import make_person, make_staff
from tests.factories import make_city, make_network

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
EVERY = 16
OFFICES = 30
OWN_NETWORKS = 10
EDITORS = 2
ROWS_OF_A_LIST = 150


@dataclass
class World:
    """Who writes, with what, and about what."""

    folder: Path
    package: Tables
    secrets: dict[str, str] = field(default_factory=dict)
    """The access token of each office, by the slug of its city or network."""
    sessions: list[str] = field(default_factory=list)
    """The cookies of editors who are signed in."""

    @property
    def own_cities(self) -> list[str]:
        """Slugs of the cities whose offices write."""
        return [slug for slug in self.secrets if slug.startswith("city-")]

    @property
    def own_networks(self) -> list[str]:
        """Slugs of the networks whose offices hand in lists."""
        return [slug for slug in self.secrets if slug.startswith("network-")]

    @property
    def cities(self) -> list[str]:
        """Slugs of cities of the starting data."""
        return [row["id"] for row in self.package["cities"]]

    def package_number(self, number: int) -> Path:
        """Write the package anew, with so many inhabitants of each city; return its folder."""
        cities = [row | {"population": str(population(number))} for row in self.package["cities"]]
        return write(self.folder / f"package-{number}", self.package | {"cities": cities})


def population(number: int) -> int:
    """How many inhabitants the package of that number gives to every city."""
    return 100_000 + number


def make_world(folder: Path) -> World:
    """Fill the database."""
    load_places(EVERYWHERE, divisions=DIVISIONS, reason="Places of a test")
    world = World(folder, part_of_the_starting_data())
    load_package(world.package_number(0))
    for number in range(OFFICES):
        _give_token(world, make_city(f"city-of-faults-{number}-no"))
    for number in range(OWN_NETWORKS):
        _give_token(world, make_network(f"network-of-faults-{number}"))
    for number in range(EDITORS):
        world.sessions.append(sign_in(f"editor-{number}@faults.example", [], is_editor=True))
    return world


def suggest(world: World, numbers: range) -> list[tuple[int, int]]:
    """Make suggestions of these numbers; return number and item of the queue of each."""
    person = make_person()
    networks = [row["slug"] for row in world.package["networks"]]
    made = []
    for number in numbers:
        suggested = submissions.correct(
            actor=person,
            table="networks",
            record=networks[number % len(networks)],
            values={"website": suggested_website(number)},
            source="https://faults.example/minutes",
            form_key=uuid.uuid4(),
        )
        made.append((number, suggested.review.pk))
    return made


def suggested_website(number: int) -> str:
    """What the suggestion of that number proposes."""
    return f"https://faults.example/suggestion-{number}"


def part_of_the_starting_data() -> Tables:
    """Every sixteenth network with all that it refers to, as tables of a package."""
    tables = {name: _rows(FIXTURES / f"{name}.csv") for name in TABLES}
    networks = {row["slug"]: row for row in tables["networks"]}
    wanted = set(islice(networks, 0, None, EVERY))
    while referred := {
        row[column]
        for row in map(networks.__getitem__, wanted)
        for column in ("parent", "merged_into")
        if row[column] and row[column] not in wanted
    }:
        wanted |= referred
    memberships = [row for row in tables["memberships"] if row["network"] in wanted]
    kept = {row["id"] for row in memberships}
    cities = {row["city"] for row in memberships}
    cities |= {row["successor"] for row in tables["cities"] if row["id"] in cities} - {""}
    records = {f"cities/{slug}" for slug in cities} | {f"networks/{slug}" for slug in wanted}
    return tables | {
        "networks": [row for row in tables["networks"] if row["slug"] in wanted],
        "cities": [row for row in tables["cities"] if row["id"] in cities],
        "memberships": memberships,
        "statements": [row for row in tables["statements"] if row["membership"] in kept],
        "labels": [row for row in tables["labels"] if row["record"] in records],
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _give_token(world: World, office: City | Network) -> None:
    person = make_staff(office)
    _token, secret = tokens.issue_token(actor=person, office=office, name="Faults", days=30)
    world.secrets[office.slug] = secret
