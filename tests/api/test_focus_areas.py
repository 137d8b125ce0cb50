import pytest

from tests.factories import make_focus_area, make_label, make_network, make_redirect

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"


def test_a_parent_counts_for_its_parts(get):
    parent = make_focus_area("inclusion", name="Inclusion", synonyms=["rights"])
    make_label(parent, "fr", "Droits et inclusion", synonyms=["égalité", "diversité"])
    make_label(parent, "de", "Teilhabe")
    make_focus_area("womens-safety", name="Women's safety", parent=parent)
    make_network(focus_areas=["inclusion"])
    make_network(focus_areas=["womens-safety", "inclusion"])
    make_network(focus_areas=["womens-safety"])

    assert get("focus-areas/inclusion/") == {
        "slug": "inclusion",
        "url": f"{SITE}/api/v1/focus-areas/inclusion/",
        "html_url": f"{SITE}/focus-areas/inclusion/",
        "name": "Inclusion",
        "names": {"de": "Teilhabe", "fr": "Droits et inclusion"},
        "synonyms": ["rights"],
        "synonyms_by_language": {"fr": ["égalité", "diversité"]},
        "parent": None,
        "children": [
            {
                "slug": "womens-safety",
                "name": "Women's safety",
                "url": f"{SITE}/api/v1/focus-areas/womens-safety/",
            }
        ],
        "networks": 3,
        "networks_url": f"{SITE}/api/v1/networks/?focus_area=inclusion",
    }
    part = get("focus-areas/womens-safety/")
    assert (part["parent"]["slug"], part["networks"]) == ("inclusion", 2)


def test_areas_come_in_the_order_of_the_taxonomy(get):
    make_focus_area("second", position=2)
    make_focus_area("first", position=1)
    assert [area["slug"] for area in get("focus-areas/")["results"]] == ["first", "second"]


def test_the_count_is_that_of_the_list_it_links_to(caller, get):
    make_network(focus_areas=["climate"])
    area = get("focus-areas/climate/")
    assert caller.get(area["networks_url"]).json()["count"] == area["networks"]


def test_a_former_id_leads_to_the_present_one(caller):
    make_focus_area("present")
    make_redirect("focus area", "former", "present")
    response = caller.get("/api/v1/focus-areas/former/")
    assert response["Location"] == f"{SITE}/api/v1/focus-areas/present/"
