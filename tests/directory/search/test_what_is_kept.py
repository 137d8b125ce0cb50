"""What a process keeps of some tables is never older than they are, whatever changes in the others.

Each change is followed by the same questions, asked of a process that has kept all it could and of
one that begins anew.
"""

import gc
import random

import pytest
from django.template import engines
from django.test import Client

from directory.models import City, Membership
from directory.models.tables import TABLES
from directory.search.per_revision import PerRevision
from tests.factories import (
    make_city,
    make_focus_area,
    make_funder,
    make_label,
    make_membership,
    make_network,
    make_statement,
    writing,
)

pytestmark = pytest.mark.django_db

PAGES = (
    *("/networks/", "/networks/?q=north", "/fr/networks/?q=mers", "/networks/north/"),
    *("/fr/networks/north/", "/cities/bergen-no/", "/fr/cities/bergen-no/", "/search/?q=bergen"),
    *("/search/?q=nroth", "/cities/?q=oslo", "/focus-areas/seas/", "/for/bergen-no/"),
    *("/api/v1/search/?q=north", "/api/v1/networks/", "/api/v1/memberships/", "/api/v1/cities/"),
    *("/api/v1/match/?name=Bergen", "/networks/north/?find=b", "/networks/north/?as_of=2020-01-01"),
)


def rename(table, slug, name):
    with writing() as changes:
        changes.touch(table, {slug})
        record = TABLES[table].model.objects.get(slug=slug)
        record.name = name
        record.save()


def end_city(step):
    successor = make_city(f"successor-{step}-no")
    with writing() as changes:
        changes.touch("cities", {"oslo-no"})
        city = City.objects.get(slug="oslo-no")
        city.successor = successor
        city.save()


def speak_again(step):
    make_statement(
        Membership.objects.get(network__slug="north", city__slug="bergen-no"), voice="city"
    )


CHANGES = (
    speak_again,
    end_city,
    lambda step: rename("networks", "north", f"North {step}"),
    lambda step: rename("cities", "bergen-no", f"Bergen {step}"),
    lambda step: rename("focus_areas", "seas", f"Seas {step}"),
    lambda step: rename("funders", "fund", f"Fund {step}"),
    lambda step: make_membership("north", make_city(f"member-{step}-no"), joined="2001"),
    lambda step: make_membership(make_network(f"new-{step}", focus_areas=["seas"]), "bergen-no"),
    lambda step: make_label(make_city(f"named-{step}-no"), "fr", f"Ville {step}"),
    lambda step: make_label(make_network(f"called-{step}"), "fr", f"Mers du Nord {step}"),
    lambda step: make_label(make_focus_area(f"area-{step}"), "fr", f"Mers {step}"),
)


@pytest.fixture
def directory():
    make_focus_area("seas")
    make_funder("fund")
    make_network("north", focus_areas=["seas"], funders=["fund"])
    for city in ("bergen-no", "oslo-no"):
        make_membership("north", city)


def begin_anew():
    """Forget all that a process keeps, as one does that has just been started."""
    for each in gc.get_objects():
        if type(each) is PerRevision:
            each._kept.clear()
    for engine in engines.all():
        for loader in engine.engine.template_loaders:
            loader.reset()


def ask():
    browser = Client()
    answers = [browser.get(page) for page in PAGES]
    return {page: answer.content for page, answer in zip(PAGES, answers, strict=True)}


@pytest.mark.parametrize("seed", range(2))
def test_nothing_that_is_kept_is_older_than_its_tables(directory, settings, seed):
    settings.KEPT_ANSWERS_BYTES = 0
    order = random.Random(seed)
    changes = [*CHANGES, *order.choices(CHANGES, k=4)]
    order.shuffle(changes)
    ask()
    for step, change in enumerate(changes):
        change(step)
        kept = ask()
        begin_anew()
        assert kept == ask(), change
