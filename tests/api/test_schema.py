import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import override
from openapi_spec_validator import validate

from api.schema import METHODS, description
from api.urls import urlpatterns
from api.views.root import LISTS
from directory.search.filters import CityFilter, MembershipFilter, NetworkFilter, StatementFilter
from tests.factories import make_membership, make_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema(get):
    return get("schema/")


def operations(schema):
    return {
        (method, path): operation
        for path, item in schema["paths"].items()
        for method, operation in item.items()
    }


def success(operation):
    return next(
        operation["responses"][status]
        for status in ("201", "200")
        if status in operation["responses"]
    )


def test_it_is_valid_openapi(schema):
    assert schema["openapi"] == "3.0.3"
    validate(schema)


def test_it_names_the_licence_and_whom_to_thank(schema):
    assert schema["info"]["license"]["url"].endswith("/by/4.0/")
    assert "GeoNames" in schema["info"]["description"]


def test_it_is_made_without_a_warning(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema"))


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_it_names_the_same_things_in_every_language(language, schema, capfd):
    with override(language):
        translated = description()
    assert capfd.readouterr().err == ""
    assert list(translated["paths"]) == list(schema["paths"])
    assert list(translated["components"]["schemas"]) == list(schema["components"]["schemas"])


def test_the_methods_of_an_address_come_in_one_order(schema):
    for path, methods in schema["paths"].items():
        assert list(methods) == [each.lower() for each in METHODS if each.lower() in methods], path


def test_it_is_the_same_each_time_and_asks_for_nothing_but_the_version(
    caller, django_assert_num_queries
):
    with django_assert_num_queries(2):
        assert caller.get("/api/v1/schema/").content == caller.get("/api/v1/schema").content


def test_every_address_is_in_it_once(schema):
    routes = {str(route.pattern) for route in urlpatterns if route.name}
    described = {path.removeprefix("/api/") for path in schema["paths"]}
    written = {re.sub(r"<\w+:(\w+)>", r"{\1}", route) for route in routes}
    pages = {"docs/", "reconcile/preview/{entity_id}/", "reconcile/entities/{entity_id}/"}
    assert described == written - {"v1/schema/"} - pages
    assert {f"v1/{name}/" for name in LISTS} <= described


def test_every_operation_is_described_with_a_real_example(schema):
    for path, operation in operations(schema).items():
        assert operation["summary"], path
        assert operation["description"], path
        if set(operation["responses"]) & {"200", "201"}:
            assert success(operation)["content"]["application/json"]["examples"], path
        if "requestBody" in operation:
            for content in operation["requestBody"]["content"].values():
                assert content["examples"], path


def test_every_operation_tells_its_errors(schema):
    for operation in operations(schema).values():
        assert "application/problem+json" in operation["responses"]["400"]["content"]


def test_every_parameter_is_described(schema):
    for path, operation in operations(schema).items():
        for parameter in operation.get("parameters", []):
            assert parameter["description"], (path, parameter["name"])


def test_writing_takes_a_token_and_reading_takes_none(schema):
    [(name, scheme)] = schema["components"]["securitySchemes"].items()
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    for (method, path), operation in operations(schema).items():
        is_question = path in {"/api/reconcile/", "/api/v1/match/"}
        needed = (method != "get" and not is_question) or path.startswith("/api/v1/uploads/")
        assert operation.get("security", []) == ([{name: []}] if needed else []), path
        assert ("401" in operation["responses"]) is needed


def test_writing_tells_its_headers(schema):
    change = schema["paths"]["/api/v1/memberships/{id}/"]["patch"]
    headers = {item["name"]: item for item in change["parameters"] if item["in"] == "header"}
    assert set(headers) == {"Idempotency-Key", "If-Match"}
    assert headers["If-Match"]["required"]
    assert "ETag" in change["responses"]["200"]["headers"]
    added = schema["paths"]["/api/v1/memberships/"]["post"]["responses"]["201"]
    assert set(added["headers"]) == {"ETag", "Location"}


@pytest.mark.parametrize(
    ("path", "filters"),
    [
        ("networks", NetworkFilter),
        ("search", NetworkFilter),
        ("cities", CityFilter),
        ("memberships", MembershipFilter),
        ("statements", StatementFilter),
    ],
)
def test_every_filter_of_the_pages_is_a_parameter(schema, path, filters):
    described = {item["name"] for item in schema["paths"][f"/api/v1/{path}/"]["get"]["parameters"]}
    assert set(filters.base_filters) <= described
    assert "fields" in described


def test_closed_lists_name_their_values_and_numbers_their_bounds(schema):
    parameters = {
        item["name"]: item for item in schema["paths"]["/api/v1/networks/"]["get"]["parameters"]
    }
    assert "open" in parameters["joining"]["schema"]["items"]["enum"]
    assert parameters["founded_min"]["schema"]["minimum"] == 1800
    assert parameters["q"]["schema"]["maxLength"] == 200


@pytest.mark.parametrize(
    ("path", "component"),
    [
        ("networks", "Network"),
        ("cities", "City"),
        ("memberships", "Membership"),
        ("statements", "Statement"),
        ("focus-areas", "FocusArea"),
        ("countries", "Country"),
        ("funders", "Funder"),
    ],
)
def test_answers_have_the_fields_that_it_says(get, schema, path, component):
    make_membership(make_network("network", funders=["funder"]))
    described = schema["components"]["schemas"][component]
    answer = get(f"{path}/")
    assert list(answer["results"][0]) == list(described["properties"])
    assert set(described["required"]) == set(described["properties"])
    envelope = schema["components"]["schemas"][f"Paginated{component}List"]
    assert list(answer) == list(envelope["properties"])
