"""The examples of the reference are real: each request answers as recorded.

After a change that is meant: `RECORD=1 pytest tests/api/test_examples.py`, and read the diff.
"""

import json
import re
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.utils import timezone

from api import examples
from api.examples import Example
from directory.models import City, Upload
from tests.api.recording import is_recording, refuse_several_workers
from tests.api.writing.programs import program_for

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("starting_data", "listed_release"),
]

READING = {
    "root": "/api/v1/",
    "networks_list": "/api/v1/networks/?focus_area=womens-safety&joining=open&page_size=1",
    "networks_retrieve": "/api/v1/networks/eurocities/",
    "cities_list": "/api/v1/cities/?country=IS&sort=-memberships&page_size=1",
    "cities_retrieve": "/api/v1/cities/bergen-no/",
    "memberships_list": "/api/v1/memberships/?network=rainbow-cities-network&page_size=1",
    "memberships_retrieve": "/api/v1/memberships/m00001/",
    "statements_list": "/api/v1/statements/?city=bergen-no&page_size=1",
    "statements_retrieve": "/api/v1/statements/s00001/",
    "focus_areas_list": "/api/v1/focus-areas/?page_size=1",
    "focus_areas_retrieve": "/api/v1/focus-areas/womens-safety/",
    "countries_list": "/api/v1/countries/?page_size=1",
    "countries_retrieve": "/api/v1/countries/NO/",
    "funders_list": "/api/v1/funders/?page_size=1",
    "funders_retrieve": "/api/v1/funders/rockefeller-foundation/",
    "releases_list": "/api/v1/releases/?page_size=1&fields=version,revision,made_on,url,html_url",
    "releases_retrieve": "/api/v1/releases/2026-11-01.r2/",
    "changes_list": "/api/v1/changes/?after=1&page_size=1",
    "changes_retrieve": "/api/v1/changes/2/?page_size=1",
    "similar_cities": "/api/v1/cities/bergen-no/similar/?limit=2",
    "fitting_networks": "/api/v1/cities/bergen-no/fit/?focus_area=womens-safety&page_size=2",
    "compare_networks": "/api/v1/compare/networks/?network=c40-cities&network=eurocities&limit=1",
    "compare_cities": "/api/v1/compare/cities/?city=bergen-no&city=oslo-no&limit=1",
    "graph": "/api/v1/graph/?network=red-diversa-chile",
    "statistics": "/api/v1/stats/",
    "coverage": "/api/v1/stats/coverage/?focus_area=womens-safety",
    "networks_download": "/api/v1/networks.json?funder=rockefeller-foundation&columns=slug,name",
    "cities_download": "/api/v1/cities.json?country=IS&columns=id,name,listed_networks",
    "memberships_download": "/api/v1/memberships.json?city=bergen-no&columns=network,joined,role",
    "statements_download": "/api/v1/statements.json?membership=m00001",
    "focus_areas_download": "/api/v1/focus-areas.json?columns=slug",
    "countries_download": "/api/v1/countries.json?columns=code",
    "funders_download": "/api/v1/funders.json?columns=id",
    "labels_download": "/api/v1/labels.json",
    "redirects_download": "/api/v1/redirects.json",
    "search": "/api/v1/search/?q=dementia&page_size=1&fields=slug,name,url",
    "reconcile": "/api/reconcile/",
    "reconcile_suggest_entity": "/api/reconcile/suggest/entity/?prefix=berg&type=City",
    "reconcile_suggest_type": "/api/reconcile/suggest/type/?prefix=net",
    "reconcile_suggest_property": "/api/reconcile/suggest/property/?prefix=geo",
    "reconcile_properties": "/api/reconcile/properties/?type=FocusArea",
    "suggest": "/api/v1/suggest/?q=wom&limit=3",
}

# Asked in a body.
ASKING = {
    "match": Example(
        "/api/v1/match/",
        method="POST",
        body={
            "rows": [
                {"name": "Comune di Bergamo", "country": "IT"},
                {"name": "Gand", "country": "BE"},
                {"name": "Newcastle", "country": "AU", "admin1": "NSW"},
            ]
        },
    ),
}

OF_BERGEN = "/api/v1/memberships/m01350/"
NEW = {
    "city": "bergen-no",
    "network": "strong-cities-network",
    "joined": "2026-09",
    "source": "https://strongcitiesnetwork.org/members/",
    "reason": "Decided by the city council",
}
LIST = {
    "rows": [
        {"network": "Cities for CEDAW", "joined": "2024-03"},
        {"network": "Safe Cities", "joined": "2026"},
    ],
    "source": "https://www.bergen.kommune.no/",
}
FEW = 5
ID = "7d0c9a7e-5a0b-4f0e-8f63-0a4f2a8c1b90"
UPLOAD = f"/api/v1/uploads/{ID}/"
FORM = "application/x-www-form-urlencoded"
# Stands in an ETag for what differs from one loading of the data to the next.
VALIDATOR = "4855b9bdb049f88ae7d845d02bb2aba5"
# What is written: for Bergen, each beginning from the same starting data.
WRITING = {
    "memberships_create": Example(
        "/api/v1/memberships/",
        method="POST",
        body=NEW,
        headers={"Idempotency-Key": "3f9c6a52-8d0c-4c5e-9a31-0d1f6f2b7a10"},
    ),
    "memberships_partial_update": Example(
        OF_BERGEN,
        method="PATCH",
        body={"left": "2026-06-30", "reason": "The city council ended it"},
        headers={"If-Match": ""},
    ),
    "memberships_confirm_create": Example(f"{OF_BERGEN}confirm/", method="POST", body={}),
    "memberships_dispute_create": Example(
        f"{OF_BERGEN}dispute/",
        method="POST",
        body={"reason": "Bergen never joined", "source": "https://www.bergen.kommune.no/"},
    ),
    "memberships_withdraw_create": Example(
        f"{OF_BERGEN}withdraw/", method="POST", body={"reason": "Entered by mistake"}
    ),
    "reconcile_create": Example(
        "/api/reconcile/",
        method="POST",
        form={
            "queries": json.dumps(
                {
                    "1": {"query": "Gand", "properties": [{"pid": "country", "v": "Belgique"}]},
                    "2": {"query": "Safe Cities", "type": "Network", "limit": 2},
                }
            )
        },
    ),
    "uploads_create": Example("/api/v1/uploads/", method="POST", body=LIST),
    "uploads_list": Example("/api/v1/uploads/"),
    "uploads_destroy": Example(UPLOAD, method="DELETE"),
    "uploads_retrieve": Example(f"{UPLOAD}?page_size=2"),
    "uploads_rows_partial_update": Example(
        f"{UPLOAD}rows/3/", method="PATCH", body={"network": "strong-cities-network"}
    ),
    "uploads_confirm": Example(
        f"{UPLOAD}confirm/",
        method="POST",
        body={"without_unusable": True, "reason": "Our register of memberships"},
    ),
}
REQUESTS = {name: Example(request) for name, request in READING.items()} | ASKING | WRITING


@pytest.fixture(scope="module")
def record():
    """Collects answers, and writes them to the file at the end if asked to."""
    if is_recording():
        refuse_several_workers()
    answers = {}
    yield answers
    if is_recording():
        # In the order of the requests, whatever the order of the tests.
        ordered = {
            name: {
                field: value
                for field, value in answers[name]._asdict().items()
                if field not in Example._field_defaults or value != Example._field_defaults[field]
            }
            for name in REQUESTS
            if name in answers
        }
        text = json.dumps(ordered, indent=1, ensure_ascii=False)
        text = text.replace(settings.SITE_URL, examples.SITE)
        examples.RECORDED.write_text(text + "\n", encoding="utf-8")
        examples.recorded.cache_clear()


@pytest.fixture
def send(caller):
    """Sends the request of an example, with a token of Bergen where it needs one."""

    def answer(example):
        if example.form is not None:
            return caller.post(example.request, urlencode(example.form), content_type=FORM)
        if not example.needs_token:
            body = "" if example.body is None else json.dumps(example.body)
            return caller.generic(
                example.method, example.request, body, content_type="application/json"
            )
        program = program_for(City.objects.get(slug="bergen-no"))
        if ID in example.request or example == WRITING["uploads_list"]:
            assert program.post("uploads/", LIST).status_code == 201
            Upload.objects.update(key=ID, made_at=timezone.now())
        if example.request.endswith("/withdraw/"):
            program.post(f"{OF_BERGEN}confirm/".removeprefix("/api/v1/"))
        return program.send(
            example.method,
            example.request.removeprefix("/api/v1/"),
            example.body,
            **{name.lower().replace("-", "_"): value for name, value in example.headers.items()},
        )

    return answer


def as_if_first(text, table, letter):
    """Returns the text with ids that were given just now as if none had been given before.

    PostgreSQL takes no number twice, not even that of a row that was rolled back.
    """
    newest = max(int(line.split(",")[0][1:]) for line in table)
    new = sorted({int(found) for found in re.findall(rf"\b{letter}(\d{{5,}})\b", text)})
    for number, given in enumerate((one for one in new if one > newest), start=newest + 1):
        text = text.replace(f"{letter}{given:05d}", f"{letter}{number:05d}")
    return text


def lines_of(table):
    path = settings.BASE_DIR / "fixtures" / f"{table}.csv"
    return path.read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("operation", REQUESTS)
def test_the_request_answers_as_the_reference_shows(caller, send, record, operation):
    wanted = REQUESTS[operation]
    if "If-Match" in wanted.headers:
        version = caller.get(wanted.request)["ETag"].partition(".")[0]
        wanted = wanted._replace(headers={"If-Match": f'{version}.{VALIDATOR}"'})
    response = send(wanted)
    assert response.status_code in (200, 201, 204), response.getvalue()
    assert response.status_code in (200, 201, 204), response.content
    text = as_if_first(response.getvalue().decode(), lines_of("memberships"), "m")
    text = as_if_first(text, lines_of("statements"), "s")
    if operation == "uploads_create":
        made = json.loads(text)
        text = text.replace(made["id"], ID).replace(made["made"], "2026-11-23T12:00:00Z")
    if operation.startswith("changes"):
        text = re.sub('"made_at":"[^"]+"', '"made_at":"2026-11-23T12:00:00Z"', text)
    said = json.loads(text) if text else None
    if operation == "labels_download":
        # More than a thousand: the reference shows how they begin.
        said["results"] = said["results"][:FEW]
    answered = wanted._replace(response=said, status=response.status_code)
    record[operation] = answered
    if not is_recording():
        assert examples.for_operation(operation) == answered, "record it anew?"


def test_every_operation_has_one(get):
    described = {
        operation["operationId"]
        for item in get("schema/")["paths"].values()
        for operation in item.values()
    }
    assert described == set(REQUESTS)
