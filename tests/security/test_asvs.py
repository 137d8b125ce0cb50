"""OWASP ASVS 5.0.0, level 2, item by item: what asvs.csv says of each is there.

The columns: number and level of the item, what it is about in our own words, how it stands, the
tests that show it, and a reason. It stands as

``test``: the tests show it; ``holds``: for the reason given; ``none``: nothing here that it could
be about; ``host``: for whoever runs a site to see to; ``open``: not fulfilled, or not wholly.
"""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

FILE = Path(__file__).with_name("asvs.csv")
with FILE.open(encoding="utf-8", newline="") as file:
    ITEMS = list(csv.DictReader(file))

STANDS = ("test", "holds", "none", "host", "open")
# How many items version 5.0.0 has of each level.
ITEMS_OF_LEVEL = {"1": 70, "2": 183}
# Open ones are decisions: one more needs a reason, one fewer is welcome.
OPEN = {
    *("V4.1.2", "V6.3.3", "V6.5.5", "V11.1.1", "V11.1.2", "V15.1.1", "V15.2.1"),
    *("V16.2.1", "V16.3.1", "V16.3.2", "V16.3.3"),
}


def test_every_item_of_both_levels_is_there_once():
    numbers = [item["item"] for item in ITEMS]
    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch(r"V\d+(\.\d+){2}", number) for number in numbers)
    assert numbers == sorted(numbers, key=lambda number: [int(n) for n in number[1:].split(".")])
    for level, count in ITEMS_OF_LEVEL.items():
        assert sum(item["level"] == level for item in ITEMS) == count
    assert len(ITEMS) == sum(ITEMS_OF_LEVEL.values())


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["item"])
def test_every_item_is_shown_by_a_test_or_has_a_reason(item):
    assert None not in item
    assert item["about"].strip()
    assert item["stands"] in STANDS
    assert bool(item["tests"]) == (item["stands"] == "test")
    assert len(item["because"]) > 15 or item["stands"] == "test"


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["item"])
def test_every_test_that_is_named_exists(item):
    named = item["tests"].split() + re.findall(r"tests/[\w/]+\.py(?:::\w+)*", item["because"])
    for name in named:
        path, *names = name.split("::")
        assert path.startswith("tests/")
        assert not names or "::".join(names) in names_in(path), name
        assert (settings.BASE_DIR / path).exists()


def test_open_items_are_those_that_we_know_of():
    assert {item["item"] for item in ITEMS if item["stands"] == "open"} == OPEN


@cache
def names_in(path):
    """Return the tests of a file, classes with their methods among them."""
    tree = ast.parse((settings.BASE_DIR / path).read_text(encoding="utf-8"))
    found = set()
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            found.add(node.name)
            found |= {f"{node.name}::{each.name}" for each in node.body if hasattr(each, "name")}
        elif isinstance(node, ast.FunctionDef):
            found.add(node.name)
    return {name for name in found if name.startswith(("Test", "test_"))}
