"""Files of releases are sent whole or in part, with their sums, and kept by caches for good."""

import base64

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_release

pytestmark = pytest.mark.django_db

CONTENT = bytes(range(250)) * 4
ADDRESS = "/data/releases/2026-11-01.r2/networks.csv"


@pytest.fixture
def file():
    """A listed file of a thousand bytes that lies in the storage."""
    release = make_release()
    found = release.files.get(name="networks.csv")
    storage = storages["releases"]
    storage.delete(found.stored_as)
    storage.save(found.stored_as, ContentFile(CONTENT))
    yield found
    storage.delete(found.stored_as)


def body(response):
    return b"".join(response) if response.streaming else response.content


def test_whole_it_has_its_sum_its_type_and_its_name(client, file):
    response = client.get(ADDRESS)
    assert (response.status_code, body(response)) == (200, CONTENT)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Length"] == "1000"
    assert response["ETag"] == f'"{file.sha256}"'
    digest = base64.b64encode(bytes.fromhex(file.sha256)).decode()
    assert response["Repr-Digest"] == f"sha-256=:{digest}:"
    assert response["Content-Disposition"] == 'attachment; filename="networks.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_caches_may_keep_it_for_good(client, file):
    response = client.get(ADDRESS)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_it_comes_in_blocks(client, file):
    assert client.get(ADDRESS).streaming


def test_nothing_on_the_way_packs_it(client, file):
    response = client.get(ADDRESS, headers={"Accept-Encoding": "gzip, br, zstd"})
    assert (response["Content-Length"], body(response)) == ("1000", CONTENT)
    assert response["ETag"] == f'"{file.sha256}"'
    assert "Content-Encoding" not in response


def test_head_answers_alike_without_the_file(client, file):
    response, whole = client.head(ADDRESS), client.get(ADDRESS)
    assert (response.status_code, body(response)) == (200, b"")
    for name in ("Content-Length", "Content-Type", "ETag", "Accept-Ranges", "Cache-Control"):
        assert response[name] == whole[name]


def test_head_passes_a_range_over(client, file):
    assert client.head(ADDRESS, headers={"Range": "bytes=0-9"}).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [("0-9", 0, 9), ("990-", 990, 999), ("-10", 990, 999), ("500-5000", 500, 999)],
)
def test_a_part_says_which_it_is(client, file, wanted, first, last):
    response = client.get(ADDRESS, headers={"Range": f"bytes={wanted}"})
    assert response.status_code == 206
    assert body(response) == CONTENT[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/1000"
    assert response["Content-Length"] == str(last - first + 1)


def test_a_part_behind_the_end_is_416_and_tells_the_size(client, file):
    response = client.get(ADDRESS, headers={"Range": "bytes=1000-"})
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */1000")


def test_several_parts_at_once_are_the_whole_file(client, file):
    response = client.get(ADDRESS, headers={"Range": "bytes=0-1,5-6"})
    assert (response.status_code, body(response)) == (200, CONTENT)


def test_a_part_of_another_file_is_not_mixed_in(client, file):
    part = {"Range": "bytes=0-9"}
    same = client.get(ADDRESS, headers={**part, "If-Range": f'"{file.sha256}"'})
    other = client.get(ADDRESS, headers={**part, "If-Range": '"another"'})
    assert (same.status_code, other.status_code) == (206, 200)
    assert body(other) == CONTENT


def test_whoever_has_it_gets_304(client, file):
    response = client.get(ADDRESS, headers={"If-None-Match": f'"{file.sha256}"'})
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == f'"{file.sha256}"'
    assert client.get(ADDRESS, headers={"If-Match": '"another"'}).status_code == 412


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(parts=st.lists(st.integers(0, 999), min_size=1, max_size=6, unique=True))
def test_parts_one_after_another_are_the_file(client, file, parts):
    cuts = sorted({0, *parts})
    ends = [*(cut - 1 for cut in cuts[1:]), 999]
    read = b"".join(
        body(client.get(ADDRESS, headers={"Range": f"bytes={first}-{last}"}))
        for first, last in zip(cuts, ends, strict=True)
    )
    assert read == CONTENT


@pytest.mark.parametrize(
    "address",
    [
        "/data/releases/2026-11-01.r2/nothing.csv",
        "/data/releases/2026-11-01.r3/networks.csv",
        "/data/releases/2026-11-01.r2/..%2F..%2Fsecret_key",
        "/data/releases/no-such/",
        "/data/releases/2026-11-01.r2/%00",
    ],
)
def test_nothing_else_is_served(client, file, address):
    assert client.get(address).status_code == 404


def test_a_file_that_the_storage_has_lost_is_404_and_logged(client, caplog):
    make_release()
    assert client.get("/data/releases/2026-11-01.r2/citation.bib").status_code == 404
    assert "has lost a file" in caplog.text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client, file, method):
    assert getattr(client, method)(ADDRESS).status_code == 405


def test_pages_of_others_may_read_it(client, file):
    response = client.get(ADDRESS, headers={"Origin": "https://researcher.example"})
    assert response["Access-Control-Allow-Origin"] == "*"


def test_latest_leads_to_the_newest_and_is_asked_for_each_time(client):
    make_release("2026-11-01.r2")
    make_release("2026-11-20.r7")
    for name in ("", "networks.csv"):
        response = client.get(f"/data/releases/latest/{name}")
        assert response.status_code == 302
        assert response["Location"] == f"/data/releases/2026-11-20.r7/{name}"
        assert response["Cache-Control"] == "no-cache"


def test_latest_is_404_before_the_first(client):
    assert client.get("/data/releases/latest/").status_code == 404
