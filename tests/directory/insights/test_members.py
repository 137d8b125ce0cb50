"""Members of a network on a day: who is, who was, who will be; counted without N+1."""

import datetime

import pytest
from django.utils.translation import override

from directory.insights.members import count_listed_members, count_networks, members_of
from directory.models.as_of import AsOf
from tests.factories import make_city, make_label, make_membership, make_network

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 23)


def cities(memberships):
    return [membership.city.slug for membership in memberships.page()]


def test_current_past_and_coming_members_are_told_apart():
    network = make_network("mayors")
    make_membership(network, "open-no")
    make_membership(network, "this-year-no", joined="2026", left="2026")
    make_membership(network, "ended-no", ended=True, ended_seen=2015)
    make_membership(network, "past-no", joined="2001", left="2009")
    make_membership(network, "coming-no", joined="2027", left="2027")
    found = members_of(network, day=DAY)
    assert cities(found.current) == ["open-no", "this-year-no"]
    assert cities(found.past) == ["ended-no", "past-no"]
    assert cities(found.coming) == ["coming-no"]


def test_members_stand_by_country_then_by_name_without_accents():
    network = make_network("mayors")
    for slug, name, country in [
        ("oslo-no", "Oslo", "NO"),
        ("ales-fr", "Alès", "FR"),
        ("arles-fr", "Arles", "FR"),
    ]:
        make_membership(network, make_city(slug, name=name, country=country))
    assert cities(members_of(network, day=DAY).current) == ["ales-fr", "arles-fr", "oslo-no"]


@pytest.mark.parametrize("find", ["Łódź", "lodz", "POLAND", " lódz "])
def test_members_are_found_by_city_or_country_in_any_case_and_accent(find):
    network = make_network("mayors")
    make_membership(network, make_city("lodz-pl", name="Łódź", country="PL"))
    make_membership(network, make_city("oslo-no", name="Oslo"))
    assert cities(members_of(network, day=DAY, find=find).current) == ["lodz-pl"]


@pytest.mark.parametrize("find", ["londres", "Royaume", "LONDON", "kingdom"])
def test_members_are_found_by_what_they_are_called_on_the_page_too(find):
    network = make_network("mayors")
    london = make_city("london-gb", name="London", country="GB")
    make_label(london, "fr", "Londres")
    make_membership(network, london)
    make_membership(network, make_city("oslo-no", name="Oslo"))
    with override("fr"):
        assert cities(members_of(network, day=DAY, find=find).current) == ["london-gb"]


def test_a_city_with_two_memberships_counts_once(django_assert_num_queries):
    network = make_network("mayors")
    bergen = make_city("bergen-no")
    make_membership(network, bergen)
    make_membership(network, bergen, joined="2026", left="2026")
    make_membership(network, "past-no", left="2009")
    for as_of, queries in [(None, 1), (AsOf(DAY, strict=False), 1)]:
        count_listed_members([network], day=DAY)
        with django_assert_num_queries(queries):
            [counted] = count_listed_members([network], day=DAY, as_of=as_of)
        assert counted.listed_members == 1
    assert count_networks([bergen], day=DAY)[0].network_count == 1


def test_a_page_of_members_costs_the_same_however_many_there_are(django_assert_num_queries):
    network = make_network("mayors")
    for number in range(12):
        make_membership(network, f"city-{number:02}-no")
    members_of(network, day=DAY).current.page()
    with django_assert_num_queries(4):
        page = members_of(network, day=DAY).current.page(2, 4)
        assert [row.city.country.region.name for row in page] == ["Northern Europe"] * 2
        assert [row.city.slug for row in page] == ["city-02-no", "city-03-no"]
        assert [row.newest_year for row in page] == [2024] * 2


def test_who_joins_is_among_the_members_at_once():
    network = make_network("mayors")
    make_membership(network, "bergen-no")
    assert len(members_of(network, day=DAY).current) == 1
    make_membership(network, "oslo-no")
    assert cities(members_of(network, day=DAY).current) == ["bergen-no", "oslo-no"]
