import pytest

from tests.factories import make_funder, make_network, make_redirect

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"


def test_a_funder_comes_with_the_networks_that_it_pays_for(get):
    make_funder("the-fund", name="#The Fund")
    for name in ("b", "a"):
        make_network(name, name=name.upper(), funders=["the-fund"])
    make_network("other")
    answer = get("funders/the-fund/")
    assert answer["name"] == "#The Fund"
    assert answer["html_url"] == f"{SITE}/funders/the-fund/"
    assert answer["networks_url"] == f"{SITE}/api/v1/networks/?funder=the-fund"
    assert [network["slug"] for network in answer["networks"]] == ["a", "b"]


def test_a_list_takes_four_queries_however_long(get, django_assert_num_queries):
    for name in ("b", "a", "c"):
        make_funder(name)
        make_network(funders=[name])
    with django_assert_num_queries(4):  # the version, the count, the page, its networks
        assert [funder["slug"] for funder in get("funders/")["results"]] == ["a", "b", "c"]


def test_a_former_id_leads_to_the_present_one(caller):
    make_funder("present")
    make_redirect("funder", "former", "present")
    response = caller.get("/api/v1/funders/former/")
    assert response["Location"] == f"{SITE}/api/v1/funders/present/"
