"""How many queries each endpoint takes on the starting data, kept in query_counts.json.

After a change that is meant: `RECORD=1 pytest tests/api/test_query_counts.py`, and read the diff.
"""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.urls import urlpatterns
from tests.api.recording import is_recording, refuse_several_workers

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("starting_data", "listed_release"),
]

BASELINE = Path(__file__).with_name("query_counts.json")
ADDRESSES = (
    "/api/v1/",
    "/api/v1/networks/?page_size=100",
    "/api/v1/networks/?page_size=100&fields=slug,name",
    "/api/v1/networks/?focus_area=climate&member_country=KE&page_size=100",
    "/api/v1/networks/?q=womens+safety&page_size=100",
    "/api/v1/networks/?as_of=2019-12-31&precision=strict&member=bergen-no&page_size=100",
    "/api/v1/networks/eurocities/",
    "/api/v1/networks/eurocities/?revision=2",
    "/api/v1/cities/?page_size=100",
    "/api/v1/cities/?page_size=100&fields=slug,name",
    "/api/v1/cities/?sort=-memberships&page_size=100",
    "/api/v1/cities/?q=san&page_size=100",
    "/api/v1/cities/?as_of=2019-12-31&network=eurocities&sort=-memberships&page_size=100",
    "/api/v1/cities/bergen-no/",
    "/api/v1/memberships/?page_size=100",
    "/api/v1/memberships/?network=eurocities&current=true&page_size=100",
    "/api/v1/memberships/?as_of=2019-12-31&network=eurocities&page_size=100",
    "/api/v1/memberships/m00001/",
    "/api/v1/statements/?page_size=100",
    "/api/v1/statements/s00001/",
    "/api/v1/focus-areas/?page_size=100",
    "/api/v1/focus-areas/climate/",
    "/api/v1/countries/?page_size=100",
    "/api/v1/countries/NO/",
    "/api/v1/funders/?page_size=100",
    "/api/v1/funders/rockefeller-foundation/",
    "/api/v1/releases/?page_size=100",
    "/api/v1/releases/2026-11-01.r2/",
    "/api/v1/changes/?after=1&page_size=100",
    "/api/v1/changes/2/?page_size=100",
    "/api/v1/networks.csv",
    "/api/v1/networks.csv?focus_area=climate&columns=slug,name",
    "/api/v1/cities.geojson",
    "/api/v1/cities.jsonl?q=san",
    "/api/v1/memberships.csv",
    "/api/v1/memberships.xlsx?network=eurocities",
    "/api/v1/statements.json",
    "/api/v1/focus-areas.csv",
    "/api/v1/countries.csv",
    "/api/v1/funders.csv",
    "/api/v1/labels.csv",
    "/api/v1/redirects.csv",
    "/api/v1/search/?page_size=100",
    "/api/v1/search/?q=accessibilty&page_size=100",
    "/api/v1/suggest/?q=san",
    "/api/v1/cities/barcelona-es/similar/",
    "/api/v1/cities/barcelona-es/similar/?measure=cosine",
    "/api/v1/graph/?region=northern-europe",
    "/api/v1/graph/?mode=cities&as_of=2019-12-31",
    "/api/v1/graph/?mode=networks&format=gexf",
    "/api/v1/stats/",
    "/api/v1/stats/coverage/",
    "/api/v1/schema/",
    "/api/docs/",
    "/api/reconcile/",
    '/api/reconcile/?queries={"1":{"query":"Gand"},"2":{"query":"Eurocities"}}',
    '/api/reconcile/?extend={"ids":["bergen-no"],"properties":[{"id":"networks"}]}',
    "/api/reconcile/suggest/entity/?prefix=berg",
    "/api/reconcile/suggest/type/",
    "/api/reconcile/suggest/property/?prefix=geo",
    "/api/reconcile/properties/?type=City",
    "/api/reconcile/preview/bergen-no/",
    "/api/reconcile/entities/bergen-no/",
)


def queries(caller, address):
    """Counts the queries of a request once what a process keeps in memory is there."""
    caller.get(address).getvalue()
    with CaptureQueriesContext(connection) as captured:
        response = caller.get(address)
        response.getvalue()
    assert response.status_code in {200, 302}, address
    return len(captured)


def test_no_endpoint_takes_more_or_fewer_queries_than_agreed(caller):
    counted = {address: queries(caller, address) for address in ADDRESSES}
    if is_recording():
        refuse_several_workers()
        BASELINE.write_text(json.dumps(counted, indent=2) + "\n", encoding="utf-8")
    assert counted == json.loads(BASELINE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("address", [one for one in ADDRESSES if "page_size=100" in one])
def test_a_longer_page_takes_no_more_queries(caller, address):
    short = address.replace("page_size=100", "page_size=2")
    assert queries(caller, address) <= queries(caller, short) + 1


def test_every_endpoint_is_counted():
    for pattern in urlpatterns:
        view = getattr(pattern.callback, "cls", None)
        actions = getattr(pattern.callback, "actions", None)
        # What is asked in a body counts its queries in its own test.
        is_read = "get" in actions if actions else view is None or hasattr(view, "get")
        # What is read with a token counts its queries in tests/api/writing/.
        is_private = getattr(view, "is_private", False)
        if pattern.name and is_read and not is_private:
            route = f"/api/{pattern.pattern}".split("<")[0]
            assert any(address.partition("?")[0].startswith(route) for address in ADDRESSES), route
