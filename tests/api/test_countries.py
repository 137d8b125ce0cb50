import pytest

from tests.factories import make_country, make_membership

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"


def test_a_country_comes_with_its_codes_and_regions(get):
    make_membership("network", "bergen-no")
    assert get("countries/NO/") == {
        "code": "NO",
        "url": f"{SITE}/api/v1/countries/NO/",
        "html_url": f"{SITE}/countries/no/",
        "name": "Norway",
        "iso3": "NOR",
        "m49": "578",
        "region": {"slug": "northern-europe", "name": "Northern Europe"},
        "continent": {"slug": "europe", "name": "Europe"},
        "note": None,
        "networks": 1,
        "networks_url": f"{SITE}/api/v1/networks/?member_country=NO",
        "cities_url": f"{SITE}/api/v1/cities/?country=NO",
    }


def test_a_code_may_be_written_small(get):
    make_country("NO")
    assert get("countries/no")["code"] == "NO"


def test_countries_come_by_name(get):
    for code in ("ZW", "AF", "NO"):
        make_country(code)
    assert [country["code"] for country in get("countries/")["results"]] == ["AF", "NO", "ZW"]


def test_an_unknown_code_is_not_found(caller):
    assert caller.get("/api/v1/countries/ZZ/").status_code == 404
