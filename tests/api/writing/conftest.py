"""Who writes in these tests: people with tokens, and programs that send them."""

import pytest

from directory.models import Membership
from tests.api.writing.programs import Program, program_for
from tests.factories import make_city, make_membership, make_network


@pytest.fixture
def bergen():
    return make_city("bergen-no", name="Bergen")


@pytest.fixture
def north():
    return make_network("north", name="North")


@pytest.fixture
def city(bergen):
    """A program of Bergen."""
    return program_for(bergen)


@pytest.fixture
def network(north):
    """A program of the network."""
    return program_for(north)


@pytest.fixture
def stranger():
    """A program of a city that has nothing to do with it."""
    return program_for(make_city("oslo-no", name="Oslo"))


@pytest.fixture
def visitor():
    """A program without a token."""
    return Program()


@pytest.fixture
def membership(bergen, north) -> Membership:
    """Bergen in the network since 2019, by a source."""
    return make_membership(north, bergen, joined="2019")
