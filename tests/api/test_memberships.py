import datetime

import pytest

from tests.factories import make_city, make_membership, make_network, make_statement

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"


def ids(answer):
    return [membership["id"] for membership in answer["results"]]


def test_a_membership_needs_no_second_call(get):
    network = make_network("network", name="A Network", acronym="AN")
    city = make_city("lyon-fr", country="FR", name="Lyon", admin1_name="Rhône", population=None)
    membership = make_membership(network, city, role="chair", founder=True, joined="2019-05")
    statement = make_statement(
        membership, voice="city", written_as="Lyon (Métropole)", source_year=None
    )
    first = membership.statements.order_by("id").first()

    assert get(f"memberships/{membership.public_id}/") == {
        "id": membership.public_id,
        "url": f"{SITE}/api/v1/memberships/{membership.public_id}/",
        "html_url": f"{SITE}/memberships/{membership.public_id}/",
        "network": {
            "slug": "network",
            "name": "A Network",
            "acronym": "AN",
            "url": f"{SITE}/api/v1/networks/network/",
        },
        "city": {
            "slug": "lyon-fr",
            "name": "Lyon",
            "country": {"code": "FR", "name": "France", "url": f"{SITE}/api/v1/countries/FR/"},
            "admin1_name": "Rhône",
            "latitude": city.latitude,
            "longitude": city.longitude,
            "url": f"{SITE}/api/v1/cities/lyon-fr/",
        },
        "role": "chair",
        "founder": True,
        "joined": "2019-05",
        "left": None,
        "ended": False,
        "current": True,
        "as_of_answer": None,
        "standing": "confirmed",
        "newest_year": 2026,
        "old": False,
        "last_confirmed": "2026-11-01",
        "statements": [
            {
                "id": first.public_id,
                "url": f"{SITE}/api/v1/statements/{first.public_id}/",
                "voice": "source",
                "says": "member",
                "joined": "2019-05",
                "left": None,
                "ended": False,
                "source": "https://example.org/members",
                "source_year": 2024,
                "checked": True,
                "written_as": None,
                "made": "2026-11-01",
            },
            {
                "id": statement.public_id,
                "url": f"{SITE}/api/v1/statements/{statement.public_id}/",
                "voice": "city",
                "says": "member",
                "joined": "2019-05",
                "left": None,
                "ended": False,
                "source": "https://example.org/members",
                "source_year": None,
                "checked": True,
                "written_as": "Lyon (Métropole)",
                "made": "2026-11-01",
            },
        ],
    }


@pytest.mark.parametrize(
    ("period", "current"),
    [
        ({}, True),
        ({"joined": "2030"}, True),  # open, whatever its beginning
        ({"joined": "2019", "left": "2025"}, False),
        ({"joined": "2019", "left": "2026"}, True),  # left some day this year
        ({"joined": "2027", "left": "2027"}, False),  # a title of next year
        ({"joined": "2019", "ended": True}, False),
    ],
)
def test_a_membership_says_whether_it_is_current_as_the_filter_does(get, period, current):
    membership = make_membership(**period)
    assert get(f"memberships/{membership.public_id}/")["current"] is current
    assert ids(get("memberships/", current=str(current).lower())) == [membership.public_id]
    assert ids(get("memberships/", current=str(not current).lower())) == []


@pytest.mark.parametrize(
    ("year", "old"), [(2021, False), (2020, True), (None, False)], ids=["5", "6", "undated"]
)
def test_a_membership_says_when_its_newest_word_is_old(get, year, old):
    membership = make_membership(source_year=year)
    answer = get("memberships/", fields="newest_year,old")
    assert answer["results"] == [{"newest_year": year, "old": old}]
    assert membership.statements.count() == 1


def test_a_membership_says_when_an_office_last_confirmed_it(get):
    membership = make_membership()
    assert get(f"memberships/{membership.public_id}/")["last_confirmed"] is None
    make_statement(membership, voice="network", made=datetime.date(2025, 3, 2))
    assert get("memberships/", fields="last_confirmed")["results"] == [
        {"last_confirmed": "2025-03-02"}
    ]


def test_filters_narrow_and_add_up(get):
    chair = make_membership("one", "bergen-no", role="chair").public_id
    plain = make_membership("one", "oslo-no").public_id
    other = make_membership("two", "bergen-no", standing="disputed").public_id
    assert ids(get("memberships/", network="one")) == [chair, plain]
    assert ids(get("memberships/", network=["one", "two"])) == [chair, plain, other]
    assert ids(get("memberships/", network="one", city="bergen-no")) == [chair]
    assert ids(get("memberships/", role="chair")) == [chair]
    assert ids(get("memberships/", standing="disputed")) == [other]


def test_pages_follow_the_ids_and_lead_both_ways(caller):
    made = [make_membership().public_id for _ in range(5)]
    first = caller.get("/api/v1/memberships/?page_size=2").json()
    second = caller.get(first["next"]).json()
    third = caller.get(second["next"]).json()
    assert [ids(page) for page in (first, second, third)] == [made[:2], made[2:4], made[4:]]
    assert (first["previous"], third["next"]) == (None, None)
    assert {page["count"] for page in (first, second, third)} == {5}
    assert ids(caller.get(third["previous"]).json()) == made[2:4]


def test_filters_stay_in_the_links(caller):
    for city in ("a-no", "b-no"):
        make_membership("one", city)
    make_membership("two", "c-no")
    first = caller.get("/api/v1/memberships/?network=one&page_size=1").json()
    second = caller.get(first["next"]).json()
    assert (second["count"], second["next"]) == (2, None)


@pytest.mark.parametrize("wrong", ["m1", "m000001", "M00001", "s00001", "m00000", "m" + "9" * 40])
def test_only_the_permanent_spelling_is_an_id(caller, wrong):
    make_membership()
    assert caller.get(f"/api/v1/memberships/{wrong}/").status_code == 404


def test_a_list_takes_four_queries_however_long(get, django_assert_num_queries):
    for _ in range(4):
        make_membership()
    # What many rows share is read once a revision.
    get("memberships/")
    with django_assert_num_queries(4):  # the version, the count, the page, its statements
        assert len(get("memberships/")["results"]) == 4


def test_a_trimmed_list_takes_three(get, django_assert_num_queries):
    membership = make_membership()
    with django_assert_num_queries(3):
        answer = get("memberships/", fields="id,standing")
    assert answer["results"] == [{"id": membership.public_id, "standing": "sourced"}]
