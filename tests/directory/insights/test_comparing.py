"""Networks and cities side by side: what all share, what some share, what is of one alone."""

import datetime

import pytest

from directory.insights.comparing import LONGEST_LIST, compare_cities, compare_networks
from directory.models import City, Network
from tests.factories import make_city, make_focus_area, make_membership, make_network

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 23)


def members(**cities_of):
    """Make networks with their member cities, and return them with facts, in this order."""
    for network, names in cities_of.items():
        make_network(network)
        for name in names.split():
            make_membership(network, f"{name}-no")
    return networks(*cities_of)


def networks(*slugs):
    found = {each.slug: each for each in Network.objects.with_facts()}
    return [found[slug] for slug in slugs]


def cities(*slugs):
    found = {each.slug: each for each in City.objects.with_country()}
    return [found[slug] for slug in slugs]


def overlaps(sharing):
    return [
        ([holder.slug for holder in overlap.holders], [item.slug for item in overlap.items])
        for overlap in sharing.overlaps
    ]


def test_every_member_stands_once_with_those_networks_that_it_is_in():
    found = compare_networks(
        members(air="bergen oslo", sea="bergen oslo moss", land="bergen hamar"), day=DAY
    )
    assert overlaps(found.members) == [
        (["air", "sea", "land"], ["bergen-no"]),
        (["air", "sea"], ["oslo-no"]),
        (["sea"], ["moss-no"]),
        (["land"], ["hamar-no"]),
    ]
    assert (found.members.in_all, found.members.in_any) == (1, 4)


def test_pairs_count_all_that_both_have_whoever_else_has_it():
    found = compare_networks(
        members(air="bergen oslo", sea="bergen oslo moss", land="bergen hamar"), day=DAY
    )
    pairs = [(p.first.slug, p.second.slug, p.both, p.either) for p in found.members.pairs]
    assert pairs == [("air", "sea", 2, 3), ("air", "land", 1, 3), ("sea", "land", 1, 4)]


def test_sizes_are_those_of_the_current_members_listed():
    make_membership("air", "moss-no", left="2009")
    make_membership("air", "hamar-no", joined="2030", left="2031")
    make_membership("air", "bergen-no", left="2009")
    make_membership("air", "bergen-no", joined="2015")
    make_network("sea")
    found = compare_networks(networks("air", "sea"), day=DAY)
    assert found.members.sizes == [1, 0]
    assert [network.listed_members for network in found.networks] == [1, 0]


def test_a_long_list_is_cut_and_says_how_many_are_missing():
    make_network("sea")
    for number in range(LONGEST_LIST + 2):
        make_membership("air", f"city-{number:02}-no")
    (only,) = compare_networks(networks("air", "sea"), day=DAY).members.overlaps
    assert (len(only.shown), only.more, only.is_of_one) == (LONGEST_LIST, 2, True)


def test_who_works_on_a_part_works_on_the_whole():
    make_focus_area("inclusion", position=1)
    make_focus_area("migration", parent="inclusion", position=2)
    make_focus_area("climate", position=3)
    make_network("refuge", focus_areas=["migration"])
    make_network("rights", focus_areas=["climate", "inclusion"])
    found = compare_networks(networks("refuge", "rights"), day=DAY)
    assert overlaps(found.focus_areas) == [
        (["refuge", "rights"], ["inclusion"]),
        (["refuge"], ["migration"]),
        (["rights"], ["climate"]),
    ]


def test_cities_are_compared_by_the_networks_that_they_are_in():
    members(air="bergen oslo", sea="bergen", land="oslo", moon="moss")
    found = compare_cities(cities("oslo-no", "bergen-no"), day=DAY)
    assert overlaps(found.networks) == [
        (["oslo-no", "bergen-no"], ["air"]),
        (["oslo-no"], ["land"]),
        (["bergen-no"], ["sea"]),
    ]
    assert [city.listed_networks for city in found.cities] == [2, 2]


def test_focus_areas_of_cities_count_networks_and_a_whole_those_of_its_parts_once():
    inclusion = make_focus_area("inclusion", position=1)
    make_focus_area("migration", parent=inclusion, position=2)
    make_focus_area("ageing", parent=inclusion, position=3)
    make_focus_area("peace", position=4)
    make_network("refuge", focus_areas=["migration", "ageing"])
    make_network("rights", focus_areas=["inclusion"])
    for network, city in (("refuge", "oslo-no"), ("rights", "oslo-no"), ("rights", "moss-no")):
        make_membership(network, city)
    found = compare_cities(cities("oslo-no", "moss-no"), day=DAY)
    assert [
        (row.area.slug, [(city.slug, count) for city, count in row.by_city]) for row in found.areas
    ] == [
        ("inclusion", [("oslo-no", 2), ("moss-no", 1)]),
        ("migration", [("oslo-no", 1), ("moss-no", 0)]),
        ("ageing", [("oslo-no", 1), ("moss-no", 0)]),
    ]


def test_cities_without_any_network_have_nothing_to_compare():
    make_city("oslo-no")
    make_city("moss-no")
    found = compare_cities(cities("oslo-no", "moss-no"), day=DAY)
    assert (found.networks.overlaps, found.networks.in_any, found.areas) == ([], 0, [])


def test_the_number_of_queries_is_fixed(django_assert_num_queries):
    found = members(air="bergen oslo moss", sea="bergen oslo hamar", land="bergen", moon="oslo")
    with django_assert_num_queries(3):
        shown = compare_networks(found, day=DAY).members.overlaps
        assert all(city.country.name for overlap in shown for city in overlap.shown)
    two = cities("bergen-no", "oslo-no")
    with django_assert_num_queries(4):
        compare_cities(two, day=DAY)
