"""The examples of the reference are real: each request answers as recorded.

After a change that is meant: `RECORD=1 pytest tests/api/test_examples.py`, and read the diff.
"""

import json
import os

import pytest
from django.conf import settings

from api import examples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]

REQUESTS = {
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
    "search": "/api/v1/search/?q=dementia&page_size=1&fields=slug,name,url",
    "suggest": "/api/v1/suggest/?q=wom&limit=3",
}


@pytest.fixture(scope="module")
def record():
    """Collects answers, and writes them to the file at the end if asked to."""
    answers = {}
    yield answers
    if os.environ.get("RECORD"):
        # In the order of the requests, whatever the order of the tests.
        ordered = {name: answers[name] for name in REQUESTS if name in answers}
        text = json.dumps(ordered, indent=1, ensure_ascii=False)
        text = text.replace(settings.SITE_URL, examples.SITE)
        examples.RECORDED.write_text(text + "\n", encoding="utf-8")
        examples.recorded.cache_clear()


@pytest.mark.parametrize("operation", REQUESTS)
def test_the_request_answers_as_the_reference_shows(caller, record, operation):
    response = caller.get(REQUESTS[operation])
    assert response.status_code == 200
    record[operation] = {"request": REQUESTS[operation], "response": response.json()}
    if not os.environ.get("RECORD"):
        example = examples.for_operation(operation)
        assert example is not None, "not recorded yet"
        assert example.request == REQUESTS[operation]
        assert response.json() == example.response


def test_every_operation_has_one(get):
    described = {item["get"]["operationId"] for item in get("schema/")["paths"].values()}
    assert described == set(REQUESTS)
