"""The reconciliation service answers as the Entity Reconciliation API 0.2 says."""

import json
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings

from api.reconciling.manifest import BATCH_SIZE
from tests.api.reconciling.protocol import check
from tests.factories import (
    make_city,
    make_focus_area,
    make_membership,
    make_network,
    make_redirect,
)

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
SERVICE = "/api/reconcile"


@pytest.fixture(autouse=True)
def records():
    make_focus_area("safety", name="Safety")
    bergen = make_city("bergen-no", name="Bergen", population=290_000)
    make_city("bergamo-it", name="Bergamo", country="IT")
    network = make_network("safe-cities", name="Safe Cities", acronym="SC", scope="global")
    make_membership(network, bergen)


@pytest.fixture
def ask(caller):
    """Sends questions by POST and returns what is found for each."""

    def answers(**queries):
        form = urlencode({"queries": json.dumps(queries)})
        response = caller.post(SERVICE, form, content_type=FORM)
        assert response.status_code == 200, response.content
        check(response.json(), "reconciliation-result-batch")
        return {name: answer["result"] for name, answer in response.json().items()}

    return answers


@pytest.fixture
def extend(caller):
    """Asks for properties of entities by POST and returns the answer."""

    def answer(ids, *properties):
        asked = {"ids": ids, "properties": [{"id": name} for name in properties]}
        form = urlencode({"extend": json.dumps(asked)})
        response = caller.post(SERVICE, form, content_type=FORM)
        assert response.status_code == 200, response.content
        check(response.json(), "data-extension-response")
        return response.json()

    return answer


def test_the_address_alone_answers_with_the_manifest(caller):
    for address in (SERVICE, f"{SERVICE}/", f"{SERVICE}?callback=jsonp"):
        response = caller.get(address, headers={"origin": "https://openrefine.example"})
        check(response.json(), "manifest")
        assert response["Access-Control-Allow-Origin"] == "*"


def test_every_address_of_the_manifest_answers(caller):
    manifest = caller.get(SERVICE).json()
    for template in (manifest["view"]["url"], manifest["preview"]["url"]):
        for entity in ("bergen-no", "network:safe-cities", "focus-area:safety"):
            address = template.replace("{{id}}", quote(entity, safe=""))
            response = caller.get(address.removeprefix(settings.SITE_URL), follow=True)
            assert response.status_code == 200, address
    for service in (*manifest["suggest"].values(), manifest["extend"]["propose_properties"]):
        assert service["service_url"] == settings.SITE_URL
        response = caller.get(service["service_path"], {"prefix": "be", "type": "City"})
        assert response.status_code == 200, service


def test_each_question_of_a_batch_is_answered_under_its_name(ask):
    found = ask(
        city={"query": "Bergen", "type": "City"},
        network={"query": "safe cities"},
        nothing={"query": "Nowhere at all"},
        blank={"query": ""},
    )
    assert list(found) == ["city", "network", "nothing", "blank"]
    [city] = [one for one in found["city"] if one["match"]]
    assert (city["id"], city["description"]) == ("bergen-no", "Norway")
    assert found["network"][0]["id"] == "network:safe-cities"
    assert found["network"][0]["match"]
    assert found["nothing"] == found["blank"] == []


def test_a_query_string_is_answered_like_a_form(caller, ask):
    queries = {"1": {"query": "Bergen"}}
    answer = caller.get(SERVICE, {"queries": json.dumps(queries)}).json()
    assert answer["1"]["result"] == ask(**queries)["1"]


def test_candidates_come_with_the_highest_score_first_and_no_more_than_asked_for(ask):
    candidates = ask(q={"query": "Berga", "limit": 1})["q"]
    assert len(candidates) <= 1
    candidates = ask(q={"query": "Safe City"})["q"]
    scores = [one["score"] for one in candidates]
    assert scores == sorted(scores, reverse=True)


def test_only_the_types_asked_for_are_found(ask):
    queries = {
        "text": {"query": "Safety", "type": "FocusArea"},
        "list": {"query": "Safety", "type": ["Network", "City"]},
        "whole": {"query": "Safety", "type": [{"id": "FocusArea", "name": "Focus area"}]},
    }
    found = ask(**queries)
    assert [one["id"] for one in found["text"]] == ["focus-area:safety"]
    assert all(one["type"][0]["id"] != "FocusArea" for one in found["list"])
    assert found["whole"] == found["text"]


@pytest.mark.parametrize("entity", ["bergen-no", "network:safe-cities", "focus-area:safety"])
def test_an_id_as_query_finds_its_entity(ask, entity):
    [first, *_others] = ask(q={"query": entity})["q"]
    assert (first["id"], first["score"], first["match"]) == (entity, 100, True)


def test_a_former_id_finds_the_entity_that_stands_for_it(ask, extend):
    make_redirect("city", "bjorgvin-no", "bergen-no")
    assert ask(q={"query": "bjorgvin-no"})["q"][0]["id"] == "bergen-no"
    assert extend(["bjorgvin-no"], "name")["rows"]["bjorgvin-no"]["name"] == [{"str": "Bergen"}]


def test_what_does_not_hold_halves_the_score_and_is_never_taken(ask):
    def asked(scope):
        return {"query": "Safe Cities", "properties": [{"pid": "scope", "v": scope}]}

    found = ask(right=asked("global"), wrong=asked("regional"), either=asked(["global", "x"]))
    assert (found["right"][0]["score"], found["right"][0]["match"]) == (100, True)
    assert (found["wrong"][0]["score"], found["wrong"][0]["match"]) == (50, False)
    assert {"id": "scope", "value": False} in found["wrong"][0]["features"]
    assert found["either"] == found["right"]


def test_a_value_that_only_one_entity_has_finds_it_without_a_name(ask):
    make_city("oslo-no", name="Oslo", wikidata="Q585")
    found = ask(
        alone={"properties": [{"pid": "wikidata", "v": "Q585"}]},
        beside={"query": "Bergen", "properties": [{"pid": "wikidata", "v": {"id": "Q585"}}]},
    )
    assert [(one["id"], one["match"]) for one in found["alone"]] == [("oslo-no", True)]
    assert not any(one["match"] for one in found["beside"])


def test_a_country_that_is_another_leaves_nothing_to_take(ask):
    asked = {"query": "Bergen", "type": "City", "properties": [{"pid": "country", "v": "Italia"}]}
    assert not any(one["match"] for one in ask(q=asked)["q"])


@pytest.mark.parametrize("country", ["Atlantis", {"id": "Q0", "name": "Nowhere"}, "9" * 5000])
def test_a_country_that_is_none_halves_the_score_and_breaks_no_batch(ask, country):
    asked = {"query": "Bergen", "properties": [{"pid": "country", "v": country}]}
    found = ask(odd=asked, plain={"query": "Bergen"})
    assert [(one["id"], one["score"], one["match"]) for one in found["odd"]] == [
        ("bergen-no", 50, False)
    ]
    assert found["plain"][0]["match"]


def test_of_several_countries_any_may_hold(ask):
    def asked(*values):
        countries = {"pid": "country", "v": list(values)}
        return {"query": "Bergen", "type": "City", "properties": [countries]}

    found = ask(
        either=asked("SE", "NO"),
        other=asked("SE", "IT"),
        entity=asked({"id": "Q20", "name": "Norway"}),
    )
    assert [(one["id"], one["match"]) for one in found["either"]] == [("bergen-no", True)]
    assert found["entity"] == found["either"]
    assert found["other"] == []


def test_a_number_of_thousands_of_digits_is_no_id(ask):
    asked = {"query": "Bergen", "properties": [{"pid": "geonameid", "v": "9" * 5000}]}
    assert ask(q=asked)["q"][0]["id"] == "bergen-no"


def test_data_extension_tells_values_and_entities(extend):
    answer = extend(
        ["bergen-no", "network:safe-cities", "nowhere"],
        *("country", "population", "latitude", "networks", "listed_members"),
    )
    bergen, network, nowhere = answer["rows"].values()
    assert bergen["country"] == [{"str": "NO"}]
    assert bergen["population"] == [{"int": 290_000}]
    assert bergen["latitude"][0].keys() == {"float"}
    assert bergen["networks"] == [{"id": "network:safe-cities", "name": "Safe Cities"}]
    assert network["listed_members"] == [{"int": 1}]
    assert network["country"] == []
    assert set(map(tuple, nowhere.values())) == {()}
    assert answer["meta"][3]["type"]["id"] == "Network"


def test_every_property_that_is_proposed_can_be_told(caller, extend):
    for kind, entity in (
        ("City", "bergen-no"),
        ("Network", "network:safe-cities"),
        ("FocusArea", "focus-area:safety"),
    ):
        proposed = caller.get(f"{SERVICE}/properties", {"type": kind}).json()
        check(proposed, "property-proposal")
        names = [one["id"] for one in proposed["properties"]]
        assert "name" in names
        told = extend([entity], *names)
        assert list(told["rows"][entity]) == names
        assert [one["name"] for one in told["meta"]] == [
            one["name"] for one in proposed["properties"]
        ]


def test_a_limit_bounds_what_is_proposed(caller):
    proposed = caller.get(f"{SERVICE}/properties", {"type": "City", "limit": 2}).json()
    check(proposed, "property-proposal")
    assert (len(proposed["properties"]), proposed["limit"]) == (2, 2)


def test_entities_types_and_properties_are_suggested(caller):
    def suggested(name, **parameters):
        answer = caller.get(f"{SERVICE}/suggest/{name}", parameters).json()
        plural = {"entity": "entities", "type": "types", "property": "properties"}[name]
        check(answer, f"suggest-{plural}-response")
        return [one["id"] for one in answer["result"]]

    assert suggested("entity", prefix="Berg") == ["bergen-no", "bergamo-it"]
    assert suggested("entity", prefix="Berg", cursor=1) == ["bergamo-it"]
    assert suggested("entity", prefix="safe", type="Network") == ["network:safe-cities"]
    assert suggested("entity", prefix="focus-area:safety") == ["focus-area:safety"]
    assert suggested("entity", prefix="") == []
    assert suggested("type", prefix="net") == ["Network"]
    assert suggested("type") == ["City", "Network", "FocusArea"]
    assert suggested("property", prefix="geo") == ["geonameid"]
    assert "scope" not in suggested("property", type="City")


def test_suggestions_begin_at_a_whole_number_from_none(caller):
    for cursor in ("-1", "abc", ""):
        response = caller.get(f"{SERVICE}/suggest/entity", {"prefix": "Berg", "cursor": cursor})
        assert response.status_code == 400
        assert "Use a whole number from 0 to 10000." in str(response.json())
    assert caller.get(f"{SERVICE}/suggest/entity", {"cursor": "00"}).status_code == 200


def test_a_preview_may_be_framed_and_runs_no_script(caller):
    response = caller.get(f"{SERVICE}/preview/network%3Asafe-cities")
    page = response.content.decode()
    assert "Safe Cities" in page
    assert "<script" not in page
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response


def test_the_address_of_an_entity_leads_to_its_page(caller):
    response = caller.get(f"{SERVICE}/entities/focus-area%3Asafety")
    assert response["Location"] == "/focus-areas/safety/"


@pytest.mark.parametrize("part", ["preview", "entities"])
def test_an_unknown_id_says_so_as_a_page(caller, part):
    response = caller.get(f"{SERVICE}/{part}/nothing-at-all%3Chr%3E")
    assert response.status_code == 404
    assert "nothing-at-all&lt;hr&gt;" in response.content.decode()


QUERY = {"query": "x"}


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({}, "queries"),
        ({"queries": "{"}, "queries"),
        ({"queries": "[]"}, "queries"),
        ({"queries": '{"q": 1}'}, "queries.q"),
        ({"queries": '{"q": {}}'}, "queries.q"),
        ({"queries": '{"q": {"query": 1}}'}, "queries.q.query"),
        ({"queries": '{"q": {"query": "x", "limit": 0}}'}, "queries.q.limit"),
        ({"queries": '{"q": {"query": "x", "limit": "9"}}'}, "queries.q.limit"),
        ({"queries": '{"q": {"query": "x", "type": "Town"}}'}, "queries.q.type"),
        ({"queries": '{"q": {"query": "x", "quest": "Town"}}'}, "queries.q.quest"),
        ({"queries": '{"q": {"query": "x", "type_strict": "no"}}'}, "queries.q.type_strict"),
        ({"queries": '{"q": {"query": "x", "properties": {}}}'}, None),
        ({"queries": '{"q": {"query": "x", "properties": [1]}}'}, "queries.q.properties"),
        (
            {"queries": '{"q": {"query": "x", "properties": [{"pid": "contry", "v": "NO"}]}}'},
            "queries.q.properties",
        ),
        (
            {"queries": '{"q": {"query": "x", "properties": [{"pid": "name", "v": [[]]}]}}'},
            "queries.q.properties.v",
        ),
        ({"extend": '{"ids": ["bergen-no"]}'}, "extend.properties"),
        ({"extend": '{"ids": "bergen-no", "properties": []}'}, "extend.ids"),
        ({"extend": '{"ids": [], "properties": [{"id": "nothing"}]}'}, "extend.properties"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(caller, form, field):
    response = caller.post(SERVICE, urlencode(form), content_type=FORM)
    if field is None:
        assert response.status_code == 200
        return
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["errors"][0]["field"] == field
    assert response.json()["errors"][0]["message"]


def test_a_wrong_property_is_told_the_right_one(caller):
    queries = {"q": {"query": "x", "properties": [{"pid": "contry", "v": "NO"}]}}
    form = urlencode({"queries": json.dumps(queries)})
    detail = caller.post(SERVICE, form, content_type=FORM).json()["detail"]
    assert "“country”" in detail


def test_a_batch_holds_as_many_queries_as_the_manifest_says(caller):
    for count, status in ((BATCH_SIZE, 200), (BATCH_SIZE + 1, 413)):
        queries = json.dumps({str(number): QUERY for number in range(count)})
        form = urlencode({"queries": queries})
        assert caller.post(SERVICE, form, content_type=FORM).status_code == status


def test_a_long_batch_takes_no_more_queries_of_the_database(ask, django_assert_max_num_queries):
    def asked(count):
        types = ["Network", "FocusArea", "City"]
        return {str(one): {"query": f"Safety {one}", "type": types} for one in range(count)}

    few, many = asked(2), asked(50)
    ask(**few)
    with django_assert_max_num_queries(30) as captured:
        ask(**few)
    with django_assert_max_num_queries(len(captured) + 4):
        ask(**many)


def test_a_form_that_cannot_be_taken_apart_is_refused(caller):
    response = caller.generic("POST", "/api/reconcile/", "x", content_type="multipart/form-data")
    assert response.status_code == 400
    assert response.json()["detail"] == "The request is malformed."
