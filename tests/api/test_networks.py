import pytest

from tests.factories import (
    make_city,
    make_focus_area,
    make_label,
    make_membership,
    make_network,
    make_redirect,
    writing,
)

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"


def slugs(answer):
    return [network["slug"] for network in answer["results"]]


def test_a_network_comes_with_all_its_facts(get):
    inclusion = make_focus_area("inclusion", name="Rights and inclusion")
    make_focus_area("womens-safety", name="Women's safety", parent=inclusion)
    network = make_network(
        "safe-cities",
        name="Safe Cities",
        acronym="SC",
        aliases=["Cities without fear"],
        website="https://safe.example/",
        founded=1999,
        kind="programme",
        scope="regional",
        focus_areas=["womens-safety", "inclusion"],
        regions=["Europe"],
        countries=["NO"],
        funders=["the-fund"],
        headquarters_city="Oslo",
        headquarters_country="NO",
        joining="open",
        fee="none",
        eligibility="Any city",
        members_url="https://safe.example/members",
        stated_members=12,
        stated_members_as_of=2024,
        stated_members_source="https://safe.example/about",
        parent=make_network("umbrella", name="Umbrella", acronym=""),
    )
    make_label(network, "fr", "Villes sûres")
    make_membership(network, "bergen-no")

    assert get("networks/safe-cities/") == {
        "slug": "safe-cities",
        "url": f"{SITE}/api/v1/networks/safe-cities/",
        "html_url": f"{SITE}/networks/safe-cities/",
        "name": "Safe Cities",
        "acronym": "SC",
        "aliases": ["Cities without fear"],
        "names": {"fr": "Villes sûres"},
        "summary": "Cities that work together.",
        "status": "active",
        "merged_into": None,
        "parent": {
            "slug": "umbrella",
            "name": "Umbrella",
            "acronym": None,
            "url": f"{SITE}/api/v1/networks/umbrella/",
        },
        "kind": "programme",
        "scope": "regional",
        "founded": 1999,
        "ended": None,
        "focus_areas": [
            {"rank": 1, "slug": "womens-safety", "name": "Women's safety", "parent": "inclusion"},
            {"rank": 2, "slug": "inclusion", "name": "Rights and inclusion", "parent": None},
        ],
        "regions": [{"slug": "europe", "name": "Europe"}],
        "countries": [{"code": "NO", "name": "Norway", "url": f"{SITE}/api/v1/countries/NO/"}],
        "headquarters": {
            "city": "Oslo",
            "country": {"code": "NO", "name": "Norway", "url": f"{SITE}/api/v1/countries/NO/"},
        },
        "website": "https://safe.example/",
        "members_are": "cities",
        "joining": "open",
        "fee": "none",
        "eligibility": "Any city",
        "members_url": "https://safe.example/members",
        "stated_members": {
            "count": 12,
            "as_of": 2024,
            "source": "https://safe.example/about",
        },
        "listed_members": 1,
        "as_of_answer": None,
        "memberships_url": f"{SITE}/api/v1/memberships/?network=safe-cities",
        "funders": [
            {"slug": "the-fund", "name": "The Fund", "url": f"{SITE}/api/v1/funders/the-fund/"}
        ],
        "standing": "sourced",
        "sources": ["https://example.org/about"],
    }


def test_what_is_not_known_is_null(get):
    make_network("quiet")
    network = get("networks/quiet/")
    for field in ("acronym", "founded", "website", "eligibility", "stated_members", "parent"):
        assert network[field] is None
    assert network["headquarters"] == {"city": None, "country": None}


def test_a_merged_network_names_its_heir(get):
    heir = make_network("heir")
    make_network("gone", status="merged", merged_into=heir)
    assert get("networks/gone/")["merged_into"]["slug"] == "heir"


def test_a_list_has_a_count_and_addresses_of_the_pages_beside(get):
    for name in ("a", "b", "c"):
        make_network(name)
    first = get("networks/", page_size=2)
    assert (first["count"], slugs(first), first["previous"]) == (3, ["a", "b"], None)
    assert first["next"] == f"{SITE}/api/v1/networks/?page_size=2&page=2"
    second = get("networks/", page_size=2, page=2)
    assert (slugs(second), second["next"]) == (["c"], None)
    assert second["previous"] == f"{SITE}/api/v1/networks/?page_size=2&page=1"


def test_a_filter_of_the_pages_is_a_filter_here(get):
    make_network("free", fee="none")
    make_network("dear", fee="fee")
    assert slugs(get("networks/", fee="none")) == ["free"]


def test_words_find_and_sort_by_relevance(get):
    make_network("aaa", name="Aaa", summary="Something about bicycles, too.")
    make_network("bicycles", name="Bicycles")
    assert slugs(get("networks/", q="bicycles")) == ["bicycles", "aaa"]


def test_a_corrected_list_tells_the_correction(get):
    make_network("bicycles", name="Bicycles")
    answer = get("networks/", q="bicicles")
    assert (answer["correction"], answer["count"]) == ({"typed": "bicicles", "used": "bicycles"}, 1)
    assert get("networks/", q="bicycles")["correction"] is None


def test_a_filter_given_twice_means_either(get):
    for joining in ("open", "pledge", "invitation"):
        make_network(joining, joining=joining)
    assert slugs(get("networks/", joining=["open", "pledge"])) == ["open", "pledge"]


def test_a_city_finds_the_networks_that_it_is_or_is_not_in(get):
    city = make_city("bergen-no")
    make_membership("in-it", city)
    make_network("not-in-it")
    assert slugs(get("networks/", member="bergen-no")) == ["in-it"]
    assert slugs(get("networks/", not_member="bergen-no")) == ["not-in-it"]


def test_a_page_past_the_last_is_not_found(caller):
    response = caller.get("/api/v1/networks/", {"page": 2})
    assert response.status_code == 404
    assert response.json()["detail"] == "There is no page 2: the last one is 1."


@pytest.mark.parametrize("page", ["0", "-1", "1001", "1000000000", "one", "", "1.0", "٣"])
def test_a_page_must_be_a_number_within_bounds(refused, page):
    assert refused("networks/", page=page) == {"page": "Use a whole number from 1 to 1000."}


@pytest.mark.parametrize("size", ["0", "101", "1000000000", "x"])
def test_the_size_of_a_page_is_bounded(refused, size):
    assert refused("networks/", page_size=size) == {
        "page_size": "Use a whole number from 1 to 100."
    }


def test_wrong_values_are_named_field_by_field(refused):
    make_network()
    errors = refused("networks/", focus_area="nonsense", founded_min="old", status="busy")
    assert set(errors) == {"focus_area", "founded_min", "status"}


def test_a_former_id_leads_to_the_present_one(caller):
    make_network("present")
    make_redirect("network", "former", "present")
    response = caller.get("/api/v1/networks/former/?fields=slug")
    assert response.status_code == 301
    assert response["Location"] == f"{SITE}/api/v1/networks/present/?fields=slug"


def test_an_unknown_id_is_not_found(caller):
    response = caller.get("/api/v1/networks/nobody/")
    assert response.status_code == 404
    assert "nobody" in response.json()["detail"]


def test_trimmed_lists_ask_for_no_more_than_they_show(get, django_assert_num_queries):
    with writing():
        for number in range(3):
            make_network(f"network-{number}", funders=["fund"])
    get("networks/", fields="slug,name")
    # The version of the data twice (of the table of facets), and the page.
    with django_assert_num_queries(2):
        answer = get("networks/", fields="slug,name")
    assert answer["results"][0] == {"slug": "network-0", "name": "Network 0"}
