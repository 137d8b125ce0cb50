import pytest

from tests.factories import make_city, make_country, make_label, make_membership, make_redirect

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"


def slugs(answer):
    return [city["slug"] for city in answer["results"]]


def walk(caller, address):
    """Follows `next` from an address to the end; returns all slugs."""
    found = []
    while address:
        answer = caller.get(address).json()
        found += slugs(answer)
        address = answer["next"]
    return found


def test_a_city_comes_with_its_ids_names_and_links(get):
    city = make_city(
        "bergen-no",
        admin1_code="46",
        admin1_name="Vestland",
        timezone="Europe/Oslo",
        wikidata="Q26793",
        website="https://www.bergen.kommune.no/",
        latitude=60.5,
        longitude=5.25,
        population=None,
    )
    make_label(city, "no", "Bergen")
    make_label(city, "is", "Björgvin")
    make_membership("network", city)
    make_membership("former", city, joined="2001", left="2002")

    assert get("cities/bergen-no/") == {
        "slug": "bergen-no",
        "url": f"{SITE}/api/v1/cities/bergen-no/",
        "html_url": f"{SITE}/cities/bergen-no/",
        "name": "Bergen",
        "names": {"is": "Björgvin", "no": "Bergen"},
        "country": {"code": "NO", "name": "Norway", "url": f"{SITE}/api/v1/countries/NO/"},
        "admin1_code": "46",
        "admin1_name": "Vestland",
        "latitude": 60.5,
        "longitude": 5.25,
        "population": None,
        "timezone": "Europe/Oslo",
        "geonameid": None,
        "wikidata": "Q26793",
        "website": "https://www.bergen.kommune.no/",
        "ended": None,
        "successor": None,
        "listed_networks": 1,
        "as_of_answer": None,
        "memberships_url": f"{SITE}/api/v1/memberships/?city=bergen-no",
        "networks_url": f"{SITE}/api/v1/networks/?member=bergen-no",
    }


def test_cities_are_listed_by_name_without_accents(get):
    for number, name in enumerate(("Zagreb", "Århus", "Łódź", "Bergen")):
        make_city(f"city-{number}-no", name=name)
    names = [city["name"] for city in get("cities/")["results"]]
    assert names == ["Århus", "Bergen", "Łódź", "Zagreb"]


ORDERS = ["name", "-population", "-memberships", "relevance"]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("words", ["", "newtown"])
def test_every_order_can_be_walked_page_by_page(caller, get, order, words):
    for number, population in enumerate((5, None, 7, 5, 0, None, 9)):
        city = make_city(f"newtown-{number}-no", name="Newtown", population=population)
        for network in range(number % 3):
            make_membership(f"network-{network}", city)
    asked = {"sort": order, **({"q": words} if words else {})}
    whole = slugs(get("cities/", **asked))
    assert len(whole) == 7
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    assert walk(caller, f"/api/v1/cities/?page_size=2&{query}") == whole


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_goes_with_every_filter(caller, order):
    make_country("SE")
    for number in range(5):
        city = make_city(f"newtown-{number}-no", name="Newtown", population=number or None)
        make_membership("network", city)
    asked = "q=newtown&country=NO&country=SE&region=europe&network=network&focus_area=climate"
    found = walk(caller, f"/api/v1/cities/?page_size=2&population_min=1&{asked}&sort={order}")
    assert sorted(found) == [f"newtown-{number}-no" for number in range(1, 5)]


@pytest.mark.parametrize("order", ORDERS)
def test_one_can_walk_back(caller, order):
    for number in range(5):
        make_city(f"newtown-{number}-no", name="Newtown", population=number)
    first = caller.get(f"/api/v1/cities/?page_size=2&q=newtown&sort={order}").json()
    second = caller.get(first["next"]).json()
    back = caller.get(second["previous"]).json()
    assert slugs(back) == slugs(first)
    assert back["previous"] is None
    assert slugs(caller.get(back["next"]).json()) == slugs(second)


def test_a_city_that_is_added_meanwhile_shifts_nothing(caller):
    for name in ("b", "d", "f", "h"):
        make_city(f"{name}-no", name=name)
    first = caller.get("/api/v1/cities/?page_size=2").json()
    make_city("a-no", name="a")
    make_city("e-no", name="e")
    assert slugs(first) == ["b-no", "d-no"]
    assert walk(caller, first["next"]) == ["e-no", "f-no", "h-no"]


def test_a_place_in_one_order_is_none_in_another(caller, refused):
    for number in range(3):
        make_city(f"newtown-{number}-no")
    first = caller.get("/api/v1/cities/?page_size=1&sort=-population").json()
    cursor = first["next"].partition("cursor=")[2]
    assert "cursor" in refused("cities/", sort="name", cursor=cursor)


def test_a_search_goes_on_only_from_a_city_that_it_found(caller, refused):
    for number in range(3):
        make_city(f"newtown-{number}-no", name="Newtown")
    first = caller.get("/api/v1/cities/?page_size=1&q=newtown").json()
    cursor = first["next"].partition("cursor=")[2]
    assert "cursor" in refused("cities/", q="oldtown", cursor=cursor)


@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "////", "%00", "é", "a" * 3000])
def test_garbage_is_no_cursor(refused, cursor):
    assert "follow `next`" in refused("cities/", cursor=cursor)["cursor"]


def test_filters_of_the_pages_are_filters_here(get):
    make_city("bergen-no")
    make_city("lyon-fr", country="FR", population=500_000)
    assert slugs(get("cities/", country="fr")) == ["lyon-fr"]
    assert slugs(get("cities/", population_min=200_000)) == ["lyon-fr"]
    assert slugs(get("cities/", region="northern-europe")) == ["bergen-no"]


def test_a_former_id_leads_to_the_present_one(caller):
    make_city("oslo-no")
    make_redirect("city", "kristiania-no", "oslo-no")
    response = caller.get("/api/v1/cities/kristiania-no")
    assert (response.status_code, response["Location"]) == (301, f"{SITE}/api/v1/cities/oslo-no/")


def test_trimmed_lists_ask_for_no_more_than_they_show(get, django_assert_num_queries):
    make_city("bergen-no")
    with django_assert_num_queries(3):  # the version, the count, the page
        assert get("cities/", fields="slug")["results"] == [{"slug": "bergen-no"}]
