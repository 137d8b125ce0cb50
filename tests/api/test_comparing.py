"""Networks and cities side by side, as the pages of comparisons show them."""

import pytest

from tests.factories import make_focus_area, make_membership, make_network, make_redirect

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def networks():
    """Bergen is in air and sea, Moss and Oslo in sea alone."""
    make_focus_area("inclusion", position=1)
    make_focus_area("migration", parent="inclusion", position=2)
    make_focus_area("peace", position=3)
    make_network("air", acronym="AIR", focus_areas=["migration"], founded=1999)
    make_network("sea", focus_areas=["peace", "inclusion"])
    for network, city in (
        ("air", "bergen-no"),
        ("sea", "bergen-no"),
        ("sea", "moss-no"),
        ("sea", "oslo-no"),
    ):
        make_membership(network, city)


def compared(get, kind, parameter, *slugs, **more):
    return get(f"compare/{kind}/", **{parameter: list(slugs)}, **more)


def overlaps(sharing, items):
    return [
        (each["of"], each["count"], [item["slug"] for item in each[items]])
        for each in sharing["overlaps"]
    ]


def test_networks_stand_in_the_order_named_with_their_facts(get, today):
    answer = compared(get, "networks", "network", "sea", "air")
    assert [each["slug"] for each in answer["networks"]] == ["sea", "air"]
    assert answer["networks"][1]["founded"] == 1999
    assert [each["listed_members"] for each in answer["networks"]] == [3, 1]
    assert answer["day"] == str(today)
    query = "?network=sea&network=air"
    assert answer["html_url"].endswith(f"/compare/networks/{query}")
    assert answer["file_url"].endswith(f"/compare/networks.csv{query}")


def test_members_stand_once_by_who_has_them(get):
    members = compared(get, "networks", "network", "air", "sea")["members"]
    assert (members["in_all"], members["in_any"]) == (1, 3)
    assert members["pairs"] == [{"of": ["air", "sea"], "both": 1, "either": 3}]
    assert overlaps(members, "cities") == [
        (["air", "sea"], 1, ["bergen-no"]),
        (["sea"], 2, ["moss-no", "oslo-no"]),
    ]


def test_a_limit_cuts_lists_but_not_their_counts(get):
    members = compared(get, "networks", "network", "air", "sea", limit=1)["members"]
    assert overlaps(members, "cities")[1] == (["sea"], 2, ["moss-no"])


def test_who_works_on_a_part_works_on_the_whole(get):
    areas = compared(get, "networks", "network", "air", "sea")["focus_areas"]
    assert overlaps(areas, "focus_areas") == [
        (["air", "sea"], 1, ["inclusion"]),
        (["air"], 1, ["migration"]),
        (["sea"], 1, ["peace"]),
    ]


def test_cities_are_compared_by_their_networks_and_what_these_work_on(get):
    answer = compared(get, "cities", "city", "bergen-no", "moss-no")
    assert [each["slug"] for each in answer["cities"]] == ["bergen-no", "moss-no"]
    assert [each["listed_networks"] for each in answer["cities"]] == [2, 1]
    assert overlaps(answer["networks"], "networks") == [
        (["bergen-no", "moss-no"], 1, ["sea"]),
        (["bergen-no"], 1, ["air"]),
    ]
    assert [
        (each["focus_area"]["slug"], [(one["city"], one["networks"]) for one in each["cities"]])
        for each in answer["focus_areas"]
    ] == [
        ("inclusion", [("bergen-no", 2), ("moss-no", 1)]),
        ("migration", [("bergen-no", 1), ("moss-no", 0)]),
        ("peace", [("bergen-no", 1), ("moss-no", 1)]),
    ]


def test_the_page_says_the_same(get, client):
    answer = compared(get, "networks", "network", "air", "sea")
    path = answer["html_url"].removeprefix("http://localhost:8000")
    shown = " ".join(client.get(path).content.decode().split())
    for overlap in answer["members"]["overlaps"]:
        for city in overlap["cities"]:
            assert f'href="/cities/{city["slug"]}/"' in shown
        assert f'<span class="count">{overlap["count"]}</span>' in shown


def test_former_ids_lead_to_the_present_ones(caller):
    make_redirect("network", "wind", "air")
    response = caller.get("/api/v1/compare/networks?network=sea&network=wind&limit=3")
    assert response.status_code == 301
    assert response["Location"].endswith("/compare/networks/?network=sea&network=air&limit=3")


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ([], "Name 2 to 4 different ones"),
        (["air"], "Name 2 to 4 different ones"),
        (["air", "air"], "Name 2 to 4 different ones"),
        (["air", "sea", "c", "d", "e"], "Name 2 to 4 different ones"),
        (["air", "seas"], "“seas” is not known here; did you mean “sea”?"),
        (["air", "AIR"], "is not known here"),
        (["air", "\0"], "is not known here"),
    ],
)
def test_what_cannot_be_compared_is_refused_by_the_name_of_the_parameter(refused, named, message):
    assert message in refused("compare/networks/", network=named)["network"]


@pytest.mark.parametrize("asked", [{"limit": 0}, {"limit": 1001}, {"networks": "air"}])
def test_wrong_values_are_refused(refused, asked):
    errors = refused("compare/networks/", network=["air", "sea"], **asked)
    assert set(errors) == set(asked)


def test_a_longer_list_takes_no_more_queries(caller, django_assert_num_queries):
    path = "/api/v1/compare/networks/?network=air&network=sea"
    for number in range(20):
        make_membership("sea", f"city-{number}-no")
    with django_assert_num_queries(10):
        caller.get(path)
