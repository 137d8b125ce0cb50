"""Who has most in common with a city or a network, and what these have in common."""

import datetime

import pytest

from directory.insights.neighbours import cities_around, networks_around
from directory.models import City, Network
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 23)


@pytest.fixture
def north():
    """Bergen is in a, b, c; Oslo too, and in d; Turku in a, b, d; Moss in a alone."""
    for city, networks in (
        ("bergen-no", "abc"),
        ("oslo-no", "abcd"),
        ("turku-fi", "abd"),
        ("moss-no", "a"),
    ):
        make_city(city, country=city[-2:].upper())
        for network in networks:
            make_membership(network, city)


def city(slug):
    return City.objects.with_country().get(slug=slug)


def around(slug, **asked):
    return cities_around(city(slug), day=DAY, **{"least": 2, **asked})


def shown(neighbourhood):
    return [(each.rank, each.record.slug, each.shared) for each in neighbourhood.neighbours]


def ties(found):
    return [(tie.first.record.slug, tie.second.record.slug, tie.shared) for tie in found]


def test_the_most_alike_come_first(north):
    found = around("bergen-no")
    assert shown(found) == [(1, "oslo-no", 3), (2, "turku-fi", 2)]
    assert [each.either for each in found.neighbours] == [4, 4]
    assert [each.score for each in found.neighbours] == [0.75, 0.5]


def test_a_tie_is_what_neighbours_have_in_common_whether_the_middle_has_it_or_not(north):
    (tie,) = around("bergen-no").ties
    assert ties([tie]) == [("oslo-no", "turku-fi", 3)]
    assert tie.score == 0.75
    assert tie.other(tie.first) is tie.second


def test_who_has_too_little_in_common_is_left_out_and_so_are_weaker_ties(north):
    assert shown(around("bergen-no", least=3)) == [(1, "oslo-no", 3)]
    assert around("bergen-no", least=4).neighbours == []


def test_no_more_are_shown_than_asked_for_but_all_are_counted(north):
    found = around("bergen-no", most=1)
    assert (len(found.neighbours), found.found) == (1, 2)


def test_memberships_that_ended_tie_nobody(north):
    make_membership("gone", "bergen-no", left="2009")
    make_membership("gone", "turku-fi", left="2009")
    assert shown(around("bergen-no")) == [(1, "oslo-no", 3), (2, "turku-fi", 2)]


def test_networks_are_ordered_by_how_many_member_cities_they_share(north):
    for slug in ("hamar-no", "horten-no", "halden-no"):
        make_membership("a", slug)
    found = networks_around(Network.objects.get(slug="d"), day=DAY, least=2)
    # Of the same number in common the id decides, although “b” is more like it than “a”.
    assert shown(found) == [(1, "a", 2), (2, "b", 2)]
    assert [each.score for each in found.neighbours] == [round(2 / 7, 9), round(2 / 3, 9)]
    assert ties(found.ties) == [("a", "b", 3)]


def test_a_tie_is_strong_that_is_among_the_two_strongest_of_either_end():
    make_network("hub")
    for number in range(4):
        make_membership("hub", f"city-{number}-no")
        make_membership("other", f"city-{number}-no")
    # The later, the smaller: all are in the first network, half of them in the second.
    make_membership("third", "city-0-no")
    make_membership("third", "city-1-no")
    make_membership("third", "city-2-no")
    found = cities_around(city("city-3-no"), day=DAY, least=2)
    assert ties(found.ties) == [
        ("city-0-no", "city-1-no", 3),
        ("city-0-no", "city-2-no", 3),
        ("city-1-no", "city-2-no", 3),
    ]
    first = found.neighbours[0]
    assert [tie.shared for tie in found.strongest_of(first)] == [3, 3]
    assert found.strong_ties == found.ties


def test_nobody_is_around_who_has_nothing():
    make_city("oslo-no")
    assert around("oslo-no").neighbours == []
    assert networks_around(make_network("air"), day=DAY, least=1).neighbours == []


def test_the_number_of_queries_is_fixed(north, django_assert_num_queries):
    bergen = city("bergen-no")
    with django_assert_num_queries(5):
        found = cities_around(bergen, day=DAY, least=2)
        assert all(each.record.country.name for each in found.neighbours)
    network = Network.objects.get(slug="d")
    with django_assert_num_queries(3):
        networks_around(network, day=DAY, least=2)
