"""The quality of search, measured over a labelled file of what people ask.

What is found, and in which order, is also kept in ``hits.json``: both databases must give exactly
that. After a change of the search, look at the difference and record it anew with
``RECORD_HITS=1 pytest tests/directory/search/test_relevance.py``.
"""

import csv
import datetime
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from directory.models import City, Network
from directory.search.cities import CityCriteria, find_cities
from directory.search.criteria import NetworkCriteria
from directory.search.networks import find_networks

FILE = Path(__file__).with_name("relevance.csv")
RECORD = Path(__file__).with_name("hits.json")
DAY = datetime.date(2026, 11, 23)
pytestmark = pytest.mark.django_db
RECALL_AT_1, RECALL_AT_5 = 0.90, 0.97
DEPTH = 5


@dataclass(frozen=True)
class Asked:
    """A query of the file and all its hits, as slugs in order."""

    row: dict[str, str]
    found: list[str]

    @property
    def expected(self) -> set[str]:
        return set(self.row["expected"].split(";"))

    def is_answered_within(self, depth: int) -> bool:
        return bool(self.expected & set(self.found[:depth]))

    @property
    def record(self) -> str:
        """How many hits, the first of them, and a digest of all in order."""
        digest = hashlib.sha256(" ".join(self.found).encode()).hexdigest()[:12]
        return f"{len(self.found)} {digest} {' '.join(self.found[:3])}".strip()

    def __str__(self) -> str:
        return f"{self.row['set']}/{self.row['group']} “{self.row['query']}”: {self.found[:3]}"


def ask(row: dict[str, str]) -> Asked:
    """Return the hits for a row of the file."""
    if row["finds"] == "city":
        hits = find_cities(CityCriteria(City.objects.public(), text=row["query"]), day=DAY)
        slugs = dict(City.objects.values_list("pk", "slug"))
        return Asked(row, [slugs[pk] for pk in hits.ids])
    hits = find_networks(NetworkCriteria(text=row["query"]), day=DAY)
    slugs = dict(Network.objects.values_list("pk", "slug"))
    return Asked(row, [slugs[pk] for pk in hits.ids])


@pytest.fixture(scope="module")
def answers(starting_data, django_db_blocker) -> list[Asked]:
    with django_db_blocker.unblock(), FILE.open(encoding="utf-8", newline="") as file:
        return [ask(row) for row in csv.DictReader(file)]


def test_the_file_is_large_enough_and_keeps_fifty_queries_blind(answers):
    assert len(answers) >= 150
    assert sum(asked.row["set"] == "blind" for asked in answers) >= 50


@pytest.mark.parametrize("part", ["blind", "tuning"])
@pytest.mark.parametrize("finds", ["network", "city"])
def test_recall_stays_above_its_floors(answers, part, finds):
    asked = [asked for asked in answers if asked.row["set"] == part and asked.row["finds"] == finds]
    for depth, floor in ((1, RECALL_AT_1), (DEPTH, RECALL_AT_5)):
        missed = [one for one in asked if not one.is_answered_within(depth)]
        recall = 1 - len(missed) / len(asked)
        assert recall >= floor, f"recall@{depth} {recall:.3f}: " + "\n".join(map(str, missed))


def test_exact_acronyms_and_names_come_first(answers):
    missed = [asked for asked in answers if asked.row["top"] and not asked.is_answered_within(1)]
    assert not missed, "\n".join(map(str, missed))


def test_both_databases_find_the_same_in_the_same_order(answers):
    found = {f"{asked.row['finds']}: {asked.row['query']}": asked.record for asked in answers}
    if os.environ.get("RECORD_HITS"):
        RECORD.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(RECORD.read_text(encoding="utf-8"))
