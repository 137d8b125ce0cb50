"""Coverage: where in the world focus areas have networks and listed members, and where not."""

import pytest

from tests.factories import make_city, make_focus_area, make_membership, make_network, make_region

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def directory():
    """Climate worldwide with members in Norway; ageing, a part of inclusion, named for Africa."""
    inclusion = make_focus_area("inclusion")
    make_focus_area("ageing", parent=inclusion)
    climate = make_network(
        "climate-cities", stated_members=4, stated_members_source="https://a.org"
    )
    for city in ("bergen-no", "oslo-no"):
        make_membership(climate, make_city(city), joined="2015")
    make_city("lagos-ng", country="NG")
    make_network("age-friendly", focus_areas=["ageing"], regions=[make_region("Africa")])


def areas(answer):
    return {area["focus_area"]["slug"]: area for area in answer["results"]}


def regions(area):
    return {each["region"]["slug"]: each for each in area["regions"]}


def figures(region):
    return tuple(
        region[name] for name in ("networks_with_members", "networks_naming", "member_cities")
    )


def test_networks_with_members_are_counted_in_the_region_and_in_its_whole(get):
    climate = areas(get("stats/coverage/"))["climate"]
    found = regions(climate)
    assert (found["europe"]["level"], figures(found["europe"])) == (1, (1, 0, 2))
    assert (found["northern-europe"]["level"], figures(found["northern-europe"])) == (2, (1, 0, 2))
    assert figures(found["africa"]) == (0, 0, 0)


def test_worldwide_networks_are_counted_apart(get):
    climate = areas(get("stats/coverage/"))["climate"]
    assert (climate["networks"], climate["worldwide_networks"]) == (1, 1)
    assert "world" not in regions(climate)


def test_a_network_that_names_a_region_counts_there_without_any_member(get):
    found = areas(get("stats/coverage/"))
    for slug in ("ageing", "inclusion"):
        assert figures(regions(found[slug])["africa"]) == (0, 1, 0)
        assert found[slug]["worldwide_networks"] == 0


def test_it_says_which_share_of_stated_members_is_listed(get):
    found = areas(get("stats/coverage/"))
    assert (found["climate"]["stated_members"], found["climate"]["listed_share"]) == (4, 0.5)
    assert found["ageing"]["listed_share"] is None


def test_it_says_what_a_zero_means(get, today):
    answer = get("stats/coverage/")
    assert "absence from the directory" in answer["definition"]
    assert answer["day"] == today.isoformat()


def test_it_is_of_another_day_where_that_is_asked_for(get):
    climate = areas(get("stats/coverage/", as_of="2014-12-31"))["climate"]
    assert climate["member_cities"] == 0
    strict = get("stats/coverage/", as_of="2015-06-01", precision="strict")
    assert strict["precision"] == "strict"
    assert areas(strict)["climate"]["member_cities"] == 0
    assert areas(get("stats/coverage/", as_of="2015-06-01"))["climate"]["member_cities"] == 2


def test_a_network_that_has_ended_covers_nothing_after(get):
    make_network("old", focus_areas=["ageing"], status="ended", founded=1990, ended=2000)
    assert areas(get("stats/coverage/"))["ageing"]["networks"] == 1
    assert areas(get("stats/coverage/", as_of="1995-01-01"))["ageing"]["networks"] == 2
    assert areas(get("stats/coverage/", as_of="1985-01-01"))["ageing"]["networks"] == 1


def test_it_may_be_asked_of_some_focus_areas_alone(get):
    answer = get("stats/coverage/?focus_area=climate&focus_area=ageing")
    assert list(areas(answer)) == ["ageing", "climate"]


def test_what_is_not_understood_is_refused(refused):
    assert "as_of" in refused("stats/coverage/", as_of="yesterday")
    assert "focus_area" in refused("stats/coverage/", focus_area="climat")
    assert "precision" in refused("stats/coverage/", precision="strict")


def test_the_statistics_are_listed(get):
    assert get("stats/") == {"coverage": "http://localhost:8000/api/v1/stats/coverage/"}
