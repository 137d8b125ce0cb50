"""What is stored of cities that are alike is checked against their memberships."""

import datetime

import pytest
from django.core.management import call_command

from directory.integrity.likeness import likest_cities
from directory.models import Likeness, LikenessDays
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def bergen():
    """Bergen and Oslo are in the same two networks."""
    bergen, oslo = make_city("bergen-no"), make_city("oslo-no")
    for network in (make_network(), make_network()):
        make_membership(network, bergen)
        make_membership(network, oslo)
    return bergen


def test_what_is_wrong_is_found_and_a_command_mends_it(bergen):
    assert list(likest_cities()) == []
    Likeness.objects.filter(city=bergen).update(shared=7)
    (finding,) = likest_cities()
    assert finding.record == "bergen-no"
    assert "renew_likeness" in finding.what
    call_command("renew_likeness", verbosity=0)
    assert list(likest_cities()) == []


def test_days_that_do_not_fit_are_found(bergen):
    make_membership(make_network(), bergen, joined="2020", left="2100")
    LikenessDays.objects.update(last_day=datetime.date(2101, 1, 1))
    (finding,) = likest_cities()
    assert "2101-01-01" in finding.what
