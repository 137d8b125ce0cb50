import pytest

from tests.factories import make_membership, make_statement

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"


def ids(answer):
    return [statement["id"] for statement in answer["results"]]


def test_a_statement_names_the_membership_that_it_is_about(get):
    membership = make_membership("network", "bergen-no")
    statement = membership.statements.get()
    answer = get(f"statements/{statement.public_id}/")
    page = f"{SITE}/memberships/{membership.public_id}/"
    assert answer["html_url"] == f"{page}#{statement.public_id}"
    assert answer["source"] == "https://example.org/members"
    about = answer["membership"]
    assert about["id"] == membership.public_id
    assert about["url"] == f"{SITE}/api/v1/memberships/{membership.public_id}/"
    assert (about["network"]["slug"], about["city"]["slug"]) == ("network", "bergen-no")
    assert about["city"]["country"]["code"] == "NO"


def test_statements_are_found_by_voice_and_year(get):
    membership = make_membership(source_year=2019)
    said = make_statement(membership, voice="city", says="not a member", source_year=2025)
    assert ids(get("statements/", voice="city")) == [said.public_id]
    assert ids(get("statements/", says="not a member")) == [said.public_id]
    assert ids(get("statements/", source_year_min=2020)) == [said.public_id]
    assert get("statements/", membership=membership.public_id)["count"] == 2


def test_something_that_is_no_id_of_a_membership_is_refused(refused):
    assert "ids look like m00001" in refused("statements/", membership="1")["membership"]


def test_a_list_takes_three_queries_however_long(get, django_assert_num_queries):
    for _ in range(4):
        make_membership()
    with django_assert_num_queries(3):  # the version, the count, the page
        assert len(get("statements/")["results"]) == 4
